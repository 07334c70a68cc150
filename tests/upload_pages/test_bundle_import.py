from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from meets.models import Bundle, Import, School, State

pytestmark = pytest.mark.django_db(transaction=True)
Received = Callable[..., Bundle]


@pytest.fixture(autouse=True)
def _nobody_is_woken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meets.jobs.queue.push", lambda *args: None)


def start(client: Client, bundle: Bundle, mode: str = "import", **answers: str):
    return client.post(reverse("bundle-import", args=[bundle.pk]), {"mode": mode, **answers}, follow=True)


@pytest.mark.parametrize("mode", ["import", "preview"])
def test_the_button_starts_what_it_says(alice_client: Client, received: Received, mode: str) -> None:
    start(alice_client, received(), mode)

    assert Import.objects.get().mode == mode


def test_the_button_leads_to_the_import(alice_client: Client, received: Received) -> None:
    response = start(alice_client, received())

    assert response.redirect_chain[-1][0] == reverse("import", args=[Import.objects.get().pk])


def test_the_import_is_of_whoever_started_it(alice: User, alice_client: Client, received: Received) -> None:
    start(alice_client, received())

    assert Import.objects.get().created_by == alice


def test_a_meet_that_is_being_imported_is_refused(alice_client: Client, received: Received) -> None:
    start(alice_client, received())

    assert "already being imported" in start(alice_client, received()).content.decode()


def question(bundle: Bundle) -> str:
    School.objects.create(name="Quarry-Hill", city="Redham")
    School.objects.create(name="Quarry Hill", city="Redham")
    return "answer-school:s1"


def test_an_answer_goes_with_the_import(alice_client: Client, received: Received) -> None:
    bundle = received()

    start(alice_client, bundle, **{question(bundle): "new"})

    assert Import.objects.get().answers == {"school:s1": "new"}


def test_an_answer_of_a_preview_is_kept_for_the_import(alice_client: Client, received: Received) -> None:
    bundle = received()
    start(alice_client, bundle, "preview", **{question(bundle): "new"})
    Import.objects.update(state=State.DONE)

    start(alice_client, bundle)

    assert Import.objects.get(mode="import").answers == {"school:s1": "new"}


def test_an_answer_that_was_not_offered_is_left_out(alice_client: Client, received: Received) -> None:
    bundle = received()

    start(alice_client, bundle, **{question(bundle): "'; DROP TABLE schools"})

    assert Import.objects.get().answers == {}
