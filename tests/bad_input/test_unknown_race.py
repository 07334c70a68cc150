"""A line of a race that nobody knows."""

import pytest
from django.test import Client

from meets.models import Race
from tests.inline import ADA, BO, FILES, Expected, bundle_of, results, told_everywhere, upload_and_import

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_line_is_left_out_and_said(alice_client: Client):
    import_ = upload_and_import(alice_client, bundle_of(results=results(ADA, BO.replace("r2,", "r77,"))))
    assert (import_.outcomes["inserted"], import_.outcomes["rejected"]) == (1, 1)
    told_everywhere(alice_client, import_, Expected("unknown_race", line=3, column="athletic_net_race_id", value="r77"))


def test_a_race_that_only_the_site_knows_is_known(alice_client: Client):
    upload_and_import(alice_client, bundle_of())
    cy = BO.replace("Bo Hansen,Bo,Hansen", "Cy Okafor,Cy,Okafor").replace("94000,2", "94100,3")
    import_ = upload_and_import(alice_client, bundle_of(results=results(cy), races=None))
    assert (import_.outcomes["inserted"], import_.outcomes["rejected"]) == (1, 0)
    assert Race.objects.count() == 2


def test_a_race_without_gender_that_the_site_has_is_known(alice_client: Client):
    upload_and_import(alice_client, bundle_of())
    import_ = upload_and_import(alice_client, bundle_of(races=FILES["races.csv"].replace(",F,", ",,")))
    assert import_.outcomes["already_present"] == 2


def test_a_new_race_without_gender_is_said(alice_client: Client):
    import_ = upload_and_import(alice_client, bundle_of(races=FILES["races.csv"].replace(",F,", ",,")))
    assert (import_.outcomes["inserted"], import_.outcomes["rejected"]) == (1, 1)
    told_everywhere(alice_client, import_, Expected("race.no_gender", "races.csv", 2, "gender"))
