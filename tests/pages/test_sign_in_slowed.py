"""Sign-in is slowed against guessing, and nobody is locked out for ever."""

import threading
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, connections
from django.test import Client

from importadmin.models import AuditEntry, SignInAttempt
from importadmin.people import throttle
from importadmin.people.links import make_link
from tests.conftest import CAST, PASSWORD

WRONG = "wrong"
FREE, LONGEST = throttle.LIMITS["account"]


def guess(client: Client, name: str = "alice", password: str = WRONG, address: str = "192.0.2.1") -> Any:
    return client.post("/sign-in/", {"username": name, "password": password}, REMOTE_ADDR=address)


def pass_seconds(seconds: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE sign_in_attempts SET next_at = next_at - make_interval(secs => %s),"
            " last_at = last_at - make_interval(secs => %s)",
            [seconds, seconds],
        )


def guess_until_slowed(**how: str) -> None:
    for _ in range(FREE + 1):
        assert guess(Client(), **how).status_code == 200


def test_some_slips_of_the_finger_cost_nothing(alice: User) -> None:
    for _ in range(FREE - 1):
        guess(Client())
    assert guess(Client(), password=PASSWORD).status_code == 302


def test_after_too_many_failures_one_must_wait(alice: User) -> None:
    guess_until_slowed()
    page = guess(Client())
    assert (page.status_code, "Too many tries" in page.content.decode()) == (429, True)
    assert int(page.headers["Retry-After"]) > 0


def test_even_the_right_password_waits(alice: User) -> None:
    guess_until_slowed()
    assert guess(Client(), password=PASSWORD).status_code == 429


def test_after_the_wait_the_right_password_is_let_in(alice: User) -> None:
    guess_until_slowed()
    pass_seconds(3)
    assert guess(Client(), password=PASSWORD).status_code == 302


def test_waits_double_and_never_pass_the_limit(alice: User) -> None:
    guess_until_slowed()
    waits = []
    for _ in range(10):
        waits.append(int(guess(Client()).headers["Retry-After"]))
        pass_seconds(LONGEST)
        guess(Client())
    assert (waits[:4], max(waits)) == ([2, 4, 8, 16], LONGEST)


def test_an_hour_of_silence_forgets(alice: User) -> None:
    guess_until_slowed()
    pass_seconds(throttle.FORGET_SECONDS + 1)
    for _ in range(FREE):
        assert guess(Client()).status_code == 200


def test_other_spellings_of_a_name_are_one_account(alice: User) -> None:
    for name in ["alice", "Alice", "ALICE", " alice", "ａlice", "aLice"]:
        guess(Client(), name=name)
    assert guess(Client()).status_code == 429


def test_a_name_that_no_account_has_is_slowed_just_so(db: None) -> None:
    guess_until_slowed(name="nobody")
    assert guess(Client(), name="nobody").status_code == 429


def test_guesses_at_many_accounts_are_slowed_by_their_address(alice: User) -> None:
    free = throttle.LIMITS["address"][0]
    for number in range(free + 1):
        guess(Client(), name=f"person{number}")
    assert guess(Client(), password=PASSWORD).status_code == 429
    assert guess(Client(), password=PASSWORD, address="198.51.100.7").status_code == 302


def test_guesses_from_many_addresses_are_slowed_by_their_account(alice: User) -> None:
    for number in range(FREE + 1):
        guess(Client(), address=f"192.0.2.{number}")
    assert guess(Client(), address="198.51.100.7").status_code == 429


def test_a_stranger_does_not_slow_the_browser_that_its_person_uses(alice: User) -> None:
    own = Client()
    guess(own, password=PASSWORD)
    own.post("/sign-out/")
    guess_until_slowed(address="198.51.100.7")
    assert guess(own, password=PASSWORD).status_code == 302


def test_a_known_browser_is_slowed_by_its_own_guesses(alice: User) -> None:
    own = Client()
    guess(own, password=PASSWORD)
    own.post("/sign-out/")
    for _ in range(FREE + 1):
        guess(own)
    assert guess(own).status_code == 429


def test_one_persons_browser_is_not_known_for_another(alice: User, bob: User) -> None:
    own = Client()
    guess(own, name="bob", password=PASSWORD)
    own.post("/sign-out/")
    guess_until_slowed()
    assert guess(own).status_code == 429


def test_a_made_up_cookie_counts_for_nothing(alice: User) -> None:
    guess_until_slowed()
    client = Client()
    client.cookies[throttle.COOKIE] = "made:up:cookie"
    assert guess(client).status_code == 429


def test_an_admins_link_opens_a_slowed_account_at_once(alice: User) -> None:
    guess_until_slowed()
    link = make_link(user_id=alice.pk, by=None)
    Client().post(link, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert guess(Client(), password=PASSWORD).status_code == 302


def test_signing_in_to_the_own_account_does_not_pay_for_guesses_at_others(alice: User, bob: User) -> None:
    free = throttle.LIMITS["address"][0]
    for number in range(free + 1):
        guess(Client(), name=f"person{number}")
        if number % 3 == 0:
            guess(Client(), name="bob", password=PASSWORD)
    assert guess(Client()).status_code == 429


def test_names_are_not_kept_in_clear(alice: User) -> None:
    guess(Client())
    assert not any("alice" in key for key in SignInAttempt.objects.values_list("key", flat=True))


def test_a_refused_sign_in_is_in_the_audit_log(alice: User) -> None:
    guess(Client())
    entry = AuditEntry.objects.get(action="sign_in.refused")
    assert (entry.actor, entry.subject_id, entry.after["from"]) == (None, str(alice.pk), "192.0.2.1")


def test_of_a_name_that_no_account_has_nothing_is_recorded(db: None) -> None:
    guess(Client(), name="my-secret-typed-into-the-wrong-field")
    assert not AuditEntry.objects.exists()


def test_an_attempt_that_must_wait_is_not_recorded(alice: User) -> None:
    guess_until_slowed()
    guess(Client())
    assert AuditEntry.objects.filter(action="sign_in.refused").count() == FREE + 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_do_not_slip_through(make_user: Any) -> None:
    assert CAST["alice"]
    make_user("alice")
    codes: list[int] = []

    def try_once() -> None:
        codes.append(guess(Client()).status_code)
        connections.close_all()

    threads = [threading.Thread(target=try_once) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes.count(200) <= FREE + 1


@pytest.mark.parametrize(
    ("sent", "forwarded", "behind_proxy", "address"),
    [
        ("192.0.2.1", "203.0.113.9", False, "192.0.2.1"),
        ("10.0.0.1", "203.0.113.9", True, "203.0.113.9"),
        ("10.0.0.1", "1.2.3.4, 203.0.113.9", True, "203.0.113.9"),
        ("10.0.0.1", "", True, "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "", False, "2001:db8:1:2::"),
        ("::ffff:192.0.2.1", "", False, "192.0.2.1"),
        ("", "", False, "unknown"),
    ],
)
def test_the_address_is_the_one_that_cannot_be_made_up(
    rf: Any, settings: Any, sent: str, forwarded: str, behind_proxy: bool, address: str
) -> None:
    from dataclasses import replace

    settings.IMPORTADMIN_ENV = replace(settings.IMPORTADMIN_ENV, behind_proxy=behind_proxy)
    request = rf.get("/", REMOTE_ADDR=sent, HTTP_X_FORWARDED_FOR=forwarded)
    assert throttle.address_of(request) == address
