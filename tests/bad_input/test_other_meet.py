"""A bundle of another meet than the one that was chosen, or of two meets."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from meets.models import Meet
from tests.inline import FILES, Expected, bundle_of, command, import_bundle, snapshot, told_everywhere, upload, write

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_command_refuses_it(alice_client: Client, tmp_path: Path):
    other = Meet.objects.create(name="Hill Relays", meet_date="2025-10-04", season_year=2025, athletic_net_id="900002")
    before = snapshot()
    printed, code = command(write(tmp_path, bundle_of()), "--meet", str(other.pk))
    assert code == 1
    Expected("other_meet", "meets.csv", None, "athletic_net_id", "900001").among(printed["problems"])
    assert snapshot() == before


def test_races_of_another_meet_than_the_bundles_are_refused_by_the_import(alice_client: Client, tmp_path: Path):
    before = snapshot()
    files = bundle_of(races=FILES["races.csv"].replace("900001", "900003"))
    bundle = upload(alice_client, files)
    expected = Expected("meet.other", "races.csv", 2, "meet_athletic_net_id", "900003")
    expected.on_page(alice_client.get(reverse("bundle-check", args=[bundle.pk])).content.decode())
    import_ = import_bundle(alice_client, bundle)
    assert (import_.state, import_.failure_kind, import_.stage) == ("failed", "bad_file", "resolve")
    told_everywhere(alice_client, import_, expected)
    assert snapshot() == before
