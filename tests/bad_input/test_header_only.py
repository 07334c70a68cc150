"""A results.csv with a header and nothing else."""

import pytest
from django.test import Client

from meets.models import Result
from tests.inline import HEADER, Expected, bundle_of, results, told_everywhere, upload_and_import

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_import_ends_well_without_a_line_and_says_so(alice_client: Client):
    import_ = upload_and_import(alice_client, bundle_of(results=results()))
    assert (import_.state, import_.lines) == ("done", 0)
    assert not Result.objects.exists()
    told_everywhere(alice_client, import_, Expected("file.header_only", line=1, value=HEADER))
