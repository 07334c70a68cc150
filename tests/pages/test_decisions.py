"""Decisions: the list, one with all that it changed, and its undo."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from meets.models import Athlete, Result
from reconciliation.actions.answer_case import answer_case
from reconciliation.actions.merge_athletes import merge_athletes
from reconciliation.models import Case, Decision
from tests.held import Held, three_questions


@pytest.fixture
def held(db: None) -> Held:
    return three_questions()


@pytest.fixture
def decide(held: Held, bob: User) -> Callable[..., Decision]:
    def do(number: int = 0, answer: str = "same", **more: Any) -> Decision:
        return answer_case(case_id=held.cases[number].pk, version=1, answer=answer, user=bob, **more)

    return do


def test_the_list_names_who_decided_what_and_why(alice_client: Client, decide: Callable[..., Decision]) -> None:
    decide(reason="Her coach says so.")
    page = alice_client.get("/decisions/").content.decode()
    assert all(text in page for text in ("bob", "Same person", "Her coach says so."))


def test_the_list_is_narrowed_to_an_answer(alice_client: Client, decide: Callable[..., Decision]) -> None:
    decide(0)
    other = decide(1, "different")
    assert alice_client.get("/decisions/?answer=different").context["decisions"] == [other]


def test_the_list_is_narrowed_to_an_athlete(alice_client: Client, decide: Callable[..., Decision]) -> None:
    wanted = decide(0)
    decide(1)
    athlete = Athlete.objects.get(name="Juniper Whitlock")
    assert alice_client.get(f"/decisions/?athlete={athlete.pk}").context["decisions"] == [wanted]


def test_the_list_goes_on_by_key(
    alice_client: Client, decide: Callable[..., Decision], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reconciliation.review.decided.A_PAGE", 2)
    told = [decide(number) for number in range(3)]
    first = alice_client.get("/decisions/").context
    second = alice_client.get(f"/decisions/?after={first['more']}").context
    assert [*first["decisions"], *second["decisions"]] == told[::-1]


def test_the_list_asks_as_often_for_many_as_for_one(
    alice_client: Client, decide: Callable[..., Decision], django_assert_num_queries: Any
) -> None:
    for number in range(3):
        decide(number)
    with django_assert_num_queries(6):
        alice_client.get("/decisions/")


def test_a_decision_shows_every_row_that_it_changed(alice_client: Client, decide: Callable[..., Decision]) -> None:
    page = alice_client.get(f"/decisions/{decide().pk}/")
    assert "1 result made" in page.context["changed"]
    assert "18:50.00" in page.content.decode()


def test_its_undo_is_previewed_for_whoever_may_take_it_back(
    alice_client: Client, bob_client: Client, decide: Callable[..., Decision]
) -> None:
    address = f"/decisions/{decide().pk}/"
    assert "Undo this decision" in bob_client.get(address).content.decode()
    assert "Undo this decision" not in alice_client.get(address).content.decode()


def test_undoing_puts_everything_back(bob_client: Client, held: Held, decide: Callable[..., Decision]) -> None:
    bob_client.post(f"/decisions/{decide().pk}/undo/", {"reason": "Too fast."})
    assert not Result.objects.filter(race=held.race).exists()
    assert Case.objects.get(pk=held.cases[0].pk).status == "open"


def test_a_quick_undo_leads_back_to_the_question(
    bob_client: Client, held: Held, decide: Callable[..., Decision]
) -> None:
    response = bob_client.post(f"/decisions/{decide().pk}/undo/", {"quick": "1", "queue": "kind=name_variant"})
    assert response.headers["Location"] == f"/review/{held.cases[0].pk}/?kind=name_variant"


def test_a_quick_undo_that_would_leave_something_shows_it_first(
    bob_client: Client, held: Held, decide: Callable[..., Decision]
) -> None:
    decision = decide()
    Result.objects.filter(race=held.race).update(time_cs=112_999)
    response = bob_client.post(f"/decisions/{decision.pk}/undo/", {"quick": "1", "queue": ""})
    assert response.headers["Location"] == f"/decisions/{decision.pk}/"
    assert Decision.objects.count() == 1


def test_what_is_undone_is_told_and_not_offered_again(bob_client: Client, decide: Callable[..., Decision]) -> None:
    decision = decide()
    bob_client.post(f"/decisions/{decision.pk}/undo/")
    page = bob_client.get(f"/decisions/{decision.pk}/").content.decode()
    assert "Taken back by bob" in page and "Undo this decision" not in page


def test_undoing_twice_tells_who_was_first(bob_client: Client, decide: Callable[..., Decision]) -> None:
    address = f"/decisions/{decide().pk}/undo/"
    bob_client.post(address)
    response = bob_client.post(address)
    assert response.status_code == 409
    assert Decision.objects.filter(answer="undo").count() == 1


def test_a_later_decision_that_rests_on_it_is_named(
    bob_client: Client, bob: User, held: Held, decide: Callable[..., Decision]
) -> None:
    first = decide(0, "different")
    made = Athlete.objects.get(name="J. Whitlock")
    later = merge_athletes(
        survivor_id=Athlete.objects.get(name="Juniper Whitlock").pk, loser_id=made.pk, user=bob, reason="One after all."
    )
    page = bob_client.get(f"/decisions/{first.pk}/").content.decode()
    assert f"/decisions/{later.pk}/" in page and "Undo this decision" not in page
