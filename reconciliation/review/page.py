"""What the page of a case shows, put together: the queue, the evidence, the answers and the last answer's undo."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from importadmin.roles import has_role
from meets.models import Meet
from reconciliation.actions.answers import answers_for
from reconciliation.evidence.assemble import Evidence, evidence_of
from reconciliation.models import Answer, Case, CaseKind, CaseStatus, Decision
from reconciliation.review.buttons import buttons_for, wants_athlete
from reconciliation.review.options import options
from reconciliation.review.queue import SORTS, SURE, WHOSE, Queue, QueueFilter, around, counts_by_kind


@dataclass(frozen=True)
class Last:
    """The answer that was given just before this page, with its undo."""

    decision: Decision
    sentence: str
    also: str
    can_undo: bool


def queue_of(request: HttpRequest) -> Queue:
    return Queue(QueueFilter.from_query(request.GET.dict()), request.user)


def case_context(request: HttpRequest, queue: Queue, case: Case, **more: Any) -> dict[str, Any]:
    evidence = evidence_of(case)
    open_to = case.status == CaseStatus.OPEN and has_role(request.user, "reviewer")
    context = {
        "case": case,
        "evidence": evidence,
        "near": around(queue, case),
        "scored": []
        if case.kind == CaseKind.TWO_TIMES
        else [one for one in evidence.candidates if one.score is not None],
        "notes": case.notes.select_related("author"),
        "claim": _claim(case, request.user),
        "decision": _decision_of(case) if case.status != CaseStatus.OPEN else None,
        "buttons": buttons_for(case, evidence.candidates, request.user) if open_to else [],
        "can_search": open_to and wants_athlete(case),
        "spelling": _other_spelling(case, evidence) if open_to else "",
        "asks_year": open_to and not case.subject.get("grad_year") and not case.subject.get("athlete_id"),
        "reviewers": reviewers() if open_to else [],
    }
    return context | queue_context(request, queue) | more


def queue_context(request: HttpRequest, queue: Queue) -> dict[str, Any]:
    """The filters, and what was done just before."""
    meets, schools = options(queue.chosen.meet, queue.chosen.school)
    last = last_answer(request)
    return {
        "chosen": queue.chosen,
        "kinds": counts_by_kind(queue),
        "meets": meets,
        "schools": schools,
        "sure_choices": SURE,
        "whose_choices": WHOSE,
        "sorts": SORTS,
        "last": last,
        "meet_done": meet_done(last.decision.meet_id) if last else None,
    }


def last_answer(request: HttpRequest) -> Last | None:
    """From `?done=<decision>`: only the person who gave the answer is offered its undo this way."""
    try:
        pk = UUID(request.GET.get("done", ""))
    except ValueError:
        return None
    decision = Decision.objects.select_related("undone_by").filter(pk=pk, user_id=request.user.pk or 0).first()
    if decision is None:
        return None
    others = Decision.objects.filter(batch=decision.batch).exclude(pk=pk).count() if decision.batch else 0
    also = f"{others} more question{'s' if others > 1 else ''} answered with it." if others else ""
    return Last(decision, str(decision), also, can_undo=decision.undo is None and not decision.undoes_id)


def meet_done(meet_id: UUID | None) -> Meet | None:
    """The meet, when its last open question has just been answered."""
    if meet_id is None or Case.objects.filter(meet_id=meet_id, status=CaseStatus.OPEN).exists():
        return None
    return Meet.objects.filter(pk=meet_id).first()


def reviewers() -> QuerySet[Any]:
    """Who can answer: reviewers and admins."""
    people = get_user_model().objects.filter(is_active=True)
    return (
        people.filter(Q(groups__name__in=["reviewer", "admin"]) | Q(is_superuser=True)).distinct().order_by("username")
    )


def _decision_of(case: Case) -> Decision | None:
    return Decision.objects.filter(case_id=case.pk, undoes__isnull=True).order_by("-at", "-id").first()


def _other_spelling(case: Case, evidence: Evidence) -> str:
    """The CSV's spelling, where an athlete could take it over."""
    name = evidence.subject.name
    takes = any(one.answer == Answer.SAME for one in answers_for(case))
    return name if takes and any(one.name != name for one in evidence.candidates if one.there) else ""


def _claim(case: Case, user: Any) -> str:
    """Who else has the case open, as long as the claim lasts."""
    if case.claimed_by_id in (None, user.pk) or not case.claimed_until or case.claimed_until < timezone.now():
        return ""
    return str(case.claimed_by)
