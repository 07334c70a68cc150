from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from meets.models import Bundle, HeaderMapping
from tests.upload_pages.conftest import FILES

RENAMED = FILES["results.csv"].replace("time_cs", "finish clock")


@pytest.fixture
def bundle(received: Callable[..., Bundle]) -> Bundle:
    return received(results=RENAMED)


def say(client: Client, bundle: Bundle, field: str, header: str = "finish clock", kind: str = "results"):
    return client.post(
        reverse("bundle-headers", args=[bundle.pk]), {"kind": [kind], "header": [header], "field": [field]}
    )


def test_what_a_column_is_is_remembered(alice_client: Client, bundle: Bundle) -> None:
    say(alice_client, bundle, "time_cs")

    assert HeaderMapping.objects.get().field == "time_cs"


def test_who_said_so_is_remembered(alice: User, alice_client: Client, bundle: Bundle) -> None:
    say(alice_client, bundle, "time_cs")

    assert HeaderMapping.objects.get().confirmed_by == alice


def test_the_bundle_is_checked_anew(alice_client: Client, bundle: Bundle) -> None:
    say(alice_client, bundle, "time_cs")
    bundle.refresh_from_db()

    assert not bundle.check_report["blocked"]


def test_the_next_bundle_is_not_asked(alice_client: Client, bundle: Bundle, received: Callable[..., Bundle]) -> None:
    say(alice_client, bundle, "time_cs")

    assert received(results=RENAMED).check_report["headers"] == []


def test_a_column_may_be_ignored(alice_client: Client, bundle: Bundle) -> None:
    say(alice_client, bundle, "")

    assert HeaderMapping.objects.get().field == ""


def test_a_slip_can_be_put_right(alice_client: Client, bundle: Bundle) -> None:
    say(alice_client, bundle, "grade")
    say(alice_client, bundle, "time_cs")

    assert HeaderMapping.objects.get().field == "time_cs"


def test_what_was_assigned_is_shown_for_that(alice_client: Client, bundle: Bundle) -> None:
    say(alice_client, bundle, "time_cs")

    text = alice_client.get(reverse("bundle-check", args=[bundle.pk])).content.decode()

    assert "(as assigned)" in text


@pytest.mark.parametrize(
    ("kind", "header", "field"),
    [("results", "no such column", "time_cs"), ("results", "finish clock", "no_such_field"), ("x", "y", "z")],
)
def test_nonsense_is_not_remembered(alice_client: Client, bundle: Bundle, kind: str, header: str, field: str) -> None:
    say(alice_client, bundle, field, header, kind)

    assert not HeaderMapping.objects.exists()
