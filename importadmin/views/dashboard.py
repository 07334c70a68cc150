"""The dashboard: what needs somebody now, then recent meets, then health in one line."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from importadmin import health
from importadmin.roles import role_required
from meets.models import ACTIVE, Course, Import, Meet, Mode, State
from meets.tables_imports import listed_imports
from meets.waiting import open_cases_column
from reconciliation.models import Case, CaseKind, CaseStatus

FAILED_DAYS = 14
SHOWN = 8


@require_safe
@role_required("staff")
def dashboard(request: HttpRequest) -> HttpResponse:
    unrated = Course.objects.filter(difficulty_rating=None)
    parts = health.all_parts()
    context: dict[str, Any] = {
        "cases": open_cases_by_kind(),
        "running": listed_imports().filter(state__in=ACTIVE)[:SHOWN],
        "asking": listed_imports().filter(state=State.NEEDS_ANSWER)[:SHOWN],
        "failed": failed_imports()[:SHOWN],
        "unsettled": unsettled_meets()[:SHOWN],
        "unrated": unrated.count(),
        "unrated_meet": unrated_meet(unrated),
        "recent": Meet.objects.select_related("venue").order_by("-meet_date", "-pk")[:SHOWN],
        "parts": parts,
        "healthy": all(part.ok for part in parts),
    }
    context["open_cases"] = sum(kind["n"] for kind in context["cases"])
    return render(request, "dashboard/dashboard.html", context)


def open_cases_by_kind() -> list[dict[str, Any]]:
    counted = (
        Case.objects.filter(status=CaseStatus.OPEN).values("kind").annotate(n=Count("pk"), oldest=Min("created_at"))
    )
    rows = [{**row, "label": CaseKind(row["kind"]).label} for row in counted]
    return sorted(rows, key=lambda row: -row["n"])


def failed_imports() -> QuerySet[Import]:
    """Failed lately, and nobody has brought the same meet in since."""
    since = timezone.now() - timedelta(days=FAILED_DAYS)
    later = Import.objects.filter(
        meet_key=OuterRef("meet_key"), state=State.DONE, mode=Mode.IMPORT, created_at__gt=OuterRef("created_at")
    )
    return listed_imports().filter(~Exists(later), state=State.FAILED, created_at__gt=since)


def unsettled_meets() -> QuerySet[Meet]:
    """Imported meets that can't be closed yet, because results wait for a reviewer."""
    return Meet.objects.annotate(waiting=open_cases_column()).filter(waiting__gt=0).order_by("-waiting", "-meet_date")


def unrated_meet(unrated: QuerySet[Course]) -> Meet | None:
    """The newest meet on a course without a rating: its page has the form."""
    return Meet.objects.filter(race__course__in=unrated).order_by("-meet_date").first()
