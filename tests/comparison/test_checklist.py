"""The closing checklist: each line can be true and can be false."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.urls import reverse

from meets.models import Athlete, AthleteBestTimes, Bundle, Course, Import, Meet, Outcome, Result, Venue
from reconciliation.compare.checklist import checklist
from reconciliation.models import Case
from tests.comparison.conftest import SmallMeet
from tests.comparison.test_analysis import hold


@pytest.fixture
def closed(small: SmallMeet) -> SmallMeet:
    """A meet in order: a rated course, two results with their rows, the file in storage."""
    venue = Venue.objects.create(name="Harbour Park")
    course = Course.objects.create(name="Loop", venue=venue, distance_meters=5000, difficulty_rating="1.1")
    type(small.race).objects.filter(pk=small.race.pk).update(course=course)
    for name, time_cs in (("Ada Lind", 95_000), ("Bo Ek", 96_000)):
        result = small.result(name, time_cs)
        small.line(name, time_cs, result_id=result.pk, athlete_id=result.athlete_id)
    path = default_storage.save("received/results.csv", ContentFile(b"x"))
    Bundle.objects.update(files={"results": {"name": "results.csv", "storage": path}})
    Import.objects.update(lines=2)
    return small


def check(small: SmallMeet, key: str) -> dict[str, Any]:
    return next(found for found in checklist(small.meet.pk) if found["key"] == key)


def quietly(sql: str, *params: Any) -> None:
    """Change a table behind the triggers' back."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL importadmin.bulk = 'on'")
        cursor.execute(sql, params)
        cursor.execute("SET LOCAL importadmin.bulk = 'off'")


def test_a_meet_in_order_passes_every_line(closed: SmallMeet) -> None:
    assert [found["key"] for found in checklist(closed.meet.pk) if not found["ok"]] == []


def test_a_trigger_that_is_off_is_named(closed: SmallMeet) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE results DISABLE TRIGGER importadmin_results_inserted")
    assert check(closed, "triggers_on")["figures"]["off"] == ["importadmin_results_inserted"]


def test_a_trigger_that_is_gone_fails(closed: SmallMeet) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DROP TRIGGER importadmin_results_deleted ON results")
    assert not check(closed, "triggers_on")["ok"]


def test_a_wrong_cached_count_fails(closed: SmallMeet) -> None:
    Meet.objects.update(result_count=7)
    assert check(closed, "counts_equal")["figures"] == {"cached": 7, "counted": 2}


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("normalized_times", "UPDATE results SET normalized_time_cs = 1"),
        ("athlete_best_times", "UPDATE athlete_best_times SET season_best_time_cs = 1"),
        ("athlete_best_times", "DELETE FROM athlete_best_times"),
        ("course_records", "UPDATE course_records SET athlete_name = 'Somebody'"),
        ("course_records", "DELETE FROM course_records WHERE rank = 2"),
        ("course_records", "UPDATE course_records SET time_cs = time_cs + 1"),
        ("school_hall_of_fame", "UPDATE school_hall_of_fame SET normalized_time_cs = 1"),
        ("school_hall_of_fame", "DELETE FROM school_hall_of_fame"),
        ("school_course_records", "DELETE FROM school_course_records"),
        ("school_course_records", "UPDATE school_course_records SET athlete_grad_year = 1999"),
    ],
)
def test_a_stale_derived_row_is_counted(closed: SmallMeet, table: str, change: str) -> None:
    quietly(change)
    assert check(closed, "derived_fresh")["figures"][table]["stale"] > 0


def test_a_course_without_a_rating_is_fresh(closed: SmallMeet) -> None:
    Course.objects.update(difficulty_rating=None)
    assert check(closed, "derived_fresh")["ok"]


def test_a_result_deleted_after_the_import_unbalances_the_ledger(closed: SmallMeet) -> None:
    Result.objects.filter(time_cs=96_000).delete()
    assert check(closed, "ledger_balanced")["figures"]["without_result"] == 1


def test_a_result_of_another_time_unbalances_the_ledger(closed: SmallMeet) -> None:
    Result.objects.filter(time_cs=96_000).update(time_cs=96_001)
    assert not check(closed, "ledger_balanced")["ok"]


def test_a_held_row_without_an_open_case_unbalances_the_ledger(closed: SmallMeet) -> None:
    closed.line("Cy Oh", 97_000, Outcome.HELD)
    Import.objects.update(lines=3)
    assert check(closed, "ledger_balanced")["figures"]["without_case"] == 1


def test_a_held_row_with_an_open_case_is_balanced(closed: SmallMeet) -> None:
    hold(closed, closed.line("Cy Oh", 97_000, Outcome.HELD))
    Import.objects.update(lines=3)
    assert check(closed, "ledger_balanced")["ok"]


def test_a_line_that_got_lost_unbalances_the_ledger(closed: SmallMeet) -> None:
    Import.objects.update(lines=3)
    assert "3 lines, but 2 rows" in check(closed, "ledger_balanced")["detail"]


def test_a_result_claimed_by_two_lines_unbalances_the_ledger(closed: SmallMeet) -> None:
    first = Result.objects.get(time_cs=95_000)
    closed.line("Ada Lind", 95_000, result_id=first.pk)
    Import.objects.update(lines=3)
    assert check(closed, "ledger_balanced")["figures"]["claimed_twice"] == 1


def test_a_race_with_fewer_rows_than_reported_unbalances_the_ledger(closed: SmallMeet) -> None:
    race = {"race_id": str(closed.race.pk), "outcomes": {"already_present": 3}}
    Import.objects.update(report={"races": [race]})
    assert check(closed, "ledger_balanced")["figures"]["races_off"] == 1


def test_an_open_case_fails(closed: SmallMeet) -> None:
    hold(closed, closed.line("Cy Oh", 97_000, Outcome.HELD))
    assert check(closed, "no_open_case")["figures"] == {"open": 1}


def test_an_answered_case_does_not(closed: SmallMeet) -> None:
    hold(closed, closed.line("Cy Oh", 97_000, Outcome.HELD))
    Case.objects.update(status="answered")
    assert check(closed, "no_open_case")["ok"]


def test_a_best_time_of_nobodys_result_fails(closed: SmallMeet) -> None:
    ada = Athlete.objects.get(name="Ada Lind")
    AthleteBestTimes.objects.filter(athlete=ada).update(season_best_result_id=ada.pk)
    assert check(closed, "no_orphans")["figures"]["orphans"] == 1


def test_a_file_that_is_gone_from_storage_is_named(closed: SmallMeet) -> None:
    default_storage.delete(Bundle.objects.get().files["results"]["storage"])
    assert check(closed, "files_kept")["figures"]["lost"] == ["results.csv"]


def test_a_meet_of_another_tool_passes(closed: SmallMeet) -> None:
    closed.import_.delete()
    assert all(found["ok"] for found in checklist(closed.meet.pk))


def test_the_part_for_the_meets_page_has_no_frame(closed: SmallMeet, alice_client: Client) -> None:
    address = reverse("meet-checklist", args=[closed.meet.pk])
    assert b"<html" not in alice_client.get(address, headers={"HX-Request": "true"}).content


def test_the_checklist_stands_as_a_page_too(closed: SmallMeet, alice_client: Client) -> None:
    assert b"All 7 in order" in alice_client.get(reverse("meet-checklist", args=[closed.meet.pk])).content
