"""Invite somebody: an account without a password, and a link by which its person chooses one."""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from importadmin.audit import record
from importadmin.people.rules import checked_role, demand_admin, give
from meets.actions.refused import Refused


def invite(*, name: str, role: str, email: str = "", full_name: str = "", by: Any) -> User:
    """The account can't be signed in to until the link of `links.make_link` has been followed."""
    demand_admin(by)
    wanted = checked_role(role)
    user = User(username=name.strip(), email=email.strip(), first_name=full_name.strip()[:150])
    user.set_unusable_password()
    _check(user)
    try:
        with transaction.atomic():
            user.save()
            give(user, wanted)
            after = {"name": user.username, "role": wanted or "none"}
            record(user=by, kind="person.invited", subject=user, after=after)
    except IntegrityError:
        raise Refused(f"There is an account “{user.username}” already: choose another name.") from None
    return user


def _check(user: User) -> None:
    if User.objects.filter(username__iexact=user.username).exists():
        raise Refused(f"There is an account “{user.username}” already: choose another name.")
    try:
        User._meta.get_field("username").run_validators(user.username)
    except ValidationError:
        raise Refused("The name may have letters, digits and @ . + - _, up to 150 of them, and no spaces.") from None
    if not user.username:
        raise Refused("Give the account a name: the one that is typed at sign-in.")
    try:
        if user.email:
            validate_email(user.email)
    except ValidationError:
        raise Refused(f"“{user.email}” is no e-mail address: correct it or leave it out.") from None
