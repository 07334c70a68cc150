"""The link by which a person chooses a password: after an invitation, or when the old one is forgotten.

It is good once and for PASSWORD_RESET_TIMEOUT seconds, and dies when a password is set or the account switched off.
"""

from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.urls import reverse
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from importadmin.audit import record
from importadmin.people.rules import demand_admin, locked
from meets.actions.refused import Refused


class LinkTokens(PasswordResetTokenGenerator):
    key_salt = "importadmin.people.links"


tokens = LinkTokens()


def make_link(*, user_id: int, by: Any, note: bool = True) -> str:
    """The link's path. `note=False` when an invitation made in the same moment tells about it."""
    with transaction.atomic():
        user = locked(user_id)
        demand_admin(by, user)
        if not user.is_active:
            raise Refused(f"{user.username} is switched off: switch the account on before you make a link for it.")
        if not user.has_usable_password():
            # A new random mark in place of the password: whoever has an older link of this invitation is refused.
            user.set_unusable_password()
            user.save(update_fields=["password"])
        if note:
            record(user=by, kind="person.link_made", subject=user, after={"name": user.username})
    key = urlsafe_base64_encode(str(user.pk).encode())
    return reverse("join", kwargs={"key": key, "token": tokens.make_token(user)})


def owner_of(key: str, token: str) -> User | None:
    """Whose link it is; None for one that is wrong, used, too old, or of an account that is switched off."""
    try:
        user = User.objects.filter(pk=int(urlsafe_base64_decode(key).decode()), is_active=True).first()
    except (ValueError, OverflowError):
        return None
    return user if user is not None and tokens.check_token(user, token) else None
