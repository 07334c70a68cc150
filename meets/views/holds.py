"""Records that look too fast to be true: the list, and an admin's yes or no."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from importadmin.roles import role_required
from meets.actions.decide_hold import decide_hold
from meets.hold_report import shown
from meets.models import HoldStatus, RecordHold

SHOWN = 100
TOLD = {
    HoldStatus.YES: "Counted: records follow.",
    HoldStatus.NO: "Kept out of all records.",
    HoldStatus.OPEN: "Taken back: it waits again, and the old record stands.",
}


@require_safe
@role_required("staff")
def holds(request: HttpRequest) -> HttpResponse:
    every = RecordHold.objects.select_related("decided_by")
    waiting = every.filter(status=HoldStatus.OPEN).order_by("created_at", "pk")
    context = {
        "waiting": shown(waiting[:SHOWN]),
        "count": waiting.count(),
        "decided": shown(every.exclude(status=HoldStatus.OPEN).order_by("-decided_at")[:SHOWN]),
    }
    return render(request, "derived/holds.html", context)


@require_POST
@role_required("admin")
def hold_decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A refusal is told by the middleware, as everywhere."""
    status = request.POST.get("status", "")
    if status not in TOLD:
        raise Http404("Such an answer is not known.")
    try:
        hold = decide_hold(
            hold_id=pk, status=HoldStatus(status), seen=request.POST.get("seen", ""), user=request.user,
            reason=request.POST.get("reason", ""),
        )  # fmt: skip
    except RecordHold.DoesNotExist:
        raise Http404("This question is gone.") from None
    messages.success(request, TOLD[HoldStatus(hold.status)])
    return redirect("holds")
