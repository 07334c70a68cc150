"""`manage.py first_admin`: one admin, once."""

import io
import json

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from importadmin.roles import role_of

pytestmark = pytest.mark.django_db


def first_admin(*arguments: str) -> str:
    out = io.StringIO()
    call_command("first_admin", *arguments, stdout=out)
    return out.getvalue()


def test_the_first_admin_is_an_admin() -> None:
    first_admin("dana")

    assert role_of(User.objects.get(username="dana")) == "admin"


def test_the_printed_password_lets_the_admin_in() -> None:
    printed = json.loads(first_admin("dana", "--json"))

    assert User.objects.get(username="dana").check_password(printed["password"])


def test_a_password_from_standard_input_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse battery staple\n"))

    assert "correct horse" not in first_admin("dana", "--password-stdin")
    assert User.objects.get(username="dana").check_password("correct horse battery staple")


def test_a_weak_password_is_refused_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("1234\n"))

    with pytest.raises(CommandError, match="This password is too short"):
        first_admin("dana", "--password-stdin")


def test_there_is_no_second_first_admin(dana: User) -> None:
    with pytest.raises(CommandError, match="There is an admin already"):
        first_admin("eve")


def test_a_name_that_is_taken_is_refused(alice: User) -> None:
    with pytest.raises(CommandError, match="There is an account 'alice' already"):
        first_admin("alice")
