"""Merge two athletes from their pages: the search, the preview field by field, the merge, and its history."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from meets.models import Athlete, Result, SlugRedirect
from reconciliation.models import Decision
from tests.held import Held, held_world


@pytest.fixture
def held(db: None) -> Held:
    return held_world()


@pytest.fixture
def two(held: Held) -> tuple[Athlete, Athlete]:
    stays = held.athlete("Ana María Torres")
    goes = held.athlete("Ana Torres", grad_year=2028, time_cs=None)
    held.result(goes, held.race, 112_000)
    held.result(stays, held.race, 112_000, source_name="ANA")
    return stays, goes


def preview(client: Client, two: tuple[Athlete, Athlete], **more: str) -> Any:
    return client.get(f"/athletes/{two[0].pk}/merge/", {"with": str(two[1].pk), **more})


def test_the_search_offers_teammates_of_that_name(bob_client: Client, two: tuple[Athlete, Athlete]) -> None:
    found = bob_client.get(f"/athletes/{two[0].pk}/merge/").context["found"]
    assert [one["athlete"] for one in found] == [two[1]]


def test_whoever_has_more_results_stays(bob_client: Client, two: tuple[Athlete, Athlete]) -> None:
    context = preview(bob_client, (two[1], two[0])).context
    assert (context["survivor"], context["loser"]) == two


def test_the_other_one_can_stay_instead(bob_client: Client, two: tuple[Athlete, Athlete]) -> None:
    assert preview(bob_client, two, survivor=str(two[1].pk)).context["survivor"] == two[1]


def test_results_that_become_one_are_told(bob_client: Client, two: tuple[Athlete, Athlete]) -> None:
    assert "of both become one result" in preview(bob_client, two).content.decode()


def test_the_address_that_will_lead_on_is_told(bob_client: Client, two: tuple[Athlete, Athlete]) -> None:
    assert f"The address {two[1].slug} will lead to {two[0].slug}." in preview(bob_client, two).content.decode()


def test_a_preview_changes_nothing(bob_client: Client, two: tuple[Athlete, Athlete]) -> None:
    preview(bob_client, two)
    assert Athlete.objects.count() == 2 and Result.objects.count() == 3


def test_a_value_of_the_one_who_goes_can_stay(bob_client: Client, two: tuple[Athlete, Athlete]) -> None:
    bob_client.post(
        f"/athletes/{two[0].pk}/merge/",
        {"with": str(two[1].pk), "survivor": str(two[0].pk), "field_grad_year": "loser", "reason": "One person."},
    )
    assert Athlete.objects.get().grad_year == 2028


def test_a_merge_leads_to_the_survivor_with_its_undo(bob_client: Client, two: tuple[Athlete, Athlete]) -> None:
    response = bob_client.post(
        f"/athletes/{two[0].pk}/merge/", {"with": str(two[1].pk), "survivor": str(two[0].pk), "reason": "One person."}
    )
    page = bob_client.get(response.headers["Location"]).content.decode()
    assert f"/decisions/{Decision.objects.get().pk}/undo/" in page
    assert SlugRedirect.objects.get().athlete_id == two[0].pk


def test_a_veto_asks_for_a_reason(bob_client: Client, held: Held) -> None:
    one, other = held.athlete("Ana Torres"), held.athlete("Ana Tores", time_cs=119_000)
    form = {"with": str(other.pk), "survivor": str(one.pk)}
    response = bob_client.post(f"/athletes/{one.pk}/merge/", form)
    assert response.status_code == 422 and "This speaks against it" in response.content.decode()
    assert Athlete.objects.count() == 2


def test_somebody_who_was_merged_away_still_has_a_history(
    bob_client: Client, bob: User, two: tuple[Athlete, Athlete]
) -> None:
    bob_client.post(f"/athletes/{two[0].pk}/merge/", {"with": str(two[1].pk), "reason": "One person."})
    response = bob_client.get(f"/athletes/{two[1].pk}/")
    assert response.status_code == 410
    assert "Ana Torres is not in the database any more" in response.content.decode()


def test_the_survivors_page_lists_the_merge(bob_client: Client, two: tuple[Athlete, Athlete]) -> None:
    bob_client.post(f"/athletes/{two[0].pk}/merge/", {"with": str(two[1].pk), "reason": "One person."})
    assert [one.answer for one in bob_client.get(f"/athletes/{two[0].pk}/").context["merges"]] == ["merge"]
