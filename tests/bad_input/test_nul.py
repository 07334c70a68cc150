"""NUL bytes, which no text in PostgreSQL can hold."""

import pytest
from django.test import Client

from meets.models import Athlete, School
from tests.inline import ADA, BO, FILES, Expected, bundle_of, results, told_everywhere, upload_and_import

pytestmark = pytest.mark.django_db(transaction=True)


def test_they_are_left_out_and_said(alice_client: Client):
    import_ = upload_and_import(alice_client, bundle_of(results=results(ADA.replace("Ada L", "Ada\0 L"), BO)))
    assert import_.outcomes["inserted"] == 2
    assert Athlete.objects.filter(name="Ada Lindqvist").exists()
    told_everywhere(alice_client, import_, Expected("text.nul", line=2, value=ADA))


def test_in_a_small_file_too(alice_client: Client):
    schools = FILES["schools.csv"].replace("Quarry Hill", "Quarry\0 Hill")
    import_ = upload_and_import(alice_client, bundle_of(schools=schools))
    assert School.objects.filter(name="Quarry Hill").exists()
    told_everywhere(alice_client, import_, Expected("text.nul", "schools.csv", 2, value="s1,Quarry Hill,,Redham,CA,"))
