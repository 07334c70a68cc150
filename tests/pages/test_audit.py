from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from importadmin.models import AuditEntry


@pytest.fixture(autouse=True)
def entries(dana: User, alice: User) -> None:
    AuditEntry.objects.create(actor=dana, action="course.rated", before={"rating": None}, after={"rating": "1.1"})
    AuditEntry.objects.create(actor=alice, action="import.started", subject_table="imports", subject_id="x")


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
