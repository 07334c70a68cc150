"""Answer the sure ones together: everything without a veto above a threshold, listed before it is done, one undo."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from importadmin.roles import role_required
from reconciliation.actions.answer_many import answer_cases
from reconciliation.models import Answer
from reconciliation.review.bulk import listed, threshold_of
from reconciliation.review.page import queue_of
from reconciliation.review.queue import SURE, WHOSE
from reconciliation.views.answers import Other, address, posted_queue


@require_http_methods(["GET", "HEAD", "POST"])
@role_required("reviewer")
def cases_bulk(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _answer(request)
    queue, threshold = queue_of(request), threshold_of(request.GET.get("above", ""))
    rows, more = listed(queue, threshold)
    context: dict[str, Any] = {
        "chosen": queue.chosen,
        "threshold": threshold,
        "rows": rows,
        "more": more,
        "lines": sum(row.lines for row in rows),
        "sure_choices": SURE,
        "whose_choices": WHOSE,
    }
    return render(request, "cases/bulk.html", context)


def _answer(request: HttpRequest) -> HttpResponse:
    queue = posted_queue(request)
    chosen = [pair for text in request.POST.getlist("case")[:1000] if (pair := _pair(text))]
    if not chosen:
        messages.warning(request, "No question was ticked, so nothing was answered.")
        return Other(f"{request.path}?{queue.chosen.query}")
    batch, decisions, left_out = answer_cases(
        cases=chosen, answer=Answer.SAME, user=request.user, reason=request.POST.get("reason", "").strip()
    )
    if left_out:
        reasons = "; ".join(sorted({why for _case, why in left_out}))
        messages.warning(request, f"{len(left_out)} left out, nothing was done about them: {reasons}")
    if not decisions:
        return Other(f"{request.path}?{queue.chosen.query}")
    return Other(address(queue.first(), queue.chosen, decisions[-1]))


def _pair(text: str) -> tuple[UUID, int] | None:
    """'<case>:<version as shown>'"""
    case, _, version = text.partition(":")
    try:
        return UUID(case), int(version[:9])
    except ValueError:
        return None
