"""Cancel, retry, run again and answer, as the buttons of the page ask for them."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from meets.models import Import, State

MakeImport = Callable[..., Import]


@pytest.fixture(autouse=True)
def _nobody_is_woken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meets.jobs.queue.push", lambda *args: None)


def press(client: Client, button: str, import_: Import, **fields: str):
    response = client.post(reverse(button, args=[import_.pk]), fields, follow=True)
    import_.refresh_from_db()
    return response


def test_a_waiting_import_is_cancelled_at_once(alice: User, alice_client: Client, make_import: MakeImport) -> None:
    import_ = make_import(created_by=alice)

    press(alice_client, "import-cancel", import_)

    assert import_.state == State.CANCELLED


def test_a_running_import_is_asked_to_stop(alice: User, alice_client: Client, make_import: MakeImport) -> None:
    import_ = make_import(created_by=alice, state=State.RUNNING)

    press(alice_client, "import-cancel", import_)

    assert import_.cancel_requested


def test_cancelling_what_has_ended_says_so(alice: User, alice_client: Client, make_import: MakeImport) -> None:
    import_ = make_import(created_by=alice, state=State.FAILED)

    assert "already ended" in press(alice_client, "import-cancel", import_).content.decode()


def test_a_failed_import_is_queued_by_retry(alice: User, alice_client: Client, make_import: MakeImport) -> None:
    import_ = make_import(created_by=alice, state=State.FAILED, failure_kind="crash")

    press(alice_client, "import-retry", import_)

    assert import_.state == State.QUEUED


def test_retry_of_what_is_done_says_why_not(alice: User, alice_client: Client, make_import: MakeImport) -> None:
    import_ = make_import(created_by=alice, state=State.DONE)

    assert "be retried" in press(alice_client, "import-retry", import_).content.decode()


def test_run_again_makes_another_import_of_the_bundle(alice_client: Client, done: Import) -> None:
    press(alice_client, "import-again", done)

    assert Import.objects.filter(bundle=done.bundle).count() == 2


def test_run_again_leads_to_the_new_import(alice_client: Client, done: Import) -> None:
    response = press(alice_client, "import-again", done)

    assert response.redirect_chain[-1][0] == reverse("import", args=[Import.objects.exclude(pk=done.pk).get().pk])


def test_a_preview_is_run_again_as_a_preview(alice_client: Client, make_import: MakeImport) -> None:
    preview = make_import(mode="preview", state=State.DONE)

    press(alice_client, "import-again", preview)

    assert Import.objects.exclude(pk=preview.pk).get().mode == "preview"


def asking(make_import: MakeImport, user: User) -> Import:
    options = [{"value": "one", "label": "One school"}, {"value": "new", "label": "Another"}]
    question = {"key": "school:1", "text": "Which school is it?", "options": options}
    return make_import(state=State.NEEDS_ANSWER, questions=[question], created_by=user)


def test_an_answered_import_goes_on(alice: User, alice_client: Client, make_import: MakeImport) -> None:
    import_ = asking(make_import, alice)

    press(alice_client, "import-answer", import_, **{"answer-school:1": "one"})

    assert (import_.state, import_.answers) == (State.QUEUED, {"school:1": "one"})


def test_an_answer_that_was_not_offered_is_refused(alice: User, alice_client: Client, make_import: MakeImport) -> None:
    import_ = asking(make_import, alice)

    press(alice_client, "import-answer", import_, **{"answer-school:1": "rubbish"})

    assert import_.state == State.NEEDS_ANSWER


def test_a_question_left_open_is_named(alice: User, alice_client: Client, make_import: MakeImport) -> None:
    import_ = asking(make_import, alice)

    assert "Not answered yet" in press(alice_client, "import-answer", import_).content.decode()


@pytest.mark.parametrize("button", ["import-cancel", "import-retry", "import-answer"])
def test_somebody_elses_import_is_left_alone(
    alice: User, bob_client: Client, make_import: MakeImport, button: str
) -> None:
    import_ = make_import(created_by=alice, state=State.RUNNING)

    assert press(bob_client, button, import_).status_code == 403


@pytest.mark.parametrize("button", ["import-cancel", "import-retry", "import-again", "import-answer"])
def test_looking_changes_nothing(alice_client: Client, done: Import, button: str) -> None:
    assert alice_client.get(reverse(button, args=[done.pk])).status_code == 405


@pytest.mark.parametrize("button", ["import-cancel", "import-retry", "import-again", "import-answer"])
def test_a_form_from_elsewhere_is_refused(alice: User, done: Import, button: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)

    assert client.post(reverse(button, args=[done.pk])).status_code == 403
