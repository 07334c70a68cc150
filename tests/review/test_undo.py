"""Take a decision back: at once, later, out of order; what has changed since stays and is told."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from meets.models import Athlete, Result
from reconciliation.actions.answer_case import answer_case
from reconciliation.actions.errors import AlreadyDecided, Contradicts, Refused
from reconciliation.actions.merge_athletes import merge_athletes
from reconciliation.actions.undo_decision import preview_undo, undo_decision
from reconciliation.models import Case, Decision
from tests.inline import ADA, bundle_of, results, snapshot, upload_and_import
from tests.review.scene import NICK, THIRD_MEET, held_nickname, outcomes_of, people, sound

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("answer", ["same", "different"])
def test_all_is_as_it_was(alice_client: Client, bob: User, answer: str):
    case = held_nickname(alice_client)
    there = people()
    decision = answer_case(case_id=case.pk, version=None, answer=answer, user=bob)
    undo_decision(decision_id=decision.pk, user=bob)
    assert people() == there
    case.refresh_from_db()
    assert (case.status, case.version) == ("open", 2)
    sound()


@pytest.mark.parametrize("answer", ["same", "different"])
def test_the_question_can_be_answered_again(alice_client: Client, bob: User, answer: str):
    case = held_nickname(alice_client)
    undo_decision(decision_id=answer_case(case_id=case.pk, version=None, answer=answer, user=bob).pk, user=bob)
    answer_case(case_id=case.pk, version=2, answer="same", user=bob)
    assert [time for time, _ in people()["Michael Abernathy"]] == [94500, 95000]
    sound()


def test_after_the_undo_an_import_asks_the_same_again(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    undo_decision(decision_id=answer_case(case_id=case.pk, version=None, answer="same", user=bob).pk, user=bob)
    again = upload_and_import(alice_client, bundle_of(results=results(ADA, NICK)))
    assert outcomes_of(again)[3] == "held"
    assert Case.objects.filter(status="open").count() == 1


def test_lines_of_a_later_import_wait_again(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    decision = answer_case(case_id=case.pk, version=None, answer="same", user=bob)
    again = upload_and_import(alice_client, bundle_of(results=results(ADA, NICK)))
    assert outcomes_of(again)[3] == "already_present"
    undo_decision(decision_id=decision.pk, user=bob)
    assert outcomes_of(again)[3] == "held"
    sound()


def test_it_is_taken_back_only_once(alice_client: Client, bob: User, dana: User):
    case = held_nickname(alice_client)
    decision = answer_case(case_id=case.pk, version=None, answer="same", user=bob)
    undo = undo_decision(decision_id=decision.pk, user=dana)
    with pytest.raises(AlreadyDecided, match="dana"):
        undo_decision(decision_id=decision.pk, user=bob)
    with pytest.raises(Refused, match="can't be undone"):
        undo_decision(decision_id=undo.pk, user=bob)
    assert Decision.objects.count() == 2


def test_a_result_that_was_edited_since_stays_and_is_told(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    decision = answer_case(case_id=case.pk, version=None, answer="same", user=bob)
    Result.objects.filter(time_cs=94500).update(place_overall=9)
    preview = preview_undo(decision_id=decision.pk, user=bob)
    assert preview.left == ["The result 15:45.00 has been changed since and stays."]
    undo_decision(decision_id=decision.pk, user=bob)
    assert Result.objects.get(time_cs=94500).place_overall == 9
    sound()


def test_an_athlete_with_later_results_stays_and_is_told(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    decision = answer_case(case_id=case.pk, version=None, answer="different", user=bob)
    upload_and_import(alice_client, bundle_of(**THIRD_MEET, results=results(NICK.replace("94500", "94100"))))
    assert preview_undo(decision_id=decision.pk, user=bob).left == ["Mike Abernathy stays: 1 result came since."]
    undo_decision(decision_id=decision.pk, user=bob)
    assert people()["Mike Abernathy"] == [(94100, "Mike Abernathy")]
    sound()


def test_a_later_decision_that_rests_on_it_is_named(alice_client: Client, bob: User, dana: User):
    case = held_nickname(alice_client)
    first = answer_case(case_id=case.pk, version=None, answer="different", user=bob)
    mike, michael = (Athlete.objects.get(name=name).pk for name in ("Mike Abernathy", "Michael Abernathy"))
    merge = merge_athletes(survivor_id=michael, loser_id=mike, user=dana, reason="one after all")
    with pytest.raises(Contradicts, match="Mike Abernathy was merged into Michael Abernathy") as told:
        undo_decision(decision_id=first.pk, user=bob)
    assert told.value.decision == merge
    assert preview_undo(decision_id=first.pk, user=bob).contradicts == merge
    undo_decision(decision_id=merge.pk, user=bob)
    undo_decision(decision_id=first.pk, user=bob)
    assert "Mike Abernathy" not in people()
    sound()


def test_a_preview_changes_nothing(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    decision = answer_case(case_id=case.pk, version=None, answer="same", user=bob)
    before = snapshot()
    preview = preview_undo(decision_id=decision.pk, user=bob)
    assert preview.restores == ["1 result taken off the site.", "1 question open again."]
    assert snapshot() == before
    assert Decision.objects.count() == 1
