"""Corrections on pages: what follows is shown first, a reason is asked for, and each can be undone."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.test import Client

from importadmin.models import AuditEntry
from meets.models import Athlete, AthleteAlias, CourseRecord, Meet, Race, RecordHold, Result
from tests.pages.conftest import World


@pytest.fixture
def rated(world: World) -> World:
    world.course.difficulty_rating = 1
    world.course.save()
    return world


def fill(kind: str, row: Any, press: str = "apply", reason: str = "the sheet says so", **values: Any) -> dict[str, Any]:
    seen = {f"seen-{name}": "" if getattr(row, name) is None else str(getattr(row, name)) for name in values}
    return {**values, **seen, "reason": reason, press: "1"}


def post(client: Client, kind: str, row: Any, **more: Any) -> Any:
    return client.post(f"/corrections/{kind}/{row.pk}/", fill(kind, row, **more))


def test_a_races_distance_is_corrected_and_normalised_times_follow(dana_client: Client, rated: World) -> None:
    post(dana_client, "race", rated.race, distance_meters="4000")
    assert Result.objects.get().normalized_time_cs == round(112_340 * 1609.344 / 4000)


def test_the_preview_shows_what_follows_and_changes_nothing(dana_client: Client, rated: World) -> None:
    page = post(dana_client, "race", rated.race, press="preview", distance_meters="4000").content.decode()
    assert "1 result concerned, 1 gets another normalised time" in page
    assert ("Hall of fame: Larkspring Christian, girls" in page, Race.objects.get().distance_meters) == (True, 5000)


def test_the_preview_leaves_no_entry(dana_client: Client, rated: World) -> None:
    post(dana_client, "race", rated.race, press="preview", distance_meters="4000")
    assert not AuditEntry.objects.filter(action="race.corrected").exists()


def test_the_entry_holds_who_why_before_and_after(dana_client: Client, rated: World) -> None:
    post(dana_client, "race", rated.race, distance_meters="4000")
    entry = AuditEntry.objects.get(action="race.corrected")
    assert (entry.reason, entry.before, entry.after) == (
        "the sheet says so", {"distance_meters": 5000}, {"distance_meters": 4000},
    )  # fmt: skip


def test_without_a_reason_it_is_not_taken(dana_client: Client, rated: World) -> None:
    response = post(dana_client, "race", rated.race, reason=" ", distance_meters="4000")
    assert (response.status_code, Race.objects.get().distance_meters) == (422, 5000)


def undo(client: Client, kind: str) -> Any:
    return client.post(f"/corrections/{AuditEntry.objects.get(action=f'{kind}.corrected').pk}/undo/", follow=True)


def test_it_can_be_undone(dana_client: Client, rated: World) -> None:
    post(dana_client, "race", rated.race, distance_meters="4000")
    undo(dana_client, "race")
    assert Result.objects.get().normalized_time_cs == round(112_340 * 1609.344 / 5000)


def test_what_has_been_changed_since_is_not_undone(dana_client: Client, rated: World) -> None:
    post(dana_client, "race", rated.race, distance_meters="4000")
    Race.objects.update(distance_meters=3000)
    page = undo(dana_client, "race").content.decode()
    assert ("was changed in the meantime" in page, Race.objects.get().distance_meters) == (True, 3000)


def test_whoever_is_second_is_told(dana_client: Client, rated: World) -> None:
    form = fill("race", rated.race, distance_meters="4000")
    Race.objects.update(distance_meters=3000)
    response = dana_client.post(f"/corrections/race/{rated.race.pk}/", form)
    assert (response.status_code, Race.objects.get().distance_meters) == (422, 3000)


def test_a_race_moves_to_another_course_with_its_records(dana_client: Client, world: World) -> None:
    other = type(world.course).objects.create(pk=uuid.uuid4(), name="Redham Hills", venue=world.venue)
    post(dana_client, "race", world.race, course_id=str(other.pk))
    assert CourseRecord.objects.get().course_id == other.pk


def test_a_corrected_distance_settles_the_doubt(dana_client: Client, rated: World) -> None:
    RecordHold.objects.create(pk=uuid.uuid4(), kind="race", race_id=rated.race.pk, meet_id=rated.meet.pk)
    post(dana_client, "race", rated.race, distance_meters="4000")
    assert (RecordHold.objects.get().status, CourseRecord.objects.count()) == ("corrected", 1)


def test_its_undo_asks_again(dana_client: Client, rated: World) -> None:
    RecordHold.objects.create(pk=uuid.uuid4(), kind="race", race_id=rated.race.pk, meet_id=rated.meet.pk)
    post(dana_client, "race", rated.race, distance_meters="4000")
    undo(dana_client, "race")
    assert (RecordHold.objects.get().status, CourseRecord.objects.count()) == ("open", 0)


def test_a_meets_name_stands_in_its_records_afterwards(dana_client: Client, world: World) -> None:
    post(dana_client, "meet", world.meet, name="Redham Dawn")
    assert CourseRecord.objects.get().meet_name == "Redham Dawn"


def test_a_date_in_another_year_moves_the_season_along(dana_client: Client, world: World) -> None:
    post(dana_client, "meet", world.meet, meet_date="2024-09-06")
    meet = Meet.objects.get()
    assert (meet.meet_date, meet.season_year) == (date(2024, 9, 6), 2024)


def test_an_athletes_old_name_stays_as_an_alias(dana_client: Client, world: World) -> None:
    post(dana_client, "athlete", world.athlete, name="Ana María Torres Vega")
    assert AthleteAlias.objects.get().name == "Ana María Torres"


def test_the_published_slug_stays(dana_client: Client, world: World) -> None:
    before = Athlete.objects.get().slug
    post(dana_client, "athlete", world.athlete, name="Somebody Else")
    assert Athlete.objects.get().slug == before


def test_undone_the_alias_is_gone(dana_client: Client, world: World) -> None:
    post(dana_client, "athlete", world.athlete, name="Somebody Else")
    undo(dana_client, "athlete")
    assert (Athlete.objects.get().name, AthleteAlias.objects.count()) == ("Ana María Torres", 0)


@pytest.mark.parametrize(
    ("kind", "values", "sentence"),
    [
        ("race", {"distance_meters": "far"}, "must be an integer"),
        ("race", {"distance_meters": "-5"}, "is no distance of a race"),
        ("race", {"distance_meters": "99999999999"}, "is no distance of a race"),
        ("meet", {"name": ""}, "Name can&#x27;t be empty"),
        ("meet", {"meet_date": "yesterday"}, "invalid date format"),
        ("athlete", {"grad_year": "1900"}, "don&#x27;t take that"),
        ("athlete", {"gender": "X"}, "don&#x27;t take that"),
        ("meet", {"name": "Redham Twilight"}, "Nothing would change"),
    ],
)
def test_what_can_not_be_is_refused_with_a_sentence(
    dana_client: Client, world: World, kind: str, values: dict[str, str], sentence: str
) -> None:
    response = post(dana_client, kind, getattr(world, kind), **values)
    assert (response.status_code, sentence in response.content.decode()) == (422, True)


def test_what_is_no_correction_can_not_be_undone(dana_client: Client, world: World) -> None:
    entry = AuditEntry.objects.create(action="meet.closed", subject_table="meets", subject_id=str(world.meet.pk))
    page = dana_client.post(f"/corrections/{entry.pk}/undo/", follow=True).content.decode()
    assert "no correction that could be taken back" in page
