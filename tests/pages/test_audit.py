from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.test import Client

from importadmin.audit import record
from importadmin.models import AuditEntry
from meets.models import Athlete, Bundle, Import, Meet, School


@pytest.fixture(autouse=True)
def entries(dana: User, alice: User) -> None:
    AuditEntry.objects.create(actor=dana, action="course.rated", before={"rating": None}, after={"rating": "1.1"})
    AuditEntry.objects.create(actor=alice, action="import.started", subject_table="imports", subject_id="x")


@pytest.fixture
def meet(db: None) -> Meet:
    return Meet.objects.create(pk=uuid4(), name="Harbour Invitational", meet_date=date(2025, 10, 11), season_year=2025)


def actions(client: Client, query: str = "") -> list[str]:
    return [row.record.action for row in client.get(f"/audit/{query}").context["table"].page.object_list]


def test_the_latest_entry_comes_first(alice_client: Client) -> None:
    assert actions(alice_client) == ["import.started", "course.rated"]


def test_it_shows_one_person(alice_client: Client) -> None:
    assert actions(alice_client, "?person=dana") == ["course.rated"]


def test_it_shows_one_kind(alice_client: Client) -> None:
    assert actions(alice_client, "?kind=import") == ["import.started"]


def test_it_shows_one_subject(alice_client: Client) -> None:
    assert actions(alice_client, "?subject=x") == ["import.started"]


def test_a_change_reads_before_and_after(alice_client: Client) -> None:
    AuditEntry.objects.create(action="course.rated", before={"rating": "1.1"}, after={"rating": "1.2"})
    assert "rating: 1.1 → <strong>1.2</strong>" in alice_client.get("/audit/").content.decode()


def test_a_subject_that_has_gone_is_no_broken_link(alice_client: Client) -> None:
    assert alice_client.get("/audit/").status_code == 200


def test_it_asks_as_often_for_many_entries_as_for_one(
    alice_client: Client, alice: User, django_assert_num_queries: Any
) -> None:
    AuditEntry.objects.bulk_create(AuditEntry(actor=alice, action="import.started") for _ in range(60))
    with django_assert_num_queries(7):
        alice_client.get("/audit/")


def test_it_shows_one_meet_with_the_imports_of_it(alice_client: Client, alice: User, meet: Meet) -> None:
    bundle = Bundle.objects.create(name="b", content_hash="0" * 64)
    import_ = Import.objects.create(bundle=bundle, meet_key="an:1", meet_id=meet.pk)
    record(user=alice, kind="import.cancelled", subject=import_)
    record(user=alice, kind="bundle.received", subject=bundle)
    record(user=alice, kind="meet.closed", subject=meet)
    record(user=alice, kind="case.answered", meet_id=meet.pk)
    expected = ["case.answered", "meet.closed", "bundle.received", "import.cancelled"]
    assert actions(alice_client, f"?meet={meet.pk}") == expected
    assert actions(alice_client, "?meet=harbour") == expected


def test_it_shows_one_athlete_however_many_an_entry_is_about(alice_client: Client, alice: User) -> None:
    one, other = uuid4(), uuid4()
    record(user=alice, kind="athlete.merged", athlete_ids=[one, other])
    record(user=alice, kind="athlete.changed", athlete_ids=[other])
    assert actions(alice_client, f"?athlete={one}") == ["athlete.merged"]


def test_an_athlete_is_found_by_name_however_it_is_written(alice_client: Client, alice: User) -> None:
    school = School.objects.create(name="Quarry Hill")
    jose = Athlete.objects.create(school=school, name="José O’Hara", grad_year=2026, gender="M")
    record(user=alice, kind="athlete.changed", subject=jose)
    assert actions(alice_client, "?athlete=jose+ohara") == ["athlete.changed"]


@pytest.mark.parametrize("query", ["?athlete=nobody+there", "?meet=nowhere", "?meet=%00", "?athlete=%00"])
def test_a_name_that_nothing_has_is_no_error(alice_client: Client, query: str) -> None:
    assert alice_client.get(f"/audit/{query}").status_code == 200


def test_a_name_that_nothing_has_is_said(alice_client: Client) -> None:
    assert "There is no meet of that name now" in alice_client.get("/audit/?meet=nowhere").content.decode()


def test_what_no_account_did_says_what_did_it(alice_client: Client) -> None:
    record(user=None, kind="derived.rebuilt", who="nightly schedule")
    assert "<td >nightly schedule</td>" in alice_client.get("/audit/?kind=derived").content.decode()


def test_a_kind_that_no_filter_has_is_refused() -> None:
    with pytest.raises(ValueError, match="is no kind"):
        record(user=None, kind="something.done")


@pytest.mark.parametrize("change", [{"action": "meet.closed"}, {"after": {"rating": "9"}}, {"reason": "another"}])
def test_no_entry_can_be_changed(change: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        AuditEntry.objects.filter(action="course.rated").update(**change)


def test_no_entry_can_be_removed() -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entries")


def test_an_account_that_is_deleted_leaves_its_entries(alice: User) -> None:
    alice.delete()
    assert AuditEntry.objects.get(action="import.started").actor is None
