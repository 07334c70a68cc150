"""Two times in one race: keep one, both are right, or two people."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from meets.models import Athlete, Result
from reconciliation.actions.answer_case import answer_case
from reconciliation.actions.errors import Refused
from reconciliation.actions.undo_decision import undo_decision
from reconciliation.deciding.times import times_of
from reconciliation.models import Case, PotentialDuplicate
from tests.inline import ADA, BO, bundle_of, results, snapshot, upload_and_import
from tests.review.scene import people, sound, two_times

pytestmark = pytest.mark.django_db(transaction=True)


def other_time(client: Client) -> Case:
    """The site has 15:40.00 for Bo Hansen, the file says 15:50.00."""
    upload_and_import(client, bundle_of())
    upload_and_import(client, bundle_of(results=results(ADA, BO.replace("94000", "95000"))))
    return Case.objects.get(status="open")


def test_the_times_are_listed_site_first(alice_client: Client):
    case = other_time(alice_client)
    assert [(time.time_cs, bool(time.result_id)) for time in times_of(case)] == [(94000, True), (95000, False)]


def test_the_file_s_first_time_is_kept(alice_client: Client, bob: User):
    case = two_times(alice_client)
    answer_case(case_id=case.pk, version=None, answer="keep", choice=1, user=bob)
    assert people()["Max Reyes"] == [(94500, "Max Reyes")]
    sound()


def test_the_site_s_time_is_kept(alice_client: Client, bob: User):
    case = other_time(alice_client)
    answer_case(case_id=case.pk, version=None, answer="keep", choice=1, user=bob)
    assert [time for time, _ in people()["Bo Hansen"]] == [94000]
    sound()


def test_the_file_s_time_replaces_the_site_s(alice_client: Client, bob: User):
    case = other_time(alice_client)
    answer_case(case_id=case.pk, version=None, answer="keep", choice=2, user=bob)
    assert [time for time, _ in people()["Bo Hansen"]] == [95000]
    sound()


@pytest.mark.parametrize("choice", [1, 2])
def test_the_next_import_of_either_file_asks_nothing_and_changes_nothing(alice_client: Client, bob: User, choice: int):
    case = other_time(alice_client)
    answer_case(case_id=case.pk, version=None, answer="keep", choice=choice, user=bob)
    before = snapshot()
    upload_and_import(alice_client, bundle_of())
    upload_and_import(alice_client, bundle_of(results=results(ADA, BO.replace("94000", "95000"))))
    assert snapshot() == before
    assert not Case.objects.filter(status="open").exists()
    sound()


def test_both_are_right_with_a_reason(alice_client: Client, bob: User):
    case = other_time(alice_client)
    with pytest.raises(Refused, match="Say why both"):
        answer_case(case_id=case.pk, version=None, answer="both", user=bob)
    answer_case(case_id=case.pk, version=None, answer="both", user=bob, reason="ran twice")
    assert [time for time, _ in people()["Bo Hansen"]] == [94000, 95000]
    assert PotentialDuplicate.objects.get().status == "ignored"
    sound()


def test_two_people_of_one_name(alice_client: Client, bob: User):
    case = two_times(alice_client)
    answer_case(case_id=case.pk, version=None, answer="different", user=bob, reason="cousins")
    assert set(Athlete.objects.filter(name="Max Reyes").values_list("slug", flat=True)) == {
        "max-reyes-larkspring-christian-2027",
        "max-reyes-larkspring-christian-2027-2",
    }
    assert Result.objects.filter(athlete__name="Max Reyes").count() == 2
    sound()


def test_a_time_that_is_not_there_is_refused(alice_client: Client, bob: User):
    with pytest.raises(Refused, match="1 to 2"):
        answer_case(case_id=two_times(alice_client).pk, version=None, answer="keep", choice=3, user=bob)


@pytest.mark.parametrize(("answer", "choice"), [("keep", 1), ("keep", 2), ("both", None), ("different", None)])
@pytest.mark.parametrize("scene", [other_time, two_times])
def test_taken_back_all_is_as_it_was(alice_client: Client, bob: User, scene, answer: str, choice: int | None):
    case = scene(alice_client)
    before, there = snapshot(xmin=False), people()
    decision = answer_case(case_id=case.pk, version=None, answer=answer, choice=choice, user=bob, reason="sure")
    undo_decision(decision_id=decision.pk, user=bob)
    assert people() == there
    assert {key: value for key, value in snapshot(xmin=False).items() if key != "athlete_best_times"
            and not key.endswith(("records", "fame"))} | {} == {
        key: value for key, value in before.items() if key != "athlete_best_times"
        and not key.endswith(("records", "fame"))}  # fmt: skip
    assert Case.objects.get(pk=case.pk).status == "open"
    sound()
