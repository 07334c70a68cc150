"""People and roles: what an admin can do, and what keeps an admin from shutting everybody out."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.test import Client

from importadmin.models import AuditEntry
from importadmin.people.change import change_role, set_active
from importadmin.roles import role_of
from meets.actions.refused import Refused
from tests.conftest import PASSWORD, signed_in


def invite(client: Client, name: str = "erin", role: str = "reviewer", **more: str) -> str:
    """Invites, and returns the link that the next page shows."""
    response = client.post("/people/invite/", {"name": name, "role": role, **more}, follow=True)
    assert response.status_code == 200
    return str(response.context["link"])


def role_now(user: User) -> str | None:
    return role_of(User.objects.get(pk=user.pk))


def choose(link: str, client: Client | None = None) -> Any:
    return (client or Client()).post(link, {"new_password1": PASSWORD, "new_password2": PASSWORD}, follow=True)


def test_an_invited_person_chooses_a_password_and_is_in(dana_client: Client) -> None:
    page = choose(invite(dana_client))
    assert (page.status_code, page.context["user"].username, page.context["role"]) == (200, "erin", "reviewer")


def test_an_invited_person_can_sign_in_afterwards(dana_client: Client, client: Client) -> None:
    choose(invite(dana_client))
    page = client.post("/sign-in/", {"username": "erin", "password": PASSWORD})
    assert page.status_code == 302


def test_a_link_works_once(dana_client: Client) -> None:
    link = invite(dana_client)
    choose(link)
    assert Client().get(link).status_code == 410


def test_a_link_is_shown_once(dana_client: Client) -> None:
    invite(dana_client)
    erin = User.objects.get(username="erin")
    assert dana_client.get(f"/people/{erin.pk}/").context["link"] is None


def test_a_newer_link_of_an_invitation_ends_the_older(dana_client: Client) -> None:
    old = invite(dana_client)
    erin = User.objects.get(username="erin")
    new = dana_client.post(f"/people/{erin.pk}/link/", follow=True).context["link"]
    assert (Client().get(old).status_code, Client().get(new).status_code) == (410, 200)


def test_a_link_older_than_three_days_is_refused(dana_client: Client, settings: Any) -> None:
    link = invite(dana_client)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert Client().get(link).status_code == 410


@pytest.mark.parametrize("link", ["MQ/abc-def", "!!/x", "w6k/x", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5/x"])
def test_a_made_up_link_is_refused(db: None, client: Client, link: str) -> None:
    assert client.get(f"/join/{link}/").status_code == 410


def test_a_link_of_an_account_that_is_switched_off_is_refused(dana_client: Client, dana: User) -> None:
    link = invite(dana_client)
    set_active(user_id=User.objects.get(username="erin").pk, active=False, by=dana)
    assert Client().get(link).status_code == 410


def test_the_old_password_works_until_a_link_is_used(dana_client: Client, alice: User) -> None:
    dana_client.post(f"/people/{alice.pk}/link/")
    assert Client().login(username="alice", password=PASSWORD)


def test_a_weak_password_is_refused(dana_client: Client) -> None:
    page = Client().post(invite(dana_client), {"new_password1": "12345678", "new_password2": "12345678"})
    assert (page.status_code, "too common" in page.content.decode()) == (200, True)


def test_where_mail_is_set_up_the_link_is_sent(dana_client: Client, settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    link = invite(dana_client, email="erin@example.org")
    assert ([one.to for one in mail.outbox], link in mail.outbox[0].body) == ([["erin@example.org"]], True)


def test_a_mail_server_that_fails_leaves_the_link_to_copy(dana_client: Client, settings: Any) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert "/join/" in invite(dana_client, email="erin@example.org")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"name": "alice"}, "There is an account “alice” already"),
        ({"name": "ALICE"}, "There is an account “alice” already"),
        ({"name": "two words"}, "no spaces"),
        ({"name": ""}, "Give the account a name"),
        ({"name": "erin", "email": "nowhere"}, "is no e-mail address"),
        ({"name": "erin", "role": "emperor"}, "is no role"),
    ],
)
def test_a_bad_invitation_is_refused_with_the_reason(
    dana_client: Client, alice: User, given: dict[str, str], sentence: str
) -> None:
    page = dana_client.post("/people/invite/", {"role": "staff", **given})
    assert (page.status_code, sentence.casefold() in page.content.decode().casefold()) == (422, True)


def test_an_admin_gives_a_role(dana_client: Client, charlie: User) -> None:
    dana_client.post(f"/people/{charlie.pk}/role/", {"role": "staff", "seen": "none"})
    assert role_now(charlie) == "staff"


def test_a_new_role_replaces_the_old_one(dana_client: Client, bob: User) -> None:
    dana_client.post(f"/people/{bob.pk}/role/", {"role": "staff", "seen": "reviewer"})
    assert role_now(bob) == "staff"


def test_a_change_of_role_is_in_the_audit_log(dana_client: Client, dana: User, alice: User) -> None:
    dana_client.post(f"/people/{alice.pk}/role/", {"role": "reviewer", "seen": "staff"})
    entry = AuditEntry.objects.get(action="person.role_changed")
    assert (entry.actor, entry.before["role"], entry.after["role"]) == (dana, "staff", "reviewer")


def test_whoever_saw_an_older_role_is_told(dana_client: Client, alice: User) -> None:
    page = dana_client.post(f"/people/{alice.pk}/role/", {"role": "admin", "seen": "none"}, follow=True)
    assert ("in the meantime" in page.content.decode(), role_now(alice)) == (True, "staff")


def test_the_only_admin_stays_one(dana: User) -> None:
    with pytest.raises(Refused, match="only admin"):
        change_role(user_id=dana.pk, role="staff", by=dana)


def test_an_invited_admin_who_never_came_is_no_other_admin(dana_client: Client, dana: User) -> None:
    invite(dana_client, role="admin")
    with pytest.raises(Refused, match="only admin"):
        change_role(user_id=dana.pk, role="staff", by=dana)


def test_with_another_admin_the_first_may_step_down(dana: User, alice: User) -> None:
    change_role(user_id=alice.pk, role="admin", by=dana)
    change_role(user_id=dana.pk, role="staff", by=alice)
    assert role_now(dana) == "staff"


def test_nobody_switches_the_own_account_off(dana: User) -> None:
    with pytest.raises(Refused, match="ask another admin"):
        set_active(user_id=dana.pk, active=False, by=dana)


def test_an_account_that_is_switched_off_is_out_at_once(dana_client: Client, alice: User) -> None:
    alice_client = signed_in(alice)
    dana_client.post(f"/people/{alice.pk}/active/", {"active": "0"})
    assert alice_client.get("/meets/").status_code == 302


def test_an_account_that_is_switched_on_again_has_its_role(dana: User, alice: User) -> None:
    for active in (False, True):
        set_active(user_id=alice.pk, active=active, by=dana)
    assert role_now(alice) == "staff"


@pytest.mark.parametrize(("page", "given"), [("role", {"role": "none"}), ("active", {"active": "0"}), ("link", {})])
def test_an_admin_cannot_touch_a_superuser(dana_client: Client, page: str, given: dict[str, str]) -> None:
    root = User.objects.create_superuser("root", password=PASSWORD)
    answer = dana_client.post(f"/people/{root.pk}/{page}/", given, follow=True)
    assert "only a superuser can change" in answer.content.decode()
    assert (User.objects.get(pk=root.pk).is_active, answer.context["link"]) == (True, None)


def test_an_action_asked_for_by_somebody_without_the_role_is_refused(alice: User, bob: User) -> None:
    with pytest.raises(Refused, match="Only an admin"):
        change_role(user_id=alice.pk, role="admin", by=bob)


def test_the_list_asks_as_often_for_many_people_as_for_few(dana: User, django_assert_num_queries: Any) -> None:
    client, staff = signed_in(dana), Group.objects.get_or_create(name="staff")[0]
    for number in range(20):
        User.objects.create_user(f"person{number}").groups.add(staff)
    with django_assert_num_queries(6):
        client.get("/people/")
