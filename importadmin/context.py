"""What every page's frame shows: the rail with the count that waits, who is signed in and as what."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from importadmin.roles import LABELS, has_role, role_of

# label, address, icon; a page belongs to the entry whose address its own begins with
RAIL = (
    ("Dashboard", "dashboard", "dashboard"),
    ("Imports", "imports", "import"),
    ("Meets", "meets", "flag"),
    ("Review", "cases", "question"),
    ("Athletes", "athletes", "people"),
    ("Derived tables", "derived", "layers"),
    ("Audit log", "audit", "list"),
    ("System", "system", "system"),
)


def chrome(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    role = role_of(user) if user is not None else None
    if role is None:
        return {"page_frame": "alone.html", "role": None}
    if request.headers.get("HX-Request") and not request.headers.get("HX-Boosted"):
        # A fragment has no frame around it, so its count need not be asked for.
        return {"page_frame": "base.html", "role": role, "is_admin": role == "admin"}
    return {
        "page_frame": "base.html",
        "role": role,
        "role_label": LABELS[role],
        "is_admin": role == "admin",
        "is_reviewer": has_role(user, "reviewer"),
        "rail": _rail_once(request),
    }


def _rail_once(request: HttpRequest) -> list[dict[str, Any]]:
    """A page with a table is drawn in two goes, each with this context; the count is asked for once."""
    if not hasattr(request, "_rail"):
        request._rail = _rail(request.path)  # type: ignore[attr-defined]
    rail: list[dict[str, Any]] = request._rail  # type: ignore[attr-defined]
    return rail


def _rail(path: str) -> list[dict[str, Any]]:
    from reconciliation.models import Case, CaseStatus

    waiting = Case.objects.filter(status=CaseStatus.OPEN).count()
    entries = []
    for label, name, icon in RAIL:
        url = reverse(name)
        current = path == url if url == "/" else path.startswith(url)
        if name == "imports":
            current = current or path.startswith("/bundles/")
        entries.append(
            {"label": label, "url": url, "icon": icon, "current": current, "count": waiting if name == "cases" else 0}
        )
    return entries
