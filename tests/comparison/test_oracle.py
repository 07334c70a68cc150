"""The comparison in SQL equals a naive one in Python, for any small meet."""

from collections import Counter
from itertools import permutations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meets.models import Outcome
from meets.names import name_key
from tests.comparison.conftest import SmallMeet

NAMES = ["Ada Lind", "ADA LIND", "Ada Lïnd", "Bo Ek", "Bo-Ek", "Cy O'Hara"]
TIMES = [90_000, 90_001]
CsvRow = tuple[str, int, str]
DbRow = tuple[str, int, str | None]
csv_rows = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from(TIMES),
        st.sampled_from([Outcome.INSERTED, Outcome.HELD, Outcome.REPEATED, Outcome.SKIPPED]),
    ),
    max_size=7,
)
db_rows = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(TIMES), st.one_of(st.none(), st.sampled_from(NAMES))),
    max_size=6,
)


def naive_strict(lines: list[CsvRow], results: list[DbRow]) -> tuple[int, int]:
    csv = {(name, time) for name, time, outcome in lines if outcome not in ("skipped", "repeated")}
    db = {(name, time) for name, time, _ in results}
    return len(csv - db), len(db - csv)


def naive_folded(lines: list[CsvRow], results: list[DbRow]) -> tuple[int, int]:
    """Try every way of giving results to lines and take the best."""
    missing = extra = 0
    for time in TIMES:
        keys = [name_key(name) for name, at, outcome in lines if at == time and outcome not in ("skipped", "repeated")]
        sides = [{name_key(n) for n in (name, source) if n} for name, at, source in results if at == time]
        if all(len(names) == 1 for names in sides):
            have, want = Counter(name for names in sides for name in names), Counter(keys)
            pairs = sum((have & want).values())
        else:
            pairs = _best(keys, sides)
        missing, extra = missing + len(keys) - pairs, extra + len(sides) - pairs
    return missing, extra


def _best(keys: list[str], sides: list[set[str]]) -> int:
    if len(keys) > len(sides):
        orders = permutations(range(len(keys)), len(sides))
        return max(sum(keys[k] in sides[i] for i, k in enumerate(order)) for order in orders)
    orders = permutations(range(len(sides)), len(keys))
    return max((sum(keys[i] in sides[s] for i, s in enumerate(order)) for order in orders), default=0)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=csv_rows, results=db_rows)
def test_strict_and_folded_equal_the_naive_comparison(lines: list[CsvRow], results: list[DbRow]) -> None:
    with transaction.atomic():
        small = SmallMeet()
        for name, time, outcome in lines:
            small.line(name, time, outcome)
        for name, time, source in results:
            small.result(name, time, source_name=source)
        found = (small.strict(), small.folded())
        transaction.set_rollback(True)
    assert found == (naive_strict(lines, results), naive_folded(lines, results))
