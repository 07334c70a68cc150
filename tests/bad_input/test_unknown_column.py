"""A column that nobody knows is said and left alone."""

import pytest
from django.test import Client

from tests.inline import ADA, BO, HEADER, Expected, bundle_of, results, told_everywhere, upload_and_import

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_is_said_everywhere_and_the_rest_comes_in(alice_client: Client):
    files = bundle_of(results=results(f"{ADA},north", f"{BO},south", header=f"{HEADER},shoe"))
    import_ = upload_and_import(alice_client, files)
    assert import_.outcomes["inserted"] == 2
    told_everywhere(alice_client, import_, Expected("column.unknown", line=1, column="shoe", value="shoe"))
