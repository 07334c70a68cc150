"""A meet's comparison page, its downloads, and the closing checklist."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from importadmin.roles import role_required
from meets.models import ImportRow, Meet, Outcome, Race
from reconciliation.compare.analysis import Analysis, analyse
from reconciliation.compare.checklist import checklist
from reconciliation.compare.download import analysis_csv, analysis_json
from reconciliation.models import Case, CaseRow

TABS = (
    ("missing", "Missing"),
    ("extra", "Extra"),
    ("variants", "Variants"),
    ("repeated", "Repeated"),
    ("held", "Held"),
)
PAGE_ROWS = 50


@require_safe
@role_required("staff")
def comparison(request: HttpRequest, pk: UUID) -> HttpResponse:
    get_object_or_404(Meet, pk=pk)
    found = analyse(pk)
    tab = request.GET.get("tab", "missing")
    if tab not in dict(TABS):
        tab = "missing"
    race = _asked_race(found, request.GET.get("race", ""))
    rows = _rows(found, race)
    context = {
        "found": found,
        "meet": found.meet,
        "tab": tab,
        "race": race,
        "tabs": [{"key": key, "label": label, "count": Paginator(rows[key], 1).count} for key, label in TABS],
        "page": _page(found, tab, rows[tab], request.GET.get("page", "1")),
        "before": _before(found),
        "spelled": found.figures.strict_missing - found.figures.folded_missing,
    }
    return render(request, "reconciliation/comparison.html", context)


@require_safe
@role_required("staff")
def comparison_json(request: HttpRequest, pk: UUID) -> HttpResponse:
    get_object_or_404(Meet, pk=pk)
    response = JsonResponse(analysis_json(analyse(pk)), json_dumps_params={"indent": 1, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="analysis-{pk}.json"'
    return response


@require_safe
@role_required("staff")
def comparison_csv(request: HttpRequest, pk: UUID) -> StreamingHttpResponse:
    get_object_or_404(Meet, pk=pk)
    response = StreamingHttpResponse(analysis_csv(analyse(pk)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="comparison-{pk}.csv"'
    return response


@require_safe
@role_required("staff")
def meet_checklist(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The checklist: a part that the meet's page loads after itself, or a page of its own."""
    meet = get_object_or_404(Meet, pk=pk)
    checks = checklist(pk)
    context = {"meet": meet, "checks": checks, "left": sum(not check["ok"] for check in checks)}
    part = "checklist_lines" if request.headers.get("HX-Request") else "checklist"
    response = render(request, f"reconciliation/{part}.html", context)
    # The same address in two forms: a cache must not hand one out for the other.
    patch_vary_headers(response, ["HX-Request"])
    return response


def _asked_race(found: Analysis, asked: str) -> Race | None:
    """A race that the meet does not have is ignored: the page then shows all of them."""
    return next((race for pk, race in found.races.items() if str(pk) == asked.lower()), None)


def _rows(found: Analysis, race: Race | None) -> dict[str, Sequence[Any] | QuerySet[ImportRow]]:
    """What each tab lists, of one race or of all."""
    repeated, held = found.lines(Outcome.REPEATED), found.lines(Outcome.HELD)
    if race is None:
        return {
            "missing": found.missing,
            "extra": found.extra,
            "variants": found.variants,
            "repeated": repeated,
            "held": held,
        }
    return {
        "missing": [missing for missing in found.missing if missing.line.race_id == race.pk],
        "extra": [extra for extra in found.extra if extra.result.race_id == race.pk],
        "variants": [variant for variant in found.variants if variant.line.race_id == race.pk],
        "repeated": repeated.filter(race_id=race.pk),
        "held": held.filter(race_id=race.pk),
    }


def _page(found: Analysis, tab: str, rows: Sequence[Any] | QuerySet[ImportRow], number: str) -> Page[Any]:
    page: Page[Any] = Paginator(rows, PAGE_ROWS).get_page(number)
    page.object_list = [_shown(found, tab, row) for row in page.object_list]
    if tab in ("missing", "held"):
        _attach_cases(found, page.object_list)
    return page


def _shown(found: Analysis, tab: str, row: Any) -> dict[str, Any]:
    if tab == "extra":
        line, result, race_id, time_cs = row.likely, row.result, row.result.race_id, row.result.time_cs
    elif isinstance(row, ImportRow):
        line, result, race_id, time_cs = row, None, row.race_id, row.time_cs
    else:
        result = row.likely if tab == "missing" else row.result
        line, race_id, time_cs = row.line, row.line.race_id, row.line.time_cs
    race = found.races.get(race_id) if race_id else None
    return {"row": row, "line": line, "result": result, "race": race, "time_cs": time_cs}


def _attach_cases(found: Analysis, rows: list[dict[str, Any]]) -> None:
    """The question that each held line of this page waits for."""
    if found.import_ is None:
        return
    lines = [row["line"].line for row in rows]
    waiting = dict(CaseRow.objects.filter(import_id=found.import_.pk, line__in=lines).values_list("line", "case_id"))
    cases = Case.objects.in_bulk(set(waiting.values()))
    for row in rows:
        row["case"] = cases.get(waiting.get(row["line"].line))


def _before(found: Analysis) -> dict[str, Any] | None:
    """What the comparison was before the latest import, if its report tells."""
    report = found.import_.report if found.import_ else {}
    before: dict[str, Any] | None = report.get("comparison", {}).get("before")
    return before
