"""A meet that is already being imported."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from meets.models import Import
from tests.inline import Expected, bundle_of, command, snapshot, upload, write

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_second_import_is_refused_and_told_of_the_first(alice_client: Client, tmp_path: Path):
    first = upload(alice_client, bundle_of())
    alice_client.post(reverse("bundle-import", args=[first.pk]), {"mode": "import"})
    before, running = snapshot(), Import.objects.get()

    second = upload(alice_client, bundle_of())
    page = alice_client.post(reverse("bundle-import", args=[second.pk]), {"mode": "import"}, follow=True)
    printed, code = command(write(tmp_path, bundle_of()))

    assert f"started by alice as import {running.pk}" in page.content.decode()
    assert (code, printed["state"]) == (1, "refused")
    assert str(running.pk) in printed["failure"]
    Expected("meet.running", "meets.csv", None, "athletic_net_id", "900001").among(printed["problems"])
    assert list(Import.objects.all()) == [running]
    assert snapshot() == before
