"""The comparison's actions: add what is missing, say what an extra result is, or put both into the queue.

Each is shown before it is done, and leads back to its tab, whose counts are made anew.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from importadmin.roles import has_role, role_required
from meets.actions.refused import Refused
from meets.models import Meet, Result
from reconciliation.actions.differences import add_missing, answer_extra, ask_about, preview_extra, preview_missing
from reconciliation.models import Answer
from reconciliation.review.told import told
from reconciliation.views.answers import Other

MOST, PREVIEWED = 500, 50
WHICH = {"existing": "Add to existing athletes", "create": "Create the athletes and add", "all": "Add all"}
EXTRA_ANSWERS = {Answer.SPELLING: "Same result, other spelling", Answer.LEAVE: "Leave it", Answer.REMOVE: "Remove it"}


@require_http_methods(["GET", "HEAD", "POST"])
@role_required("reviewer")
def comparison_missing(request: HttpRequest, pk: UUID) -> HttpResponse:
    meet = get_object_or_404(Meet, pk=pk)
    given = request.POST if request.method == "POST" else request.GET
    lines = [int(text) for text in given.getlist("line")[:MOST] if text.isascii() and text.isdigit() and len(text) < 10]
    chosen = lines or None
    if request.method == "POST":
        which = given.get("which", "")
        if which not in WHICH:
            return HttpResponseBadRequest("This is nothing that the page offers. Go back and press one of its buttons.")
        done = add_missing(
            meet_id=meet.pk, user=request.user, lines=chosen, which=which, reason=given.get("reason", "").strip()
        )
        messages.success(request, f"{_many(len(done), 'result')} added." if done else "There was nothing left to add.")
        return Other(_tab(meet, "missing"))
    preview = preview_missing(meet_id=meet.pk, lines=chosen)
    return render(request, "reconciliation/missing_preview.html", {"meet": meet, "preview": preview, "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@role_required("reviewer")
def comparison_extra(request: HttpRequest, pk: UUID) -> HttpResponse:
    meet = get_object_or_404(Meet, pk=pk)
    given = request.POST if request.method == "POST" else request.GET
    answer, chosen = given.get("answer", ""), [one for text in given.getlist("result")[:MOST] if (one := _extra(text))]
    if answer not in EXTRA_ANSWERS:
        return HttpResponseBadRequest("This is nothing that the page offers. Go back and press one of its buttons.")
    if answer == Answer.REMOVE and not has_role(request.user, "admin"):
        raise Refused("Only an admin may remove a result.")
    if not chosen:
        messages.warning(request, "No result was ticked, so nothing was done.")
        return Other(_tab(meet, "extra"))
    if request.method == "POST":
        return _answer_extras(request, meet, answer, chosen)
    previews = _extra_previews(request, meet, answer, chosen)
    context = {
        "meet": meet,
        "answer": answer,
        "label": EXTRA_ANSWERS[Answer(answer)],
        "previews": previews,
        "chosen": [f"{result_id}:{line or ''}" for result_id, line in chosen],
        "needs_reason": answer == Answer.REMOVE or any(one["preview"].vetoes for one in previews),
    }
    return render(request, "reconciliation/extra_preview.html", context)


def _extra_previews(
    request: HttpRequest, meet: Meet, answer: str, chosen: list[tuple[UUID, int | None]]
) -> list[dict[str, Any]]:
    ids = [result_id for result_id, _line in chosen[:PREVIEWED]]
    there = Result.objects.filter(meet=meet).select_related("athlete", "race").in_bulk(ids)
    found = []
    for result_id, line in chosen[:PREVIEWED]:
        if result_id in there:
            preview = preview_extra(result_id=result_id, answer=answer, user=request.user, line=line)
            found.append({"result": there[result_id], "line": line, "told": told(preview), "preview": preview})
    return found


def _answer_extras(
    request: HttpRequest, meet: Meet, answer: str, chosen: list[tuple[UUID, int | None]]
) -> HttpResponse:
    """One by one; what can't be done is told and left, the rest is done."""
    done, refused = 0, []
    reason = request.POST.get("reason", "").strip()
    for result_id, line in chosen:
        get_object_or_404(Result, pk=result_id, meet=meet)
        try:
            answer_extra(result_id=result_id, answer=answer, user=request.user, reason=reason, line=line)
            done += 1
        except Refused as why:
            refused.append(str(why))
    if done:
        messages.success(request, f"{_many(done, 'result')}: {EXTRA_ANSWERS[Answer(answer)].lower()}.")
    for sentence in sorted(set(refused)):
        messages.warning(request, sentence)
    return Other(_tab(meet, "extra"))


@require_POST
@role_required("reviewer")
def comparison_ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    meet = get_object_or_404(Meet, pk=pk)
    asked = ask_about(meet_id=meet.pk, user=request.user)
    messages.success(
        request, f"{_many(asked, 'new question')} in the queue." if asked else "All of it is asked already."
    )
    return Other(f"{reverse('cases')}?meet={meet.pk}")


def _tab(meet: Meet, tab: str) -> str:
    return f"{reverse('comparison', args=[meet.pk])}?tab={tab}"


def _extra(text: str) -> tuple[UUID, int | None] | None:
    """'<result>' or '<result>:<line that it probably is>'"""
    result, _, line = text.partition(":")
    try:
        return UUID(result), int(line) if line.isascii() and line.isdigit() and len(line) < 10 else None
    except ValueError:
        return None


def _many(n: int, thing: str) -> str:
    return f"{n:,} {thing}{'' if n == 1 else 's'}"
