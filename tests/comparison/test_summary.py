"""Figures before and after an import, and the sentence that explains them."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meets.models import Outcome
from reconciliation.compare.summary import Figures
from tests.comparison.conftest import SmallMeet


def test_before_leaves_out_what_this_import_inserted(small: SmallMeet) -> None:
    small.both("Ada Lind")
    small.both("Bo Ek", import_id=small.import_.pk)
    found = small.summary()
    assert (found["before"]["strict"]["missing"], found["after"]["strict"]["missing"]) == (1, 0)


def test_before_keeps_what_another_import_inserted(small: SmallMeet) -> None:
    small.both("Ada Lind", import_id=uuid.uuid4())
    assert small.summary()["before"]["folded"]["missing"] == 0


def test_a_result_added_under_another_spelling_is_folded_after_and_missing_before(small: SmallMeet) -> None:
    small.line("Ada O'Brien", outcome=Outcome.INSERTED)
    small.result("Ada OBrien", source_name="Ada O'Brien", import_id=small.import_.pk)
    found = small.summary()
    figures = [found[when][how]["missing"] for when in ("before", "after") for how in ("strict", "folded")]
    assert figures == [1, 1, 1, 0]


def test_the_sentence_names_the_difference(small: SmallMeet) -> None:
    for number in range(23):
        small.line(f"Ada Lind{number}", 90_000 + number)
        small.result(f"ADA LIND{number}", 90_000 + number)
    small.line("Bo Ek", 90_000, Outcome.HELD)
    assert small.summary()["sentence"] == "24 missing − 23 extra = 1 truly missing"


def test_totals_count_lines_with_a_time_and_results(small: SmallMeet) -> None:
    small.both("Ada Lind")
    small.line("Ada Lind", outcome=Outcome.REPEATED)
    small.line("Bo Ek", None, Outcome.SKIPPED)
    after = small.summary()["after"]
    assert (after["csv_total"], after["db_total"]) == (1, 1)


def test_results_of_other_meets_do_not_count(small: SmallMeet) -> None:
    other = SmallMeet.__new__(SmallMeet)
    other.__dict__.update(small.__dict__)
    meet = type(small.meet).objects.create(name="Elsewhere", meet_date="2025-10-12", season_year=2025)
    other.result("Ada Lind", meet=meet)
    assert small.summary()["after"]["db_total"] == 0


@pytest.mark.parametrize("rows", [1, 40])
def test_two_statements_suffice_whatever_the_size(small: SmallMeet, rows: int) -> None:
    for number in range(rows):
        small.line(f"Ada Lind{number}", 90_000 + number)
        small.result(f"ADA LIND{number}", 90_000 + number)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        small.summary()
    # The second one is streamed, which Django does not count.
    assert len(queries) == 1


def test_nothing_to_tell_is_said_so() -> None:
    assert Figures(5, 5, 0, 0, 0, 0).sentence == "Nothing is missing and nothing is extra."


def test_real_extras_get_the_longer_sentence() -> None:
    assert "1 truly missing and 2 truly extra" in Figures(5, 6, 3, 4, 1, 2).sentence
