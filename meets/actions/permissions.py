"""Who may change an import: staff their own, an admin anybody's."""

from typing import Any

from importadmin.roles import has_role
from meets.actions.refused import Refused
from meets.models import Import


def may_change(user: Any, import_: Import) -> bool:
    """`user` None is a command on the machine itself: it may."""
    if user is None:
        return True
    return (import_.created_by_id == user.pk and has_role(user, "staff")) or has_role(user, "admin")


def demand_change(user: Any, import_: Import) -> None:
    if not may_change(user, import_):
        raise Refused("This import was started by somebody else; only its starter or an admin can change it.")
