"""A header that comes again, the same or another."""

import pytest
from django.test import Client

from tests.inline import ADA, BO, HEADER, Expected, bundle_of, results, told_everywhere, upload_and_import

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_header_again_is_left_out_and_said(alice_client: Client):
    import_ = upload_and_import(alice_client, bundle_of(results=results(ADA, HEADER, BO)))
    assert (import_.lines, import_.outcomes["inserted"]) == (2, 2)
    told_everywhere(alice_client, import_, Expected("header.repeated", line=3, value=HEADER))


def test_another_header_is_a_line_that_needs_repair(alice_client: Client):
    other = HEADER.replace("time_cs,place_overall", "place_overall,time_cs")
    import_ = upload_and_import(alice_client, bundle_of(results=results(ADA, other, BO)))
    assert (import_.outcomes["inserted"], import_.outcomes["rejected"]) == (2, 1)
    told_everywhere(alice_client, import_, Expected("header.second", line=3, value=other[:150]))
