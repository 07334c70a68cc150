"""What reviewers send from a case's page. Each is a POST; afterwards the next case is shown, with the answer's undo."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from importadmin.roles import role_required
from reconciliation.actions.answer_case import answer_case, preview_answer
from reconciliation.actions.errors import AlreadyDecided, CaseChanged, VetoNeedsReason
from reconciliation.actions.queue import claim_case, note_case, park_case, skip_case
from reconciliation.evidence.assemble import people_of
from reconciliation.models import Case, Decision
from reconciliation.review.buttons import Button, Given, buttons_for, read_answer
from reconciliation.review.page import case_context
from reconciliation.review.queue import Queue, QueueFilter
from reconciliation.review.told import told


class Other(HttpResponseRedirect):
    """After a POST: look at that page (303), whatever was posted."""

    status_code = 303


@require_POST
@role_required("reviewer")
def case_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    case = get_object_or_404(Case, pk=pk)
    given, version = read_answer(request.POST.get("answer", "")), request.POST.get("version", "")
    if given is None or not version.isascii() or not version.isdigit():
        return HttpResponseBadRequest("This is no answer that the page offers. Go back and press one of its buttons.")
    queue = posted_queue(request)
    try:
        decision = answer_case(
            case_id=case.pk,
            version=int(version[:9]),
            user=request.user,
            reason=request.POST.get("reason", "").strip(),
            **_asked(given, request.POST),
        )
    except AlreadyDecided as too_late:
        return somebody_else(request, queue, case, too_late)
    except CaseChanged as changed:
        fresh = Case.objects.select_related("parked_for", "claimed_by").get(pk=case.pk)
        return render(request, "cases/case.html", case_context(request, queue, fresh, changed=str(changed)), status=409)
    except VetoNeedsReason as veto:
        return _ask_why(request, case, queue, veto)
    return go_on(queue, case, done=decision)


def _asked(given: Given, posted: QueryDict) -> dict[str, Any]:
    year = posted.get("grad_year", "").strip()
    return {
        "answer": given.answer,
        "athlete_id": given.athlete_id,
        "choice": given.choice,
        "take_spelling": posted.get("take_spelling") == "1",
        "grad_year": int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
    }


def _ask_why(request: HttpRequest, case: Case, queue: Queue, veto: VetoNeedsReason) -> HttpResponse:
    context = {
        "case": case,
        "veto": veto,
        "chosen": queue.chosen,
        "kept": [
            (key, request.POST[key])
            for key in ("answer", "version", "take_spelling", "grad_year")
            if key in request.POST
        ],
    }
    return render(request, "cases/reason.html", context, status=422)


def somebody_else(request: HttpRequest, queue: Queue, case: Case, too_late: AlreadyDecided) -> HttpResponse:
    """409: who decided what, and where to go on."""
    decision = too_late.decision
    context = {
        "case": case,
        "decision": decision,
        "own": decision is not None and decision.user_id == request.user.pk,
        "sentence": str(too_late),
        "chosen": queue.chosen,
        "next": queue.next_after(case),
    }
    return render(request, "cases/decided.html", context, status=409)


@require_POST
@role_required("reviewer")
def case_skip(request: HttpRequest, pk: UUID) -> HttpResponse:
    case, queue = get_object_or_404(Case, pk=pk), posted_queue(request)
    try:
        skip_case(case_id=pk, user=request.user)
    except AlreadyDecided as too_late:
        return somebody_else(request, queue, case, too_late)
    messages.info(request, f"Skipped, comes back at the end: {case.question}")
    return go_on(queue, case)


@require_POST
@role_required("reviewer")
def case_park(request: HttpRequest, pk: UUID) -> HttpResponse:
    case, queue = get_object_or_404(Case, pk=pk), posted_queue(request)
    chosen = request.POST.get("for", "")
    person = None
    if chosen:
        person = get_object_or_404(get_user_model(), pk=int(chosen[:9]) if chosen.isascii() and chosen.isdigit() else 0)
    try:
        park_case(case_id=pk, user=request.user, for_user=person, note=request.POST.get("note", ""))
    except AlreadyDecided as too_late:
        return somebody_else(request, queue, case, too_late)
    messages.info(
        request, f"Parked for {person}: {case.question}" if person else f"For everybody again: {case.question}"
    )
    return go_on(queue, case)


@require_POST
@role_required("reviewer")
def case_note(request: HttpRequest, pk: UUID) -> HttpResponse:
    case, queue = get_object_or_404(Case, pk=pk), posted_queue(request)
    note_case(case_id=pk, user=request.user, text=request.POST.get("text", ""))
    return Other(address(case, queue.chosen))


@require_POST
@role_required("reviewer")
def case_claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sent by the page itself after a few seconds of looking, so that others see that somebody is at it."""
    get_object_or_404(Case, pk=pk)
    claim_case(case_id=pk, user=request.user)
    return HttpResponse(status=204)


@require_safe
@role_required("reviewer")
def case_changes(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What each answer changes: a part that the case's page loads after itself, or a page of its own."""
    case = get_object_or_404(Case, pk=pk)
    buttons = buttons_for(case, people_of(case)[1:], request.user)
    answers = [(button, told(_preview(case, button, request.user))) for button in buttons if button.value != "dismiss"]
    part = "_changes" if request.headers.get("HX-Request") else "changes"
    context = {"case": case, "answers": answers, "chosen": QueueFilter.from_query(request.GET.dict())}
    response = render(request, f"cases/{part}.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _preview(case: Case, button: Button, user: Any) -> Any:
    given = read_answer(button.value)
    assert given is not None  # noqa: S101 (our own button)
    return preview_answer(
        case_id=case.pk, answer=given.answer, user=user, athlete_id=given.athlete_id, choice=given.choice
    )


def posted_queue(request: HttpRequest) -> Queue:
    """The queue that the form was drawn in: its filters come along."""
    return Queue(QueueFilter.from_query(QueryDict(request.POST.get("queue", "")[:500]).dict()), request.user)


def go_on(queue: Queue, case: Case, done: Decision | None = None) -> HttpResponse:
    """On to the next case of the queue, with the undo of what was just done."""
    following = queue.next_after(case)
    return Other(address(following, queue.chosen, done))


def address(case: Case | None, chosen: QueueFilter, done: Decision | None = None) -> str:
    page = reverse("case", args=[case.pk]) if case else reverse("cases")
    query = "&".join(part for part in (chosen.query, f"done={done.pk}" if done else "") if part)
    return f"{page}?{query}" if query else page
