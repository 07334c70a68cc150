"""Any small bundle: every line counted from outside, one outcome a line, held lines with a case, and twice is once."""

import csv
import io
import tempfile
from pathlib import Path

import hypothesis.strategies as st
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings

from tests.inline import HEADER, bundle_of, command, snapshot, write

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = (
    "Max Reyes",
    "MAX REYES",
    "Máx Reyes",
    "Max  Reyes",
    "Maxwell Reyes",
    "M Reyes",
    "Jo O'Neil",
    "Jo O’Neil",
    "#NAME?",
    "",
)
TIMES = ("93240", "15:32.4", "93250", "DNF", "", "0", "-4", "soon", "94000h")
lines = st.builds(
    lambda race, name, school, time, place, grade: [
        race,
        name,
        *name.split(" ", 1)[:1],
        "",
        school,
        time,
        place,
        grade,
        "",
    ],
    st.sampled_from(("r1", "r2", "r2", "r9")),
    st.sampled_from(NAMES),
    st.sampled_from(("s1", "s2", "s2", "s9")),
    st.sampled_from(TIMES),
    st.sampled_from(("", "1", "2.0", "x")),
    st.sampled_from(("9", "11", "11", "12", "", "99")),
)
odd = st.sampled_from(
    (["r1", "short"], [""], HEADER.split(","), ["r2", "Two\nlines", "", "", "s1", "95000", "", "10", ""])
)
TABLES = (
    "venues, courses, meets, races, schools, athletes, results, potential_duplicate_athletes, potential_duplicates, "
    "importadmin.imports, importadmin.bundles, importadmin.cases, importadmin.case_rows, importadmin.import_rows, "
    "importadmin.import_problems, importadmin.import_journal"
)


def text_of(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([HEADER.split(","), *rows])
    return out.getvalue()


def counted(text: str) -> int:
    """Python's own reader: records that are neither blank nor the header."""
    rows = csv.reader(io.StringIO(text, newline=""))
    return sum(1 for row in rows if any(cell.strip() for cell in row) and row != HEADER.split(","))


def query(statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(before=st.lists(lines, max_size=8), rows=st.lists(lines | odd, max_size=14))
def test_the_ledger_holds_for_any_bundle(db: None, before: list[list[str]], rows: list[list[str]]):
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {TABLES} CASCADE")
    text = text_of(rows)
    with tempfile.TemporaryDirectory() as folder:
        command(write(Path(folder) / "before", bundle_of(results=text_of(before))))
        path = write(Path(folder), bundle_of(results=text))
        printed, code = command(path)
        assert (code, printed["state"]) == (0, "done"), printed
        assert sum(printed["outcomes"].values()) == printed["lines"] == counted(text)
        tables = snapshot()
        cases = query("SELECT id, version, status FROM importadmin.cases ORDER BY id")
        again, _ = command(path)
    assert (snapshot(), query("SELECT id, version, status FROM importadmin.cases ORDER BY id")) == (tables, cases)
    assert again["outcomes"]["inserted"] == 0
    assert again["outcomes"]["held"] == printed["outcomes"]["held"]
    [(every, distinct)] = query(
        f"SELECT count(*), count(DISTINCT line) FROM import_rows WHERE import_id = '{printed['import_id']}'"
    )
    assert every == distinct == printed["lines"]
    assert not query("""SELECT FROM import_rows i WHERE outcome = 'held' AND NOT EXISTS (
        SELECT FROM case_rows w JOIN cases c ON c.id = w.case_id
         WHERE w.import_id = i.import_id AND w.line = i.line AND c.status = 'open')""")
    assert not query("""SELECT FROM import_rows i LEFT JOIN results r ON r.id = i.result_id AND r.race_id = i.race_id
         AND r.time_cs = i.time_cs
       WHERE outcome IN ('inserted', 'already_present', 'variant_present') AND r.id IS NULL""")
    assert not query("""SELECT FROM import_rows i WHERE outcome = 'rejected' AND NOT EXISTS (
        SELECT FROM import_problems p WHERE p.import_id = i.import_id AND p.line = i.line AND p.severity = 'error')""")
