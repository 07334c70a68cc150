"""People and roles: the list, one person, and what an admin can do about either. For admins only."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from importadmin.models import AuditEntry
from importadmin.people import links, mail
from importadmin.people.change import change_role, set_active
from importadmin.people.invite import invite
from importadmin.people.rules import role_named
from importadmin.roles import ROLES, role_required
from meets.actions.refused import Refused

ENTRIES_SHOWN = 15
WHAT_ROLES_MAY = {
    "staff": "uploads and imports meets, looks at everything",
    "reviewer": "also answers the questions under Review",
    "admin": "also people, derived tables, corrections, system",
}


@require_safe
@role_required("admin")
def people(request: HttpRequest) -> HttpResponse:
    return render(request, "people/list.html", _listed())


def _listed() -> dict[str, Any]:
    everybody = User.objects.prefetch_related("groups").order_by("-is_active", "username")
    rows = [{"person": user, "role": _role(user), "state": _state(user)} for user in everybody]
    return {"rows": rows, "roles": WHAT_ROLES_MAY.items(), "mail": mail.is_set_up()}


def _role(user: User) -> str:
    """From the prefetched groups: one query for the whole list."""
    groups = {group.name for group in user.groups.all()}
    return "admin" if user.is_superuser else next((role for role in reversed(ROLES) if role in groups), "none")


def _state(user: User) -> tuple[str, str]:
    if not user.is_active:
        return "quiet", "Switched off"
    return ("good", "Active") if user.has_usable_password() else ("info", "Invited")


@require_POST
@role_required("admin")
def people_invite(request: HttpRequest) -> HttpResponse:
    given = {name: request.POST.get(name, "").replace("\x00", "") for name in ("name", "full_name", "email", "role")}
    try:
        user = invite(**given, by=request.user)
    except Refused as reason:
        return render(request, "people/list.html", {**_listed(), "given": given, "refusal": str(reason)}, status=422)
    _show_link(request, user, links.make_link(user_id=user.pk, by=request.user, note=False))
    return redirect("person", user.pk)


@require_safe
@role_required("admin")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    told = AuditEntry.objects.filter(subject_table="auth_user", subject_id=str(pk)).select_related("actor")
    context = {
        "person": user,
        "role": role_named(user) or "none",
        "state": _state(user),
        "roles": WHAT_ROLES_MAY.items(),
        "entries": told.order_by("-at", "-pk")[:ENTRIES_SHOWN],
        # Shown once, then forgotten: whoever has it can sign in as this person.
        "link": request.session.pop(_link_key(pk), None),
        "may": request.user.is_superuser or not user.is_superuser,
        "own": user.pk == request.user.pk,
    }
    return render(request, "people/person.html", context)


@require_POST
@role_required("admin")
def person_role(request: HttpRequest, pk: int) -> HttpResponse:
    role, seen = request.POST.get("role", ""), request.POST.get("seen")
    return _then_show(request, pk, lambda: change_role(user_id=pk, role=role, seen=seen, by=request.user))


@require_POST
@role_required("admin")
def person_active(request: HttpRequest, pk: int) -> HttpResponse:
    active = request.POST.get("active") == "1"
    return _then_show(request, pk, lambda: set_active(user_id=pk, active=active, by=request.user))


@require_POST
@role_required("admin")
def person_link(request: HttpRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    return _then_show(request, pk, lambda: _show_link(request, user, links.make_link(user_id=pk, by=request.user)))


def _show_link(request: HttpRequest, user: User, path: str) -> None:
    link = request.build_absolute_uri(path)
    request.session[_link_key(user.pk)] = link
    if mail.is_set_up() and user.email:
        if mail.send_link(user, link):
            messages.success(request, f"The link has been sent to {user.email}. It is also shown below, once.")
        else:
            messages.error(
                request, f"The mail to {user.email} could not be sent. Copy the link below and send it yourself."
            )


def _link_key(pk: int) -> str:
    return f"link-of-{pk}"


def _then_show(request: HttpRequest, pk: int, action: Callable[[], Any]) -> HttpResponse:
    get_object_or_404(User, pk=pk)
    try:
        action()
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect("person", pk)
