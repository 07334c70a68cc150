"""The derived tables and their rebuilds: what each holds, what a rebuild would change, and the buttons for admins."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from importadmin.roles import role_required
from meets.actions.rebuild_derived import approve_rebuild, cancel_rebuild, start_rebuild
from meets.actions.refused import Refused
from meets.derived_figures import derived_figures
from meets.derived_tables import BY_NAME
from meets.models import HoldStatus, Rebuild, RebuildState, RecordHold
from meets.rebuild_report import parts_of
from meets.rebuilding import import_running

ACTIVE = (RebuildState.QUEUED, RebuildState.RUNNING)
HISTORY = 20


@require_safe
@role_required("staff")
def derived(request: HttpRequest) -> HttpResponse:
    runs = list(Rebuild.objects.select_related("created_by", "approved_by").order_by("-created_at")[:HISTORY])
    with connection.cursor() as cursor:
        importing = import_running(cursor)
    context = {
        "tables": derived_figures(),
        "runs": runs,
        "active": next((run for run in runs if run.state in ACTIVE), None),
        "waiting": next((run for run in runs if run.state == RebuildState.WAITING), None),
        "importing": importing,
        "suspicious": RecordHold.objects.filter(status=HoldStatus.OPEN).count(),
    }
    return render(request, "derived/derived.html", context)


@require_POST
@role_required("admin")
def derived_rebuild(request: HttpRequest) -> HttpResponse:
    names = request.POST.getlist("table")
    try:
        rebuild = start_rebuild(names=BY_NAME if "all" in names else names, user=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("derived")
    return redirect("rebuild", rebuild.pk)


@require_GET
@role_required("staff")
def rebuild_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    rebuild = get_object_or_404(Rebuild.objects.select_related("created_by", "approved_by"), pk=pk)
    return render(request, "derived/rebuild.html", {**_live(rebuild), "parts": parts_of(rebuild)})


@require_GET
@role_required("staff")
def rebuild_live(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The part of the page that changes while it runs. The last answer makes the browser load the whole page."""
    rebuild = get_object_or_404(Rebuild, pk=pk)
    if rebuild.state not in ACTIVE:
        return HttpResponseClientRefresh()
    return render(request, "derived/_live.html", _live(rebuild))


@require_POST
@role_required("admin")
def rebuild_approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    get_object_or_404(Rebuild, pk=pk)
    try:
        approve_rebuild(rebuild_id=pk, user=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("rebuild", pk)


@require_POST
@role_required("admin")
def rebuild_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    get_object_or_404(Rebuild, pk=pk)
    if not cancel_rebuild(rebuild_id=pk, user=request.user):
        messages.info(request, "It had already ended before it could be cancelled.")
    return redirect("rebuild", pk)


def _live(rebuild: Rebuild) -> dict[str, Any]:
    stage = BY_NAME[rebuild.stage].label if rebuild.stage in BY_NAME else ""
    return {"rebuild": rebuild, "active": rebuild.state in ACTIVE, "stage": stage}
