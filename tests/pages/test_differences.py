"""The comparison's actions: shown before they are done, with counts that stay right as they are used."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from meets.models import Athlete, ImportRow, Result
from tests.held import Held, held_world


@pytest.fixture
def held(db: None) -> Held:
    """One line whose result is gone, and one result that no line names."""
    held = held_world()
    held.athlete("Ada Lindqvist")
    held.line("Ada Lindqvist", 113_000)
    ImportRow.objects.update(outcome="inserted")
    held.result(held.athlete("Extra Runner"), held.race, 125_000)
    return held


def counts(client: Client, held: Held) -> dict[str, int]:
    tabs = client.get(f"/meets/{held.meet.pk}/comparison/").context["tabs"]
    return {tab["key"]: tab["count"] for tab in tabs}


def test_what_would_be_added_is_shown_first(bob_client: Client, held: Held) -> None:
    page = bob_client.get(f"/meets/{held.meet.pk}/comparison/missing/").content.decode()
    assert "Add 1 result to existing athletes" in page
    assert counts(bob_client, held)["missing"] == 1


def test_adding_leaves_nothing_missing(bob_client: Client, held: Held) -> None:
    bob_client.post(f"/meets/{held.meet.pk}/comparison/missing/", {"which": "existing"})
    assert Result.objects.get(race=held.race, time_cs=113_000).athlete.name == "Ada Lindqvist"
    assert counts(bob_client, held)["missing"] == 0


def test_an_extra_result_is_removed_by_an_admin_only(bob_client: Client, dana_client: Client, held: Held) -> None:
    result = Result.objects.get(time_cs=125_000)
    form = {"answer": "remove", "result": str(result.pk), "reason": "Not in this race."}
    assert bob_client.post(f"/meets/{held.meet.pk}/comparison/extra/", form).status_code == 409
    dana_client.post(f"/meets/{held.meet.pk}/comparison/extra/", form)
    assert not Result.objects.filter(pk=result.pk).exists()
    assert counts(dana_client, held)["extra"] == 0


def test_staff_see_no_button(alice_client: Client, held: Held) -> None:
    assert "Add what is missing" not in alice_client.get(f"/meets/{held.meet.pk}/comparison/").content.decode()


def test_both_go_into_the_queue(bob_client: Client, bob: User, held: Held) -> None:
    response = bob_client.post(f"/meets/{held.meet.pk}/comparison/ask/")
    assert response.headers["Location"] == f"/review/?meet={held.meet.pk}"
    assert Athlete.objects.count() == 2
