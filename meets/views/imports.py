"""The imports list and the page of one import, with its live part and its JSON for scripts."""

from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET
from django_htmx.http import HttpResponseClientRefresh
from django_tables2 import RequestConfig

from importadmin.roles import role_required
from meets.actions.permissions import may_change
from meets.import_report import comparison_story, created_by, title_of
from meets.ledger import ledger_of, races_of
from meets.models import ACTIVE, HoldStatus, Import, ImportProblem, Meet, Mode, Outcome, RecordHold, State
from meets.progress import progress_json, progress_of
from meets.tables_imports import ImportTable, listed_imports

PROBLEMS_SHOWN = 50


@require_GET
@role_required("staff")
def imports(request: HttpRequest) -> HttpResponse:
    state, search = request.GET.get("state", ""), request.GET.get("q", "").strip()[:200]
    shown = listed_imports()
    if state in State.values:
        shown = shown.filter(state=state)
    if search:
        shown = shown.filter(_named(search))
    table = ImportTable(shown)
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    return render(
        request,
        "imports/list.html",
        {
            "table": table,
            "states": State,
            "state": state,
            "search": search,
            "live": any(row.record.state in ACTIVE for row in table.page.object_list),
        },
    )


@require_GET
@role_required("staff")
def import_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    import_ = get_object_or_404(Import.objects.select_related("bundle", "created_by"), pk=pk)
    return render(request, "imports/import.html", _page_context(request, import_))


@require_GET
@role_required("staff")
def import_live(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The part of the page that changes while it runs. The last answer makes the browser load the whole page."""
    import_ = get_object_or_404(Import.objects.select_related("bundle"), pk=pk)
    if import_.state not in ACTIVE:
        return HttpResponseClientRefresh()
    return render(request, "imports/_live_part.html", _live_context(import_))


@require_GET
@role_required("staff")
def import_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    return JsonResponse(progress_json(get_object_or_404(Import, pk=pk)))


def _named(search: str) -> Q:
    return Q(shown_name__icontains=search) | Q(bundle__name__icontains=search) | Q(meet_key=f"an:{search}")


def _live_context(import_: Import) -> dict[str, Any]:
    return {"import": import_, "progress": progress_of(import_), "active": import_.state in ACTIVE}


def _page_context(request: HttpRequest, import_: Import) -> dict[str, Any]:
    held = int(import_.outcomes.get(Outcome.HELD, 0)) if import_.mode == Mode.IMPORT else 0
    meet = _meet(import_)
    return {
        **_live_context(import_),
        "meet": meet,
        "title": title_of(import_, meet),
        "ledger": ledger_of(import_),
        "races": races_of(import_),
        "created": created_by(import_),
        "story": comparison_story(import_),
        "problems": list(_problems(import_)[:PROBLEMS_SHOWN]),
        "problem_count": _problems(import_).count(),
        "held": held,
        "reviewers": reviewers() if held else [],
        "page_address": request.build_absolute_uri(reverse("import", args=[import_.pk])),
        "may_change": may_change(request.user, import_),
        "suspicious": RecordHold.objects.filter(import_id=import_.pk, status=HoldStatus.OPEN).count(),
        "is_preview": import_.mode == Mode.PREVIEW,
    }


def reviewers() -> list[str]:
    people = get_user_model().objects.filter(is_active=True)
    people = people.filter(Q(groups__name__in=["reviewer", "admin"]) | Q(is_superuser=True)).distinct()
    return [person.get_full_name() or person.get_username() for person in people.order_by("username")[:20]]


def _meet(import_: Import) -> Meet | None:
    return Meet.objects.filter(pk=import_.meet_id).first() if import_.meet_id else None


def _problems(import_: Import) -> QuerySet[ImportProblem]:
    return ImportProblem.objects.filter(import_id=import_.pk).order_by("severity", "file", "line", "id")
