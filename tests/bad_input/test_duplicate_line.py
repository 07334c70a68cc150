"""A line that is there twice."""

import pytest
from django.test import Client

from meets.models import Result
from tests.inline import ADA, BO, Expected, bundle_of, results, told_everywhere, upload_and_import

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_counts_once_and_is_told(alice_client: Client):
    import_ = upload_and_import(alice_client, bundle_of(results=results(ADA, BO, ADA)))
    assert (import_.outcomes["inserted"], import_.outcomes["repeated"]) == (2, 1)
    assert Result.objects.count() == 2
    told_everywhere(alice_client, import_, Expected("line.repeated", line=4, value=ADA))


def test_a_line_that_differs_in_one_field_is_no_repetition(alice_client: Client):
    import_ = upload_and_import(alice_client, bundle_of(results=results(ADA, BO, ADA.replace("93240,1", "93250,3"))))
    assert (import_.outcomes["held"], import_.outcomes["repeated"]) == (2, 0)
