"""Missing lines and extra results, by the actions and the commands."""

import io

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from meets.models import Result
from reconciliation.actions.answer_many import answer_cases, preview_answers
from reconciliation.actions.differences import add_missing, answer_extra, preview_missing
from reconciliation.actions.errors import Refused
from reconciliation.actions.undo_decision import undo_batch, undo_decision
from reconciliation.models import Case, Decision
from tests.inline import ADA, bundle_of, results, upload_and_import
from tests.review.scene import held_nickname, people, sound

pytestmark = pytest.mark.django_db(transaction=True)


def printed(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_a_missing_result_is_added_where_the_athlete_is_sure(alice_client: Client, bob: User):
    import_ = upload_and_import(alice_client, bundle_of())
    Result.objects.filter(time_cs=94000).delete()
    assert preview_missing(meet_id=import_.meet_id).existing == [(3, "Bo Hansen", "Bo Hansen")]
    assert Result.objects.count() == 1
    made = add_missing(meet_id=import_.meet_id, user=bob)
    assert people()["Bo Hansen"] == [(94000, "Bo Hansen")]
    sound()
    undo_batch(batch=made[0].batch, user=bob)
    assert people()["Bo Hansen"] == []
    sound()


def test_an_extra_is_removed_by_an_admin_alone(alice_client: Client, bob: User, dana: User):
    upload_and_import(alice_client, bundle_of())
    upload_and_import(alice_client, bundle_of(results=results(ADA)))
    extra = Result.objects.get(time_cs=94000)
    with pytest.raises(Refused, match="Only an admin"):
        answer_extra(result_id=extra.pk, answer="remove", user=bob, reason="not his")
    decision = answer_extra(result_id=extra.pk, answer="remove", user=dana, reason="not his")
    assert people()["Bo Hansen"] == []
    sound()
    undo_decision(decision_id=decision.pk, user=dana)
    assert people()["Bo Hansen"] == [(94000, "Bo Hansen")]
    sound()


def test_answers_in_bulk_are_taken_back_at_one_stroke(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    there = people()
    assert preview_answers(cases=[case.pk], answer="same", user=bob).results == 1
    batch, decisions, left = answer_cases(cases=[(case.pk, case.version)], answer="same", user=bob)
    assert (len(decisions), left) == (1, [])
    undo_batch(batch=batch, user=bob)
    assert people() == there
    sound()


def test_a_case_is_listed_decided_and_taken_back_by_commands(alice_client: Client):
    case = held_nickname(alice_client)
    assert str(case.pk) in printed("cases", "--json")
    assert "1 result added" in printed("decide", str(case.pk), "same", "--reason", "seen him run")
    assert printed("cases") == "No question is open.\n"
    assert "Taken back" in printed("undo", str(Decision.objects.get().pk))
    assert Case.objects.get().status == "open"
