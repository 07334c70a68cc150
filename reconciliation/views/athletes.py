"""One athlete's page: results, bests, spellings, redirects, and the history of what was decided about them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from importadmin.roles import has_role, role_required
from meets.models import Athlete
from meets.views.athletes import athlete_context
from reconciliation.models import Answer, Case, CaseStatus, Decision
from reconciliation.review.page import last_answer
from reconciliation.review.queue import QueueFilter

HISTORY_SHOWN = 50


@require_safe
@role_required("staff")
def athlete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Somebody who was merged away is shown as the survivor; their own history stays at their own address."""
    found = Athlete.objects.select_related("school").filter(pk=pk).first()
    history = list(
        Decision.objects.filter(athlete_ids__contains=[pk])
        .select_related("undone_by")
        .order_by("-at", "-pk")[:HISTORY_SHOWN]
    )
    if found is None:
        return _gone(request, pk, history)
    context = athlete_context(found) | {
        "decisions": history,
        "merges": [one for one in history if one.answer == Answer.MERGE and one.undo is None],
        "open_cases": Case.objects.filter(status=CaseStatus.OPEN, candidates__contains=[{"athlete_id": str(pk)}])[:5],
        "may_merge": has_role(request.user, "reviewer"),
        "last": last_answer(request),
        "chosen": QueueFilter(),
    }
    return render(request, "athletes/athlete.html", context)


def _gone(request: HttpRequest, pk: UUID, history: list[Decision]) -> HttpResponse:
    if not history:
        get_object_or_404(Athlete, pk=pk)
    return render(request, "athletes/gone.html", {"decisions": history, "name": _name_of(pk, history)}, status=410)


def _name_of(pk: UUID, history: list[Decision]) -> str:
    """As the decisions tell it: they outlive the row."""
    for decision in history:
        people = [one for side in (decision.before, decision.after) for one in _people_in(side)]
        for person in people:
            if str(person.get("id")) == str(pk) and person.get("name"):
                return str(person["name"])
    return "This athlete"


def _people_in(told: Any) -> list[dict[str, Any]]:
    """Every athlete whom a decision's before or after tells, however deep."""
    if isinstance(told, list):
        return [person for one in told for person in _people_in(one)]
    if not isinstance(told, dict):
        return []
    inner = [person for one in told.values() for person in _people_in(one)]
    return [told, *inner] if "name" in told else inner
