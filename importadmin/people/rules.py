"""Which accounts an admin may touch, and why there is always an admin left."""

from typing import Any

from django.contrib.auth.models import Group, User
from django.db.models import Q

from importadmin.roles import ROLES, Role, has_role
from meets.actions.refused import Refused

ADMINS = Q(groups__name="admin") | Q(is_superuser=True)


def locked(user_id: int) -> User:
    """The account, locked together with every admin's: two admins can't take each other's role in one moment."""
    ids = {user_id, *User.objects.filter(ADMINS).values_list("pk", flat=True)}
    found = {user.pk: user for user in User.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    if user_id not in found:
        raise Refused("There is no such account.")
    return found[user_id]


def demand_admin(by: Any, of: User | None = None) -> None:
    """`by` None is a command on the machine itself: it may."""
    if by is None:
        return
    if not has_role(by, "admin"):
        raise Refused("Only an admin can change people and roles.")
    if of is not None and of.is_superuser and not by.is_superuser:
        # Whoever could change a superuser's account could become one.
        raise Refused(f"{of.username} is a superuser, whom only a superuser can change.")


def demand_another_admin(than: User) -> None:
    others = User.objects.filter(ADMINS, is_active=True).exclude(pk=than.pk)
    if not any(other.has_usable_password() for other in others):
        raise Refused(f"{than.username} is the only admin who can sign in: make somebody else an admin first.")


def role_named(user: User) -> Role | None:
    """Asked anew, not remembered as on a request's user."""
    groups = set(user.groups.values_list("name", flat=True))
    return next((role for role in reversed(ROLES) if role in groups), None)


def give(user: User, role: Role | None) -> None:
    user.groups.remove(*user.groups.filter(name__in=ROLES))
    if role:
        user.groups.add(Group.objects.get_or_create(name=role)[0])


def checked_role(text: str) -> Role | None:
    for role in ROLES:
        if text == role:
            return role
    if text in ("", "none"):
        return None
    raise Refused(f"“{text}” is no role: choose one of {', '.join(ROLES)} or none.")
