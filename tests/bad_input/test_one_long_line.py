"""A file without a line break: 200 MB are refused as two are, after the first one."""

from pathlib import Path

import pytest
from django.test import Client

from meets.models import Bundle
from tests.inline import ADA, Expected, bundle_of, post_upload, refused_everywhere, results

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_is_refused(alice_client: Client, tmp_path: Path):
    text = results(ADA) + "x" * 2_000_000
    refused_everywhere(alice_client, bundle_of(results=text), tmp_path, Expected("line.too_long", line=3))


def test_an_upload_over_the_limit_is_refused(alice_client: Client, settings):
    settings.IMPORTADMIN_MAX_UPLOAD_BYTES = 500_000
    response = post_upload(alice_client, bundle_of(results=results(ADA) + "x" * 600_000), as_json=True)
    assert response.status_code == 422
    assert response.json()["problems"][0]["remedy"]
    assert not Bundle.objects.exists()
