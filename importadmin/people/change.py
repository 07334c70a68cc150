"""Give somebody another role, or switch an account off and on."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from importadmin.audit import record
from importadmin.people.rules import checked_role, demand_admin, demand_another_admin, give, locked, role_named
from meets.actions.refused import Refused


@transaction.atomic
def change_role(*, user_id: int, role: str, seen: str | None = None, by: Any) -> User:
    """`seen` is the role that the admin saw: whoever was second is told, not overruled."""
    user = locked(user_id)
    demand_admin(by, user)
    wanted, old = checked_role(role), role_named(user)
    if seen is not None and checked_role(seen) != old:
        raise Refused(f"{user.username} has been made {old or 'somebody without a role'} in the meantime.")
    if wanted == old:
        return user
    if old == "admin" and user.is_active:
        demand_another_admin(user)
    give(user, wanted)
    name = {"name": user.username}
    record(
        user=by, kind="person.role_changed", subject=user,
        before={**name, "role": old or "none"}, after={**name, "role": wanted or "none"},
    )  # fmt: skip
    return user


@transaction.atomic
def set_active(*, user_id: int, active: bool, by: Any) -> User:
    """Switched off, an account can't sign in, its sessions end at their next page, its links are dead."""
    user = locked(user_id)
    demand_admin(by, user)
    if by is not None and user.pk == by.pk and not active:
        raise Refused("You can't switch off your own account: ask another admin.")
    if user.is_active == active:
        return user
    if not active and (user.is_superuser or role_named(user) == "admin"):
        demand_another_admin(user)
    user.is_active = active
    user.save(update_fields=["is_active"])
    kind = "person.switched_on" if active else "person.switched_off"
    record(user=by, kind=kind, subject=user, after={"name": user.username})
    return user
