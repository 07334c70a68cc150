"""A line without grade beside one with: the question it raises is the same when the bundle comes again."""

import pytest
from django.test import Client

from reconciliation.models import Case
from tests.inline import ADA, bundle_of, results, snapshot, upload_and_import

pytestmark = pytest.mark.django_db(transaction=True)
NO_GRADE = ADA.replace(",93240,1,11,", ",93900,3,,")


def test_the_question_is_the_same_when_the_bundle_comes_again(alice_client: Client):
    files = bundle_of(results=results(ADA, NO_GRADE))
    first = upload_and_import(alice_client, files)
    assert (first.outcomes["inserted"], first.outcomes["held"]) == (1, 1)
    before, asked = snapshot(), list(Case.objects.values())
    upload_and_import(alice_client, files)
    assert list(Case.objects.values()) == asked
    assert snapshot() == before
