"""A person sets the own password: by a link, or signed in with the old one. Either ends the other sessions."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from importadmin.audit import record
from importadmin.people import throttle


def note_own_change(user: Any) -> None:
    record(user=user, kind="person.password_changed", subject=user, after={"name": user.username})


@transaction.atomic
def set_by_link(*, user: User, password: str) -> None:
    first = not user.has_usable_password()
    user.set_password(password)
    user.save(update_fields=["password"])
    # Whoever was slowed by a stranger's guesses gets in by this.
    throttle.forget_account(user.username)
    kind = "person.joined" if first else "person.password_set_by_link"
    record(user=user, kind=kind, subject=user, after={"name": user.username})
