"""The three roles and who has them. Each role includes the ones before it; a superuser is an admin."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Literal, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

Role = Literal["staff", "reviewer", "admin"]
ROLES: tuple[Role, ...] = ("staff", "reviewer", "admin")
LABELS = {"staff": "staff", "reviewer": "reviewer", "admin": "admin"}

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def role_of(user: Any) -> Role | None:
    """The highest role of a person; None for somebody signed out or without any. Asked once a request."""
    if not user.is_authenticated or not user.is_active:
        return None
    if user.is_superuser:
        return "admin"
    if not hasattr(user, "_role"):
        groups = set(user.groups.values_list("name", flat=True))
        user._role = next((role for role in reversed(ROLES) if role in groups), None)
    role: Role | None = user._role
    return role


def has_role(user: Any, role: Role) -> bool:
    own = role_of(user)
    return own is not None and ROLES.index(own) >= ROLES.index(role)


def role_required(role: Role) -> Callable[[View[P]], View[P]]:
    """Let only people of this role, or a higher one, see a view. Sign-in itself is demanded by a middleware."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not has_role(request.user, role):
                raise PermissionDenied(_refusal(request.user, role))
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def _refusal(user: Any, role: Role) -> str:
    if role_of(user) is None:
        return "Your account has no role yet."
    people = {"staff": "staff", "reviewer": "reviewers and admins", "admin": "admins"}[role]
    return f"This is for {people}; you are signed in as {role_of(user)}."
