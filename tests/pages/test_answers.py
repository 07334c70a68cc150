"""What a reviewer sends from a case's page, and where it leads."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from meets.models import Athlete, ImportRow, Result
from reconciliation.actions.answer_case import answer_case
from reconciliation.models import Case, CaseNote, Decision
from tests.held import Held, held_world, three_questions

Post = Callable[..., Any]


@pytest.fixture
def held(db: None) -> Held:
    return three_questions()


@pytest.fixture
def answer(bob_client: Client) -> Post:
    def post(case: Case, text: str, **more: str) -> Any:
        return bob_client.post(f"/review/{case.pk}/answer/", {"answer": text, "version": case.version, **more})

    return post


def test_an_answer_leads_to_the_next_question(answer: Post, held: Held) -> None:
    response = answer(held.cases[0], "same")
    assert response.headers["Location"].startswith(f"/review/{held.cases[1].pk}/?done=")


def test_the_same_person_gets_the_held_result(answer: Post, held: Held) -> None:
    answer(held.cases[0], "same")
    result = Result.objects.get(race=held.race)
    assert (result.athlete.name, result.source_name) == ("Juniper Whitlock", "J. Whitlock")


def test_the_next_page_offers_the_undo(bob_client: Client, answer: Post, held: Held) -> None:
    following = bob_client.get(answer(held.cases[0], "same").headers["Location"])
    assert f"/decisions/{Decision.objects.get().pk}/undo/" in following.content.decode()


def test_the_undo_is_offered_to_nobody_else(alice_client: Client, answer: Post, held: Held) -> None:
    following = alice_client.get(answer(held.cases[0], "same").headers["Location"])
    assert following.context["last"] is None


def test_the_filters_stay(answer: Post, held: Held) -> None:
    response = answer(held.cases[0], "same", queue="kind=name_variant&sort=surest")
    assert "kind=name_variant&sort=surest" in response.headers["Location"]


def test_after_the_last_answer_the_meet_can_be_closed(bob_client: Client, answer: Post, held: Held) -> None:
    for case in held.cases[:2]:
        answer(case, "different")
    page = bob_client.get(answer(held.cases[2], "different").headers["Location"]).content.decode()
    assert "Every question of" in page and "it can be closed" in page


def test_an_answer_names_whom_it_means(answer: Post, db: None) -> None:
    held = held_world()
    twins = [held.athlete("Ana Torres", grad_year=2027), held.athlete("Ana Torrez", grad_year=2026)]
    case = held.ask("Ana Tores", *twins, kind="ambiguous_namesake")
    answer(case, f"same:{twins[1].pk}")
    assert Result.objects.get(race=held.race).athlete == twins[1]


def test_the_csvs_spelling_is_taken_over_when_ticked(answer: Post, held: Held) -> None:
    answer(held.cases[1], "same", take_spelling="1")
    assert Athlete.objects.filter(name="Dana Luis Rutledge").exists()


def test_nobody_new_is_made_without_a_year(answer: Post, db: None) -> None:
    held = held_world()
    case = held.ask("Ana Tores", held.athlete("Ana Torres"), kind="no_grade", grade=None)
    assert answer(case, "different").status_code == 409
    answer(case, "different", grad_year="2028")
    assert Athlete.objects.get(name="Ana Tores").grad_year == 2028


@pytest.mark.parametrize("text", ["", "nonsense", "same:nobody", "keep:first", "undo", "keep:99999"])
def test_what_no_button_sends_is_refused(answer: Post, held: Held, text: str) -> None:
    assert answer(held.cases[0], text).status_code == 400
    assert not Decision.objects.exists()


def test_setting_aside_needs_a_reason(answer: Post, held: Held) -> None:
    assert answer(held.cases[0], "dismiss").status_code == 409
    answer(held.cases[0], "dismiss", reason="A guest.")
    assert ImportRow.objects.filter(outcome="dismissed").count() == 1


def test_a_veto_asks_for_a_reason_and_keeps_the_answer(answer: Post, db: None) -> None:
    held = held_world()
    twin = held.athlete("Ana Torres")
    held.result(twin, held.race, 111_000)
    case = held.ask("Ana Tores", twin, vetoes=("both finished the same race",))
    response = answer(case, f"same:{twin.pk}")
    assert response.status_code == 422
    assert f'name="answer" value="same:{twin.pk}"' in response.content.decode()
    assert not Decision.objects.exists()


def test_the_second_is_told_who_decided_what(answer: Post, held: Held, dana: User) -> None:
    answer_case(case_id=held.cases[0].pk, version=1, answer="different", user=dana, reason="Her sister.")
    response = answer(held.cases[0], "same")
    page = response.content.decode()
    assert response.status_code == 409
    assert all(text in page for text in ("dana was faster", "Different people", "Her sister.")), page


def test_a_case_that_changed_is_shown_anew(answer: Post, held: Held) -> None:
    case = held.cases[0]
    Case.objects.filter(pk=case.pk).update(version=2)
    response = answer(case, "same")
    assert response.status_code == 409
    assert 'data-version="2"' in response.content.decode()
    assert not Decision.objects.exists()


def test_skipping_puts_it_at_the_end(bob_client: Client, held: Held) -> None:
    response = bob_client.post(f"/review/{held.cases[0].pk}/skip/")
    assert response.headers["Location"] == f"/review/{held.cases[1].pk}/"
    assert list(Case.objects.order_by("position"))[-1] == held.cases[0]


def test_parking_leaves_it_to_one_person(bob_client: Client, dana: User, held: Held) -> None:
    bob_client.post(f"/review/{held.cases[0].pk}/park/", {"for": dana.pk, "note": "You know her."})
    case = Case.objects.get(pk=held.cases[0].pk)
    assert (case.parked_for, CaseNote.objects.get().text) == (dana, "You know her.")


def test_nothing_is_parked_for_whoever_cannot_answer(bob_client: Client, alice: User, held: Held) -> None:
    response = bob_client.post(f"/review/{held.cases[0].pk}/park/", {"for": alice.pk})
    assert response.status_code == 409
    assert not Case.objects.filter(parked_for__isnull=False).exists()


def test_a_note_stays_on_the_case(bob_client: Client, alice_client: Client, held: Held) -> None:
    bob_client.post(f"/review/{held.cases[0].pk}/note/", {"text": "Ask the coach."})
    assert "Ask the coach." in alice_client.get(f"/review/{held.cases[0].pk}/").content.decode()


def test_others_see_who_is_at_it(bob_client: Client, dana_client: Client, held: Held) -> None:
    address = f"/review/{held.cases[0].pk}/"
    bob_client.post(f"{address}claim/")
    assert "bob is looking at this question too" in dana_client.get(address).content.decode()
    assert "is looking at this question too" not in bob_client.get(address).content.decode()


def test_looking_claims_nothing(bob_client: Client, held: Held) -> None:
    bob_client.get(f"/review/{held.cases[0].pk}/")
    assert not Case.objects.filter(claimed_by__isnull=False).exists()


def test_each_answer_is_previewed_and_nothing_is_written(bob_client: Client, held: Held) -> None:
    page = bob_client.get(f"/review/{held.cases[0].pk}/changes/").content.decode()
    assert "to Juniper Whitlock." in page and "Makes J. Whitlock" in page
    assert not Result.objects.filter(race=held.race).exists()


def test_another_athlete_is_found_by_parts_of_the_name(bob_client: Client, held: Held) -> None:
    found = bob_client.get(f"/review/{held.cases[0].pk}/athlete/?q=aber+mich").context["found"]
    assert [one["athlete"].name for one in found] == ["Michelle Abernathy"]
