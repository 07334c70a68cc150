"""The reference bundle goes in: what must come out, held against the truth file and the tables."""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import Group
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection

from importadmin.database import connect
from importadmin.roles import ROLES
from meets.actions.receive_bundle import receive_path
from meets.actions.start_import import start_import
from meets.jobs.run import run_import
from meets.models import Import, Mode
from meets.sample import load
from meets.sample.reference import row_id, write_reference

pytestmark = pytest.mark.django_db
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_reference(tmp_path_factory.mktemp("reference"))


@pytest.fixture(scope="module")
def imported(folder: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[Import]:
    """The reference case, loaded and imported once for all tests here, which only look."""
    with django_db_blocker.unblock():
        try:
            with connect() as conn:
                load.load(conn)
            bundle = receive_path(folder)[0]
            started = start_import(bundle=bundle, mode=Mode.IMPORT, enqueue=False)
            run_import(str(started.pk))
            yield Import.objects.get(pk=started.pk)
            for found in bundle.files.values():
                default_storage.delete(found["storage"])
        finally:
            call_command("flush", verbosity=0, interactive=False)
            for role in ROLES:
                Group.objects.get_or_create(name=role)


def query(statement: str, *params: Any) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        names = [column.name for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@pytest.fixture
def rows(imported: Import) -> Rows:
    return query("SELECT * FROM import_rows WHERE import_id = %s ORDER BY line", imported.pk)


@pytest.fixture
def truth(folder: Path) -> dict[int, UUID]:
    """Line → the athlete who ran it."""
    with (folder.parent / "truth.csv").open(encoding="utf-8", newline="") as lines:
        return {int(row["line"]): row_id("athlete", row["person"]) for row in csv.DictReader(lines)}


def test_it_ends_well(imported: Import) -> None:
    assert (imported.state, imported.failure, imported.questions) == ("done", "", [])


def test_every_line_ends_in_one_outcome(rows: Rows) -> None:
    assert [row["line"] for row in rows] == list(range(2, 4_657))


@pytest.mark.parametrize(
    ("outcome", "lines"),
    [("already_present", 4_606), ("variant_present", 23), ("inserted", 23), ("held", 3)],
)
def test_so_many_lines_end_in_an_outcome(rows: Rows, outcome: str, lines: int) -> None:
    assert Counter(row["outcome"] for row in rows)[outcome] == lines


def test_no_line_is_linked_to_the_wrong_athlete(rows: Rows, truth: dict[int, UUID]) -> None:
    linked = {row["line"]: row["athlete_id"] for row in rows if row["outcome"] != "held"}
    assert linked == {line: athlete for line, athlete in truth.items() if line in linked}


def test_every_linked_line_stands_in_results_with_its_race_and_time(rows: Rows) -> None:
    there = query(
        """SELECT count(*) FROM import_rows i JOIN results r
           ON r.id = i.result_id AND r.athlete_id = i.athlete_id AND r.race_id = i.race_id
              AND r.time_cs = i.time_cs AND r.place_overall = i.place"""
    )
    assert there[0]["count"] == 4_652


def test_the_meet_has_4652_results_of_as_many_athletes(imported: Import) -> None:
    found = query(
        """SELECT count(*) AS results, count(DISTINCT athlete_id) AS athletes, max(m.result_count) AS kept
           FROM results r JOIN meets m ON m.id = r.meet_id WHERE m.athletic_net_id = '254378'"""
    )
    assert found == [{"results": 4_652, "athletes": 4_652, "kept": 4_652}]


def test_nobody_was_created(imported: Import) -> None:
    assert query("SELECT count(*) FROM athletes")[0]["count"] == len(load.database_people())


@pytest.mark.parametrize(
    ("written", "candidate"),
    [
        ("Daniel Luis Rutledge", "Daniel Rutledge"),
        ("Mike Abernathy", "Michael Abernathy"),
        ("J. Whitlock", "Juniper Whitlock"),
    ],
)
def test_a_doubtful_name_waits_with_its_one_candidate(
    rows: Rows, truth: dict[int, UUID], written: str, candidate: str
) -> None:
    (line,) = [row for row in rows if row["outcome"] == "held" and row["athlete_name"] == written]
    (case,) = query(
        "SELECT c.candidates FROM cases c JOIN case_rows w ON w.case_id = c.id WHERE w.line = %s AND w.import_id = %s",
        line["line"],
        line["import_id"],
    )
    found = json.loads(case["candidates"])
    assert [(each["name"], each["athlete_id"]) for each in found] == [(candidate, str(truth[line["line"]]))]


def test_the_inserted_results_keep_the_name_as_the_bundle_wrote_it(imported: Import) -> None:
    names = query(
        """SELECT i.athlete_name, r.source_name FROM import_rows i JOIN results r ON r.id = i.result_id
           WHERE i.outcome = 'inserted' AND i.import_id = %s""",
        imported.pk,
    )
    assert all(row["athlete_name"] == row["source_name"] for row in names)
