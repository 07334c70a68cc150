"""Decisions: the list of them, and one with all that it changed and its undo."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from importadmin.roles import has_role, role_required
from meets.models import Athlete, Meet
from reconciliation.actions.errors import AlreadyDecided, Contradicts, Refused
from reconciliation.actions.undo_decision import preview_undo, undo_batch, undo_decision
from reconciliation.models import Answer, Case, Decision
from reconciliation.review.changes import changes_of
from reconciliation.review.decided import DecisionFilter
from reconciliation.review.told import undo_told
from reconciliation.views.answers import Other, address, posted_queue


@require_safe
@role_required("staff")
def decisions(request: HttpRequest) -> HttpResponse:
    chosen = DecisionFilter.from_query(request.GET.dict())
    page, more = chosen.page()
    context = {
        "chosen": chosen,
        "decisions": page,
        "more": page[-1].pk if more else None,
        "answers": Answer.choices,
        "people": Decision.objects.order_by("user_name").values_list("user_name", flat=True).distinct()[:100],
        "meet": Meet.objects.filter(pk=chosen.meet).first() if chosen.meet else None,
        "athlete": Athlete.objects.filter(pk=chosen.athlete).first() if chosen.athlete else None,
    }
    return render(request, "decisions/list.html", context)


@require_safe
@role_required("staff")
def decision(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Decision.objects.select_related("undone_by", "undoes"), pk=pk)
    changes, sentence = changes_of(found)
    together = Decision.objects.filter(batch=found.batch).exclude(pk=pk) if found.batch else Decision.objects.none()
    context = {
        "decision": found,
        "changes": changes,
        "changed": sentence,
        "together": together[:20],
        "together_count": together.count(),
        "meet": Meet.objects.filter(pk=found.meet_id).first() if found.meet_id else None,
        "athletes": Athlete.objects.select_related("school").filter(pk__in=found.athlete_ids),
        "gone": len(set(found.athlete_ids)),
    }
    if has_role(request.user, "reviewer") and found.undo is None and not found.undoes_id:
        preview = preview_undo(decision_id=found.pk, user=request.user)
        context |= {"undo": preview, "undo_told": undo_told(preview)}
    return render(request, "decisions/decision.html", context)


@require_POST
@role_required("reviewer")
def decision_undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a decision back, alone or with all that were given at one stroke.

    `quick` is the undo beside the next case: it is done at once when it restores everything; where something has
    changed since, or speaks against it, the decision's page says so first.
    """
    found = get_object_or_404(Decision.objects.select_related("undone_by"), pk=pk)
    quick, whole = request.POST.get("quick") == "1", request.POST.get("whole") == "1"
    page = reverse("decision", args=[found.pk])
    if quick and found.batch is None:
        preview = preview_undo(decision_id=found.pk, user=request.user)
        if preview.refused or preview.contradicts or preview.left:
            return Other(page)
    reason = request.POST.get("reason", "").strip()
    try:
        if found.batch and (whole or quick):
            undone = undo_batch(batch=found.batch, user=request.user, reason=reason)
            messages.success(request, f"{len(undone)} decision{'' if len(undone) == 1 else 's'} taken back.")
        else:
            apart = request.POST.get("tell_apart") == "1"
            back = undo_decision(decision_id=found.pk, user=request.user, reason=reason, tell_apart=apart)
            messages.success(request, f"Undone: {found}" if not back.summary else back.summary)
    except (AlreadyDecided, Contradicts) as refused:
        return _refused(request, found, refused)
    if "queue" not in request.POST:
        return Other(page)
    case = Case.objects.filter(pk=found.case_id).first() if found.case_id else None
    return Other(address(case, posted_queue(request).chosen))


def _refused(request: HttpRequest, decision: Decision, refused: Refused) -> HttpResponse:
    """409: which decision stands in the way."""
    other = getattr(refused, "decision", None)
    context = {"decision": decision, "other": other, "sentence": str(refused)}
    return render(request, "decisions/refused.html", context, status=409)
