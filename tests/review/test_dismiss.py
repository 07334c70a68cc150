"""*Set aside*: with a reason; the line is not added, by later imports neither."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from meets.models import Athlete, Import, Result
from reconciliation.actions.answer_case import answer_case
from reconciliation.actions.errors import Refused
from reconciliation.actions.undo_decision import undo_decision
from reconciliation.models import Case
from tests.inline import ADA, bundle_of, results, upload_and_import
from tests.review.scene import NICK, held_nickname, outcomes_of, sound

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_needs_a_reason(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    with pytest.raises(Refused, match="Say why"):
        answer_case(case_id=case.pk, version=None, answer="dismiss", user=bob)


def test_the_line_ends_as_set_aside(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    answer_case(case_id=case.pk, version=None, answer="dismiss", user=bob, reason="ran unofficially")
    assert outcomes_of(Import.objects.get(pk=case.import_id))[3] == "dismissed"
    assert Case.objects.get().status == "dismissed"
    assert not Result.objects.filter(time_cs=94500).exists()
    sound()


def test_the_next_import_sets_it_aside_too_and_asks_nothing(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    answer_case(case_id=case.pk, version=None, answer="dismiss", user=bob, reason="ran unofficially")
    again = upload_and_import(alice_client, bundle_of(results=results(ADA, NICK)))
    assert outcomes_of(again)[3] == "dismissed"
    assert Case.objects.get().status == "dismissed"
    sound()


def test_taken_back_the_line_waits_again_in_every_import(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    decision = answer_case(case_id=case.pk, version=None, answer="dismiss", user=bob, reason="ran unofficially")
    again = upload_and_import(alice_client, bundle_of(results=results(ADA, NICK)))
    undo_decision(decision_id=decision.pk, user=bob)
    assert outcomes_of(again)[3] == "held"
    assert outcomes_of(Import.objects.get(pk=case.import_id))[3] == "held"
    assert Case.objects.get().status == "open"
    assert not Athlete.objects.filter(name="Mike Abernathy").exists()
    sound()
