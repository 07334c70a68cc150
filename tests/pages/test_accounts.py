from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from importadmin.models import AuditEntry
from importadmin.roles import has_role, role_of
from tests.conftest import PASSWORD, signed_in


def test_signing_in_leads_to_where_one_wanted_to_go(client: Client, alice: User) -> None:
    given = {"username": "alice", "password": PASSWORD, "next": "/meets/"}
    assert client.post("/sign-in/", given).headers["Location"] == "/meets/"


def test_a_wrong_password_is_said_without_saying_which_of_both(client: Client, alice: User) -> None:
    page = client.post("/sign-in/", {"username": "alice", "password": "wrong"})
    assert "go together" in page.content.decode()


def test_signing_in_never_leads_to_another_site(client: Client, alice: User) -> None:
    given = {"username": "alice", "password": PASSWORD, "next": "https://elsewhere.example/"}
    assert client.post("/sign-in/", given).headers["Location"] == "/"


def test_after_signing_out_pages_ask_to_sign_in(alice_client: Client) -> None:
    alice_client.post("/sign-out/")
    assert alice_client.get("/").status_code == 302


def test_a_changed_password_works(alice_client: Client, alice: User) -> None:
    new = "a longer horse than before"
    given = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    alice_client.post("/account/password/", given)
    alice.refresh_from_db()
    assert alice.check_password(new)


def test_the_highest_group_is_the_role(alice: User) -> None:
    alice.groups.add(Group.objects.get_or_create(name="admin")[0])
    assert role_of(alice) == "admin"


def test_a_superuser_is_an_admin(db: None) -> None:
    assert role_of(User.objects.create_superuser("root")) == "admin"


def test_somebody_made_inactive_has_no_role(dana: User) -> None:
    dana.is_active = False
    assert role_of(dana) is None


@pytest.mark.parametrize(("role", "may"), [("staff", True), ("reviewer", True), ("admin", False)])
def test_a_reviewer_is_staff_too_and_no_admin(bob: User, role: str, may: bool) -> None:
    assert has_role(bob, role) is may  # type: ignore[arg-type]


def test_a_changed_password_is_in_the_audit_log(alice_client: Client, alice: User) -> None:
    new = "a longer horse than before"
    alice_client.post("/account/password/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert AuditEntry.objects.get(action="person.password_changed").actor == alice


def test_a_changed_password_ends_the_other_sessions(alice: User) -> None:
    here, elsewhere, new = signed_in(alice), signed_in(alice), "a longer horse than before"
    here.post("/account/password/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert (here.get("/").status_code, elsewhere.get("/").status_code) == (200, 302)


def test_a_session_ends_by_itself(alice_client: Client, settings: Any) -> None:
    hours = settings.SESSION_COOKIE_AGE
    assert 0 < hours <= 12 * 3600
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert alice_client.get("/").status_code == 302
