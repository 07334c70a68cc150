"""The list of meets and one meet's page."""

from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from importadmin.roles import role_required
from meets import meet_figures, race_plots
from meets.models import Import, Meet, Mode, State
from meets.tables import MeetTable
from meets.waiting import open_cases_column, open_cases_of


@require_safe
@role_required("staff")
def meets(request: HttpRequest) -> HttpResponse:
    words, season = request.GET.get("q", "").strip()[:200], request.GET.get("season", "")
    table = MeetTable(listed_meets(words, season))
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    seasons = Meet.objects.order_by("-season_year").values_list("season_year", flat=True).distinct()
    return render(request, "meets/list.html", {"table": table, "seasons": seasons, "season": season, "words": words})


def listed_meets(words: str, season: str) -> QuerySet[Meet]:
    """`result_count` is the site's own cached count: nothing here reads results, however many there are."""
    last = Import.objects.filter(meet_id=OuterRef("pk"), state=State.DONE, mode=Mode.IMPORT).order_by("-finished_at")
    shown = Meet.objects.select_related("venue").annotate(
        waiting=open_cases_column(), last_import=Subquery(last.values("finished_at")[:1])
    )
    if words.isdigit():
        shown = shown.filter(athletic_net_id=words)
    elif words:
        shown = shown.filter(name__icontains=words)
    if season.isdigit() and len(season) == 4:
        shown = shown.filter(season_year=int(season))
    return shown


@require_safe
@role_required("staff")
def meet(request: HttpRequest, pk: UUID) -> HttpResponse:
    meet = get_object_or_404(Meet.objects.select_related("venue"), pk=pk)
    return render(request, "meets/meet.html", meet_context(meet))


def meet_context(meet: Meet) -> dict[str, Any]:
    latest = meet_figures.latest_import(meet.pk)
    races = race_plots.races_of_meet(meet.pk, latest)
    return {
        "meet": meet,
        "latest": latest,
        "counts": meet_figures.counts_of(meet.pk, meet.result_count, latest),
        "races": races,
        "one_course": race_plots.one_course(races),
        "without_race": meet.result_count - sum(race["results"] for race in races),
        "imports": meet_figures.imports_of(meet.pk)[:10],
        "courses": meet_figures.courses_to_rate(meet.pk),
        "open_cases": open_cases_of(meet.pk),
        # These belong to `reconciliation`; `meets` only knows their names.
        "comparison_url": _address("comparison", meet.pk),
        "races_url": _address("meet-races", meet.pk),
        "checklist_url": _address("meet-checklist", meet.pk),
    }


def _address(name: str, pk: UUID) -> str:
    """Empty without the app that has the page."""
    try:
        return reverse(name, args=[pk])
    except NoReverseMatch:
        return ""
