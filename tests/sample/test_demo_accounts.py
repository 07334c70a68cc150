"""The demo's sign-ins: made up for each installation, never somebody real's."""

import stat
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User

from meets.sample.accounts import NameTakenError, demo_password, ensure_cast


def test_each_installation_has_a_password_of_its_own(tmp_path: Path) -> None:
    assert demo_password(tmp_path / "a") != demo_password(tmp_path / "b")


def test_the_password_stays_the_same_and_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    first = demo_password(tmp_path)
    assert demo_password(tmp_path) == first
    assert stat.S_IMODE((tmp_path / "demo-password").stat().st_mode) == 0o600


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "role"), [("alice", "staff"), ("bob", "reviewer"), ("dana", "admin")])
def test_the_cast_can_sign_in_with_their_roles(name: str, role: str) -> None:
    ensure_cast("once upon a time")
    user = authenticate(username=name, password="once upon a time")
    assert isinstance(user, User)
    assert [group.name for group in user.groups.all()] == [role]


@pytest.mark.django_db
def test_a_second_demo_leaves_them_as_they_are() -> None:
    ensure_cast("once upon a time")
    before = User.objects.get(username="alice").password
    ensure_cast("once upon a time")
    assert User.objects.get(username="alice").password == before


@pytest.mark.django_db
def test_an_account_that_is_not_the_demos_is_not_touched() -> None:
    real = User.objects.create_user("dana", email="dana@school.example", password="her own")
    with pytest.raises(NameTakenError, match="dana"):
        ensure_cast("once upon a time")
    real.refresh_from_db()
    assert real.check_password("her own")
    assert not User.objects.filter(username="alice").exists()
