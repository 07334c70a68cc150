"""A bundle with nothing in it."""

from pathlib import Path

import pytest
from django.test import Client

from meets.models import Bundle
from tests.inline import (
    Expected,
    bundle_of,
    command,
    post_upload,
    refused_everywhere,
    told_everywhere,
    upload_and_import,
    write,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_empty_results_file_is_refused(alice_client: Client, tmp_path: Path):
    refused_everywhere(alice_client, bundle_of(results=""), tmp_path, Expected("file.empty"))


def test_a_bundle_without_results_is_refused(alice_client: Client, tmp_path: Path):
    files = bundle_of(results=None)
    assert post_upload(alice_client, files).status_code == 422
    assert command(write(tmp_path, files))[1] == 1
    assert not Bundle.objects.exists()


def test_an_empty_small_file_is_taken_as_absent_and_said(alice_client: Client):
    import_ = upload_and_import(alice_client, {**bundle_of(), "venues.csv": ""})
    assert import_.outcomes["inserted"] == 2
    told_everywhere(alice_client, import_, Expected("file.empty", "venues.csv"))
