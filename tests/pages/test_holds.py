"""Suspicious records on their page: what waits and why, yes or no, and back."""

import uuid
from typing import Any

import pytest
from django.test import Client

from importadmin.models import AuditEntry
from meets.models import CourseRecord, RecordHold
from tests.pages.conftest import World

FIGURES = {"why": "own", "known": 12, "runners": 20, "faster": 19.5}


@pytest.fixture
def hold(world: World) -> RecordHold:
    return RecordHold.objects.create(
        pk=uuid.uuid4(), kind="race", race_id=world.race.pk, meet_id=world.meet.pk, figures=FIGURES
    )


def answer(client: Client, hold: RecordHold, status: str, seen: str = "open") -> Any:
    return client.post(f"/derived/suspicious/{hold.pk}/", {"status": status, "seen": seen, "reason": "I was there"})


def test_the_list_says_what_is_doubted_and_why(alice_client: Client, hold: RecordHold) -> None:
    page = alice_client.get("/derived/suspicious/").content.decode()
    assert all(text in page for text in ("Varsity, entered as 5,000 m", "12 known runners would be 19.5 % faster"))


def test_the_page_of_derived_tables_tells_that_something_waits(alice_client: Client, hold: RecordHold) -> None:
    assert "1 suspicious record waits" in alice_client.get("/derived/").content.decode()


def test_the_imports_page_tells_it_too(alice_client: Client, hold: RecordHold, make_import: Any) -> None:
    import_ = make_import()
    RecordHold.objects.update(import_id=import_.pk)
    assert "1 suspicious record" in alice_client.get(f"/imports/{import_.pk}/").content.decode()


def test_what_waits_is_in_no_record(hold: RecordHold) -> None:
    assert CourseRecord.objects.count() == 0


def test_yes_lets_it_count(dana_client: Client, hold: RecordHold) -> None:
    answer(dana_client, hold, "yes")
    assert CourseRecord.objects.count() == 1


def test_no_keeps_it_out(dana_client: Client, hold: RecordHold) -> None:
    answer(dana_client, hold, "no")
    assert (CourseRecord.objects.count(), RecordHold.objects.get().status) == (0, "no")


def test_an_answer_can_be_taken_back(dana_client: Client, hold: RecordHold) -> None:
    answer(dana_client, hold, "yes")
    answer(dana_client, hold, "open", seen="yes")
    assert (CourseRecord.objects.count(), RecordHold.objects.get().decided_by) == (0, None)


def test_the_answer_is_in_the_audit_log_with_its_reason(dana_client: Client, hold: RecordHold) -> None:
    answer(dana_client, hold, "yes")
    entry = AuditEntry.objects.get(action="race.record_confirmed")
    assert (entry.reason, entry.before, entry.after) == ("I was there", {"status": "open"}, {"status": "yes"})


def test_whoever_is_second_is_told(dana_client: Client, hold: RecordHold) -> None:
    answer(dana_client, hold, "yes")
    response = answer(dana_client, hold, "no")
    assert (response.status_code, RecordHold.objects.get().status) == (409, "yes")


def test_an_answer_that_is_none_is_not_found(dana_client: Client, hold: RecordHold) -> None:
    assert answer(dana_client, hold, "corrected").status_code == 404


def test_the_list_asks_a_fixed_number_of_questions(
    alice_client: Client, hold: RecordHold, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        RecordHold.objects.create(pk=uuid.uuid4(), kind="record", result_id=uuid.uuid4(), meet_id=hold.meet_id)
    with django_assert_max_num_queries(13):
        alice_client.get("/derived/suspicious/")
