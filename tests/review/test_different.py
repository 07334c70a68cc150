"""*Different people*: a new athlete under the slug that the import would give, and the pair is remembered."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from meets.models import Athlete, SlugRedirect
from reconciliation.actions.answer_case import answer_case, preview_answer
from reconciliation.actions.errors import Refused
from reconciliation.models import Case, PotentialDuplicateAthlete, RememberedPair
from tests.inline import ADA, bundle_of, results, snapshot, upload_and_import
from tests.review.scene import NICK, held_nickname, people, sound

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_new_athlete_gets_the_result(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    answer_case(case_id=case.pk, version=case.version, answer="different", user=bob)
    assert people()["Mike Abernathy"] == [(94500, "Mike Abernathy")]
    assert Athlete.objects.get(name="Mike Abernathy").slug == "mike-abernathy-larkspring-christian-2027"
    sound()


def test_a_taken_slug_gets_the_number_that_the_import_would_give(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    ada = Athlete.objects.get(name="Ada Lindqvist")
    SlugRedirect.objects.create(slug="mike-abernathy-larkspring-christian-2027", athlete_id=ada.pk)
    answer_case(case_id=case.pk, version=case.version, answer="different", user=bob)
    assert Athlete.objects.get(name="Mike Abernathy").slug == "mike-abernathy-larkspring-christian-2027-2"


def test_the_pair_is_remembered_by_id_and_by_person(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    answer_case(case_id=case.pk, version=case.version, answer="different", user=bob, reason="two brothers")
    mike, michael = (str(Athlete.objects.get(name=name).pk) for name in ("Mike Abernathy", "Michael Abernathy"))
    keys = [{pair.left_key, pair.right_key} for pair in RememberedPair.objects.all()]
    assert {mike, michael} in keys
    assert len(keys) == 2
    assert set(RememberedPair.objects.values_list("reason", flat=True)) == {"two brothers"}


def test_the_next_bundle_finds_the_new_athlete_and_asks_nothing(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    answer_case(case_id=case.pk, version=case.version, answer="different", user=bob)
    before = snapshot()
    again = upload_and_import(alice_client, bundle_of(results=results(ADA, NICK)))
    assert again.outcomes["already_present"] == 2
    assert snapshot() == before
    assert not Case.objects.filter(status="open").exists()


def test_a_remembered_pair_is_not_asked_again_before_anybody_was_created(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    answer_case(case_id=case.pk, version=case.version, answer="different", user=bob)
    Athlete.objects.filter(name="Mike Abernathy").delete()
    again = upload_and_import(alice_client, bundle_of(results=results(ADA, NICK)))
    assert again.outcomes["inserted"] == 1


def test_the_site_s_table_says_different_people(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    answer_case(case_id=case.pk, version=case.version, answer="different", user=bob, reason="two brothers")
    row = PotentialDuplicateAthlete.objects.get()
    assert (row.status, row.resolved_by, row.resolution_notes) == ("different_people", "bob", "two brothers")
    assert row.athlete_id_2 == Athlete.objects.get(name="Mike Abernathy").pk


def test_without_a_grade_the_year_must_be_said(alice_client: Client, bob: User):
    upload_and_import(alice_client, bundle_of(results=results(ADA, NICK.replace(",11,", ",,"))))
    case = Case.objects.get()
    with pytest.raises(Refused, match="gives no grade"):
        answer_case(case_id=case.pk, version=None, answer="different", user=bob)
    answer_case(case_id=case.pk, version=None, answer="different", user=bob, grad_year=2028)
    assert Athlete.objects.get(name="Mike Abernathy").grad_year == 2028
    sound()


def test_the_preview_names_the_new_athlete_and_the_slug(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    preview = preview_answer(case_id=case.pk, answer="different", user=bob)
    assert [(new.name, new.slug) for new in preview.creates] == [
        ("Mike Abernathy", "mike-abernathy-larkspring-christian-2027")
    ]
    assert not Athlete.objects.filter(name="Mike Abernathy").exists()
