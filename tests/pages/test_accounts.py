import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

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


def change(client: Client, user: User, role: str) -> None:
    group = Group.objects.get_or_create(name=role)[0]
    given = {"username": user.username, "groups": [group.pk], "is_active": "on"}
    assert client.post(f"/django-admin/auth/user/{user.pk}/change/", given).status_code == 302


def test_an_admin_gives_a_role(dana_client: Client, charlie: User) -> None:
    change(dana_client, charlie, "staff")
    assert role_of(User.objects.get(pk=charlie.pk)) == "staff"


def test_a_change_of_role_is_in_the_audit_log(dana_client: Client, dana: User, alice: User) -> None:
    change(dana_client, alice, "reviewer")
    entry = AuditEntry.objects.get(action="person.changed")
    assert (entry.actor, entry.before, entry.after["roles"]) == (dana, {"roles": ["staff"]}, ["reviewer"])


def test_an_admin_cannot_change_a_superuser(dana: User) -> None:
    root = User.objects.create_superuser("root")
    page = signed_in(dana).post(f"/django-admin/auth/user/{root.pk}/change/", {"username": "mine"})
    assert page.status_code == 403


def test_an_admin_cannot_set_a_superusers_password(dana: User) -> None:
    root = User.objects.create_superuser("root")
    given = {"password1": PASSWORD, "password2": PASSWORD}
    assert signed_in(dana).post(f"/django-admin/auth/user/{root.pk}/password/", given).status_code == 403


def test_an_admin_cannot_make_a_superuser(dana_client: Client, alice: User) -> None:
    given = {"username": "alice", "is_active": "on", "is_superuser": "on", "groups": []}
    dana_client.post(f"/django-admin/auth/user/{alice.pk}/change/", given)
    alice.refresh_from_db()
    assert not alice.is_superuser


def test_nobody_is_deleted(dana_client: Client, alice: User) -> None:
    assert dana_client.post(f"/django-admin/auth/user/{alice.pk}/delete/", {"post": "yes"}).status_code == 403
