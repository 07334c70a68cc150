"""A line of a school that nobody knows."""

import pytest
from django.test import Client

from meets.models import School
from tests.inline import ADA, BO, Expected, bundle_of, results, told_everywhere, upload_and_import

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_line_is_left_out_and_said(alice_client: Client):
    import_ = upload_and_import(alice_client, bundle_of(results=results(ADA, BO.replace(",s2,", ",s9,"))))
    assert (import_.outcomes["inserted"], import_.outcomes["rejected"]) == (1, 1)
    told_everywhere(alice_client, import_, Expected("unknown_school", line=3, column="athlete_school_id", value="s9"))


def test_a_school_that_only_the_site_knows_is_known(alice_client: Client):
    School.objects.create(name="Far Ridge", athletic_net_id="s9")
    import_ = upload_and_import(alice_client, bundle_of(results=results(ADA, BO.replace(",s2,", ",s9,"))))
    assert import_.outcomes["inserted"] == 2
