"""Merge two athletes: look for the other one, see what would change field by field, do it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from importadmin.roles import role_required
from meets.models import Athlete, Result
from reconciliation.actions.answer_case import answer_case
from reconciliation.actions.errors import AlreadyDecided, CaseChanged, Refused, VetoNeedsReason
from reconciliation.actions.merge_athletes import merge_athletes, preview_merge
from reconciliation.evidence.difference import both
from reconciliation.models import Case, CaseStatus, Decision
from reconciliation.review.told import told
from reconciliation.views.answers import Other, address, posted_queue, somebody_else
from reconciliation.views.search import found_athletes

FIELD = "field_"


@require_http_methods(["GET", "HEAD", "POST"])
@role_required("reviewer")
def athlete_merge(request: HttpRequest, pk: UUID) -> HttpResponse:
    athlete = get_object_or_404(Athlete.objects.select_related("school"), pk=pk)
    given = request.POST if request.method == "POST" else request.GET
    other_id = _uuid(given.get("with", ""))
    if other_id is None or other_id == athlete.pk:
        return _search(request, athlete)
    other = get_object_or_404(Athlete.objects.select_related("school"), pk=other_id)
    survivor, loser = _survivor_first(athlete, other, given.get("survivor", ""))
    fields = {key.removeprefix(FIELD): "loser" for key in given if key.startswith(FIELD) and given[key] == "loser"}
    case_id = _uuid(given.get("case", ""))
    case = Case.objects.filter(pk=case_id, status=CaseStatus.OPEN).first() if case_id else None
    if request.method == "POST":
        return _merge(request, survivor, loser, fields, case)
    return _preview(request, athlete, survivor, loser, fields, case)


def _search(request: HttpRequest, athlete: Athlete) -> HttpResponse:
    words = request.GET.get("q", athlete.name.split(" ")[-1]).strip()[:200]
    everywhere = request.GET.get("everywhere") == "1"
    found = found_athletes(words, None if everywhere else athlete.school, athlete.name)
    context = {
        "athlete": athlete,
        "words": words,
        "everywhere": everywhere,
        "found": [one for one in found if one["athlete"] != athlete],
    }
    return render(request, "athletes/merge_search.html", context)


def _preview(
    request: HttpRequest,
    athlete: Athlete,
    survivor: Athlete,
    loser: Athlete,
    fields: dict[str, str],
    case: Case | None,
    **more: Any,
) -> HttpResponse:
    preview = preview_merge(survivor_id=survivor.pk, loser_id=loser.pk, user=request.user, fields=fields)
    names = both(survivor.name, loser.name)
    context = {
        "athlete": athlete,
        "survivor": survivor,
        "loser": loser,
        "survivor_name": names[0],
        "loser_name": names[1],
        "preview": preview,
        "told": told(preview),
        "case": case,
        "field_prefix": FIELD,
        **more,
    }
    return render(request, "athletes/merge.html", context, status=422 if "reason_error" in more else 200)


def _merge(
    request: HttpRequest, survivor: Athlete, loser: Athlete, fields: dict[str, str], case: Case | None
) -> HttpResponse:
    reason = request.POST.get("reason", "").strip()
    try:
        decision = _decide(request, survivor, loser, fields, case, reason)
    except VetoNeedsReason as veto:
        return _preview(request, survivor, survivor, loser, fields, case, reason_error=str(veto))
    except (AlreadyDecided, CaseChanged) as late:
        if isinstance(late, AlreadyDecided) and case is not None:
            return somebody_else(request, posted_queue(request), case, late)
        raise Refused(str(late)) from late
    if case is not None:
        queue = posted_queue(request)
        return Other(address(queue.next_after(case), queue.chosen, decision))
    return Other(f"/athletes/{survivor.pk}/?done={decision.pk}")


def _decide(
    request: HttpRequest, survivor: Athlete, loser: Athlete, fields: dict[str, str], case: Case | None, reason: str
) -> Decision:
    """The question that asks about these two is answered with it, if we came from there and it asks for this merge."""
    version = request.POST.get("version", "")
    if case is not None and version.isascii() and version.isdigit():
        return answer_case(
            case_id=case.pk,
            version=int(version[:9]),
            answer="merge",
            user=request.user,
            reason=reason,
            athlete_id=survivor.pk,
            fields=fields,
        )
    return merge_athletes(survivor_id=survivor.pk, loser_id=loser.pk, user=request.user, reason=reason, fields=fields)


def _survivor_first(athlete: Athlete, other: Athlete, chosen: str) -> tuple[Athlete, Athlete]:
    """Who stays: whom the reviewer chose, else whoever has more results, else whom the page began with."""
    if chosen == str(other.pk):
        return other, athlete
    if chosen == str(athlete.pk):
        return athlete, other
    more = Result.objects.filter(athlete=other).count() > Result.objects.filter(athlete=athlete).count()
    return (other, athlete) if more else (athlete, other)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
