"""*Same person*: the held line's result is written as the import would have written it."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from meets.models import Athlete, Import, Result
from reconciliation.actions.answer_case import answer_case, preview_answer
from reconciliation.actions.errors import AlreadyDecided, CaseChanged, Refused, VetoNeedsReason
from reconciliation.models import Case, CaseKind, Decision
from tests.inline import ADA, bundle_of, results, snapshot, upload_and_import
from tests.review.scene import NICK, THIRD_MEET, held_nickname, outcomes_of, people, sound

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_result_goes_to_the_athlete_with_the_name_as_written(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    answer_case(case_id=case.pk, version=case.version, answer="same", user=bob)
    assert people()["Michael Abernathy"] == [(94500, "Mike Abernathy"), (95000, "Michael Abernathy")]
    sound()


def test_it_is_like_a_result_that_the_import_wrote(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    answer_case(case_id=case.pk, version=case.version, answer="same", user=bob)
    like, made = (
        Result.objects.filter(time_cs=time).values("meet_id", "data_source", "import_id", "scored", "notes").get()
        for time in (93240, 94500)
    )
    assert made == like


def test_the_line_and_its_import_move_to_the_new_outcome(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    import_ = Import.objects.get(pk=case.import_id)
    assert (outcomes_of(import_)[3], import_.outcomes["held"]) == ("held", 1)
    answer_case(case_id=case.pk, version=case.version, answer="same", user=bob)
    import_.refresh_from_db()
    assert outcomes_of(import_)[3] == "inserted"
    assert (import_.outcomes["held"], import_.outcomes["inserted"]) == (0, 2)


def test_the_decision_says_who_what_and_how_it_was(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    decision = answer_case(case_id=case.pk, version=case.version, answer="same", user=bob, reason="seen him run")
    assert (decision.user_name, decision.answer, decision.reason) == ("bob", "same", "seen him run")
    assert decision.after["athlete"] == "Michael Abernathy"
    assert decision.athlete_ids == [str(Athlete.objects.get(name="Michael Abernathy").pk)]


def test_the_next_bundle_finds_the_athlete_and_changes_nothing(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    answer_case(case_id=case.pk, version=case.version, answer="same", user=bob)
    before = snapshot()
    again = upload_and_import(alice_client, bundle_of(results=results(ADA, NICK)))
    assert outcomes_of(again) == {2: "already_present", 3: "already_present"}
    assert snapshot() == before
    assert not Case.objects.filter(status="open").exists()


def test_a_new_meet_finds_the_athlete_under_the_accepted_spelling(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    answer_case(case_id=case.pk, version=case.version, answer="same", user=bob)
    import_ = upload_and_import(alice_client, bundle_of(**THIRD_MEET, results=results(NICK.replace("94500", "94100"))))
    assert import_.outcomes["inserted"] == 1
    assert [time for time, _ in people()["Michael Abernathy"]] == [94100, 94500, 95000]


def test_rows_of_every_import_of_the_meet_move(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    second = upload_and_import(alice_client, bundle_of(results=results(ADA, NICK)))
    case.refresh_from_db()
    answer_case(case_id=case.pk, version=case.version, answer="same", user=bob)
    assert Result.objects.filter(time_cs=94500).count() == 1
    assert outcomes_of(second)[3] == "already_present"
    sound()


def test_the_spelling_of_the_file_can_be_taken(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    slug = Athlete.objects.get(name="Michael Abernathy").slug
    answer_case(case_id=case.pk, version=case.version, answer="same", user=bob, take_spelling=True)
    athlete = Athlete.objects.get(name="Mike Abernathy")
    assert (athlete.first_name, athlete.slug) == ("Mike", slug)
    sound()


def test_the_second_reviewer_is_told_who_decided_what(alice_client: Client, bob: User, dana: User):
    case = held_nickname(alice_client)
    first = answer_case(case_id=case.pk, version=case.version, answer="same", user=bob)
    with pytest.raises(AlreadyDecided, match="bob has answered this already: Same person") as told:
        answer_case(case_id=case.pk, version=case.version, answer="different", user=dana)
    assert told.value.decision == first
    assert Decision.objects.count() == 1


def test_a_case_whose_facts_changed_asks_again(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    Case.objects.filter(pk=case.pk).update(version=case.version + 1)
    with pytest.raises(CaseChanged):
        answer_case(case_id=case.pk, version=case.version, answer="same", user=bob)
    assert not Decision.objects.exists()


def test_a_veto_needs_a_written_reason(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    Athlete.objects.filter(name="Michael Abernathy").update(grad_year=2030)
    with pytest.raises(VetoNeedsReason, match="grad years more than one apart"):
        answer_case(case_id=case.pk, version=case.version, answer="same", user=bob)
    answer_case(case_id=case.pk, version=case.version, answer="same", user=bob, reason="the old year was a slip")
    assert Decision.objects.get().vetoes == ["grad years more than one apart"]


def test_staff_cannot_decide(alice_client: Client, alice: User):
    case = held_nickname(alice_client)
    with pytest.raises(Refused, match="Only reviewers"):
        answer_case(case_id=case.pk, version=case.version, answer="same", user=alice)


def test_another_athlete_can_be_named(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    ada = Athlete.objects.get(name="Ada Lindqvist")
    with pytest.raises(Refused, match="none of the candidates"):
        answer_case(case_id=case.pk, version=None, answer="same", user=bob, athlete_id=ada.pk)
    answer_case(case_id=case.pk, version=None, answer="other", user=bob, athlete_id=ada.pk, reason="a slip")
    assert (94500, "Mike Abernathy") in people()["Ada Lindqvist"]


def test_a_preview_says_it_all_and_changes_nothing(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    before = snapshot()
    preview = preview_answer(case_id=case.pk, answer="same", user=bob)
    assert snapshot() == before
    assert not Decision.objects.exists()
    assert [(line.athlete, line.time_cs, line.place) for line in preview.writes] == [("Michael Abernathy", 94500, 3)]
    assert (preview.outcomes, preview.rows, preview.cases, preview.meets) == ({"inserted": 1}, 1, 1, 1)
    assert preview.vetoes == []


def test_a_second_time_in_one_race_becomes_a_question_of_its_own(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    other = NICK.replace("94500", "97000")
    upload_and_import(alice_client, bundle_of(results=results(ADA, NICK, other)))
    case = Case.objects.get(status="open")
    decision = answer_case(case_id=case.pk, version=None, answer="same", user=bob)
    assert decision
    assert Case.objects.get(status="open").kind == CaseKind.TWO_TIMES
    assert Result.objects.filter(time_cs__in=(94500, 97000)).count() == 0
    sound()
