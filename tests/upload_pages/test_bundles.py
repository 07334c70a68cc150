from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from meets.actions.receive_bundle import receive
from meets.models import Bundle, Import
from tests.upload_pages.conftest import FILES, FOLDER, zip_of

Received = Callable[..., Bundle]


@pytest.fixture(autouse=True)
def _nobody_is_woken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meets.jobs.queue.push", lambda *args: None)


@pytest.fixture
def two(alice: User) -> list[Bundle]:
    return receive(uploads=[("two.zip", zip_of(FOLDER, "meet_900002_20251018"))], user=alice)


def import_all(client: Client, bundles: list[Bundle], mode: str = "import"):
    ids = [str(bundle.pk) for bundle in bundles]
    return client.post(reverse("bundles-import"), {"id": ids, "mode": mode}, follow=True)


def test_the_bundles_of_one_upload_stand_together(alice_client: Client, two: list[Bundle]) -> None:
    page = alice_client.get(reverse("bundles"), {"id": [str(bundle.pk) for bundle in two]}).content.decode()

    assert "2 bundles in this upload" in page and "Import all" in page


def test_without_a_choice_the_latest_uploads_are_listed(alice_client: Client, two: list[Bundle]) -> None:
    assert "Import all" not in alice_client.get(reverse("bundles")).content.decode()


def test_import_all_starts_each(alice_client: Client, two: list[Bundle]) -> None:
    import_all(alice_client, two)

    assert set(Import.objects.values_list("bundle_id", flat=True)) == {bundle.pk for bundle in two}


def test_one_that_can_not_start_does_not_hold_up_the_other(alice_client: Client, two: list[Bundle]) -> None:
    import_all(alice_client, two[:1])

    import_all(alice_client, two)

    assert Import.objects.count() == 2


def test_one_that_can_not_be_read_is_not_started(alice_client: Client, received: Received) -> None:
    blocked = received(results=FILES["results.csv"].replace("time_cs", "finish clock"))

    import_all(alice_client, [blocked])

    assert not Import.objects.exists()


def test_ids_that_are_none_are_no_error(alice_client: Client, two: list[Bundle]) -> None:
    assert alice_client.get(reverse("bundles"), {"id": "nonsense"}).status_code == 200
