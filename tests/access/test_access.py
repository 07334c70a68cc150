"""The table of table.py against the site."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from importadmin.people.links import make_link
from importadmin.servers import Servers
from tests.access.addresses import all_patterns
from tests.access.table import COMES_UP, FOR_ADMINS, FOR_ANYBODY, PEOPLE, rows
from tests.conftest import PASSWORD, signed_in

PATTERNS = dict(all_patterns())
OURS = [(name, method, person, status) for name, method, row in rows() for person, status in row.items()]
ADMINS_ONLY = [name for name in PATTERNS if name.split(":")[0] in FOR_ADMINS and name not in FOR_ANYBODY]
# What the patterns without a namespace are about, by the first word of their name.
THING_OF = {"comparison": "meet"}
POSTED = {
    "course-rating": {"rating": "1.14", "next": "/"},
    "hold-decide": {"status": "yes", "seen": "open"},
    "sign-in": {"username": "nobody", "password": "wrong"},
    "bundle-import": {"mode": "import"},
    "people-invite": {"name": "erin", "role": "staff"},
    "person-role": {"role": "reviewer", "seen": "none"},
    "person-active": {"active": "0"},
    "join": {"new_password1": PASSWORD, "new_password2": PASSWORD},
    "case-answer": {"answer": "dismiss", "version": "1", "reason": "No such person."},
    "comparison-missing": {"which": "existing"},
    "comparison-extra": {"answer": "leave"},
    "case-note": {"text": "Ask the coach."},
}


def names_of(status: int) -> set[str]:
    """Addresses that answer a stranger so, with either method."""
    return {name for name, _method, row in rows() if row["anon"] == status}


@pytest.fixture(autouse=True)
def _no_redis_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meets.jobs.queue.push", lambda *args: None)
    monkeypatch.setattr("meets.jobs.queue.push_rebuild", lambda *args: None)


@pytest.fixture
def redis(settings: Any) -> None:
    valkey = Servers(settings.IMPORTADMIN_ENV).valkey
    if valkey:
        Servers(settings.IMPORTADMIN_ENV).ensure(valkey)


def client_of(person: str, make_user: Any) -> Client:
    if person == "anon":
        return Client()
    return signed_in(User.objects.filter(username=person).first() or make_user(person))


def address(name: str, things: dict[str, Any]) -> str:
    if name == "join":
        return make_link(user_id=things["person"].pk, by=None)
    if name == "correction":
        return reverse(name, args=["athlete", things["athlete"].pk])
    if name == "correction-undo":
        return reverse(name, args=[things["entry"].pk])
    if ":pk>" not in str(PATTERNS[name].pattern):
        return reverse(name)
    thing = name.split("-")[0]
    return reverse(name, args=[things[THING_OF.get(thing, thing)].pk])


def path_of(name: str, user: User) -> str:
    """Of a pattern of another app, with values that are there as far as a test needs them."""
    if name == "admin:app_list":
        return reverse(name, kwargs={"app_label": "auth"})
    if name.startswith("admin:("):
        return "/django-admin/nowhere/" if "url" in name else f"/django-admin/{user.pk}/"
    given = {"object_id": user.pk, "id": user.pk, "content_type_id": 1}
    wanted = PATTERNS[name].pattern.converters
    return reverse(name, kwargs={key: given.get(key, 0 if key.endswith("index") else "x") for key in wanted})


def test_every_address_stands_in_the_table() -> None:
    told = {name for name, _method, _row in rows()}
    assert {name for name in PATTERNS if name.split(":")[0] not in FOR_ADMINS} == told


def test_every_address_has_both_methods_in_the_table() -> None:
    assert {(name, method) for name, method, _ in rows()} == {
        (name, method) for name, _, _ in rows() for method in ("GET", "POST")
    }


@pytest.mark.parametrize(("name", "method", "person", "status"), OURS)
def test_a_person_gets_what_the_table_says(
    name: str, method: str, person: str, status: int, things: dict[str, Any], make_user: Any, redis: None
) -> None:
    client = client_of(person, make_user)
    url = address(name, things)
    response = client.get(url) if method == "GET" else client.post(url, POSTED.get(name, {}))
    assert response.status_code == status


@pytest.mark.parametrize("name", sorted(names_of(302) - names_of(200)))
def test_somebody_signed_out_is_led_to_sign_in(name: str, things: dict[str, Any]) -> None:
    response = Client().get(address(name, things))
    assert response.headers["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("name", ADMINS_ONLY)
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("person", [person for person in PEOPLE if person != "dana"])
def test_pages_of_other_apps_are_for_admins_only(name: str, method: str, person: str, make_user: Any) -> None:
    client = client_of(person, make_user)
    response = getattr(client, method)(path_of(name, make_user("dana")))
    assert response.status_code == (302 if person == "anon" else 403)


@pytest.mark.parametrize("name", COMES_UP)
def test_pages_of_other_apps_come_up_for_an_admin(name: str, dana: User, redis: None) -> None:
    assert signed_in(dana).get(path_of(name, dana)).status_code == 200


@pytest.mark.parametrize("person", PEOPLE)
def test_djangos_own_sign_in_form_is_never_shown(person: str, make_user: Any) -> None:
    client = client_of(person, make_user)
    assert client.get("/django-admin/login/").status_code == 302
