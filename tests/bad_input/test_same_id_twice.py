"""One id for two schools or two races: said with the line, and never a reason to mix two people up."""

import pytest
from django.test import Client

from meets.models import ImportProblem, Race, School
from tests.inline import FILES, Expected, bundle_of, told_everywhere, upload_and_import

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_first_school_of_an_id_counts_and_the_other_is_said(alice_client: Client):
    schools = FILES["schools.csv"] + "s1,Other Hill,,Redham,CA,\n"
    import_ = upload_and_import(alice_client, bundle_of(schools=schools))
    assert not School.objects.filter(name="Other Hill").exists()
    told_everywhere(alice_client, import_, Expected("school.twice", "schools.csv", 4, "athletic_net_id", "s1"))


def test_the_same_school_written_twice_is_no_problem(alice_client: Client):
    schools = FILES["schools.csv"] + "s1,Quarry Hill,,Redham,CA,\n"
    import_ = upload_and_import(alice_client, bundle_of(schools=schools))
    assert import_.outcomes["inserted"] == 2
    assert not ImportProblem.objects.filter(code="school.twice").exists()


def test_a_race_with_two_genders_is_neither(alice_client: Client):
    races = FILES["races.csv"] + "r1,900001,Mens Open,M,5000,,\n"
    import_ = upload_and_import(alice_client, bundle_of(races=races))
    assert (import_.outcomes["inserted"], import_.outcomes["rejected"]) == (1, 1)
    assert list(Race.objects.values_list("athletic_net_race_id", flat=True)) == ["r2"]
    told_everywhere(alice_client, import_, Expected("race.twice", "races.csv", 4, "gender", "M"))


def test_the_first_race_of_an_id_counts_and_the_other_is_said(alice_client: Client):
    races = FILES["races.csv"] + "r1,900001,Womens JV,F,4000,,\n"
    import_ = upload_and_import(alice_client, bundle_of(races=races))
    assert import_.outcomes["inserted"] == 2
    told_everywhere(alice_client, import_, Expected("race.twice", "races.csv", 4, "gender", "F"))
