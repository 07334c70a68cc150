"""The questions for reviewers: the queue, with one case in its middle."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from importadmin.roles import role_required
from reconciliation.models import Case
from reconciliation.review.page import case_context, queue_context, queue_of
from reconciliation.review.queue import Neighbourhood, waiting_for


@require_safe
@role_required("staff")
def cases(request: HttpRequest) -> HttpResponse:
    """The first case of the chosen queue; when nothing waits, what that means."""
    queue = queue_of(request)
    first = queue.first()
    if first is not None:
        return _page(request, first)
    context = queue_context(request, queue) | {
        "near": Neighbourhood([], 0, 0, None, None),
        "open_in_all": waiting_for(request.user).count(),
    }
    return render(request, "cases/empty.html", context)


@require_safe
@role_required("staff")
def case(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _page(request, get_object_or_404(Case.objects.select_related("parked_for", "claimed_by"), pk=pk))


def _page(request: HttpRequest, case: Case) -> HttpResponse:
    return render(request, "cases/case.html", case_context(request, queue_of(request), case))
