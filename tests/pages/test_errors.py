from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory

from importadmin.middleware import RefusedMiddleware
from importadmin.views.errors import broken
from meets.actions.refused import Refused


def test_somebody_without_a_role_is_told_whom_to_ask(charlie_client: Client) -> None:
    assert "Ask an admin to make you staff" in charlie_client.get("/").content.decode()


def test_somebody_without_a_role_can_sign_out(charlie_client: Client) -> None:
    assert "/sign-out/" in charlie_client.get("/").content.decode()


def test_a_role_that_is_too_low_is_named(bob_client: Client) -> None:
    page = bob_client.get("/django-admin/")
    assert (page.status_code, "you are signed in as reviewer" in page.content.decode()) == (403, True)


def test_an_address_with_nothing_at_it_leads_on(alice_client: Client) -> None:
    page = alice_client.get("/nowhere/")
    assert (page.status_code, "There is nothing at this address" in page.content.decode()) == (404, True)


def test_a_stranger_gets_a_404_without_the_frame(client: Client, db: None) -> None:
    assert "rail-links" not in client.get("/nowhere/").content.decode()


def test_a_refused_action_is_a_409_with_its_reason(alice: Any, rf: RequestFactory) -> None:
    request: HttpRequest = rf.get("/")
    request.user = alice
    page = RefusedMiddleware(lambda _: None).process_exception(request, Refused("Bob answered it already."))  # type: ignore[arg-type, return-value]
    assert page is not None
    assert (page.status_code, "Bob answered it already." in page.content.decode()) == (409, True)


def test_other_exceptions_stay_what_they_are(rf: RequestFactory) -> None:
    middleware = RefusedMiddleware(lambda _: None)  # type: ignore[arg-type, return-value]
    assert middleware.process_exception(rf.get("/"), ValueError()) is None


# Without the `db` fixture any query fails this test.
def test_our_own_fault_is_a_page_that_needs_no_database(rf: RequestFactory) -> None:
    page = broken(rf.get("/"))
    assert (page.status_code, "Something broke on our side" in page.content.decode()) == (500, True)


def test_a_crash_ends_in_that_page(alice_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash() -> None:
        raise RuntimeError

    monkeypatch.setattr("importadmin.health.all_parts", crash)
    alice_client.raise_request_exception = False
    assert "Something broke on our side" in alice_client.get("/").content.decode()


def test_a_form_without_its_token_is_refused_kindly(alice: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    page = client.post("/sign-out/")
    assert (page.status_code, "This form is too old" in page.content.decode()) == (403, True)


def test_nothing_may_be_loaded_from_elsewhere(alice_client: Client) -> None:
    assert alice_client.get("/nowhere/").headers["Content-Security-Policy"].startswith("default-src 'self'")
