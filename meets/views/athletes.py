"""Athletes: the list, and what one athlete's page shows of results and spellings."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from importadmin.roles import role_required
from importadmin.tables import CappedPaginator
from meets.models import Athlete, AthleteAlias, AthleteBestTimes, Result, School, SlugRedirect
from meets.names import name_key
from meets.tables import AthleteTable

RESULTS_SHOWN = 500


@require_safe
@role_required("staff")
def athletes(request: HttpRequest) -> HttpResponse:
    words, school = request.GET.get("q", "").strip()[:200], request.GET.get("school", "")
    chosen = _school(school)
    table = AthleteTable(listed_athletes(words, chosen))
    RequestConfig(request, paginate={"per_page": 50, "paginator_class": CappedPaginator}).configure(table)
    return render(request, "athletes/list.html", {"table": table, "words": words, "school": chosen})


def listed_athletes(words: str, school: School | None) -> QuerySet[Athlete]:
    shown = Athlete.objects.select_related("school").order_by("name_key", "pk")
    if school is not None:
        shown = shown.filter(school=school)
    # Every word somewhere in the name: "rivera ma" finds María Rivera.
    for word in name_key(words.replace("\x00", "")).split()[:6]:
        shown = shown.filter(name_key__contains=word)
    return shown


def _school(text: str) -> School | None:
    try:
        return School.objects.filter(pk=UUID(text)).first()
    except ValueError:
        return None


def athlete_context(athlete: Athlete) -> dict[str, Any]:
    results = list(
        Result.objects.filter(athlete=athlete)
        .select_related("meet", "race", "race__course")
        .order_by("-meet__meet_date", "race__name", "time_cs")[:RESULTS_SHOWN]
    )
    aliases = AthleteAlias.objects.filter(athlete_id=athlete.pk).values_list("name", flat=True)
    spellings = {result.source_name for result in results if result.source_name} | set(aliases)
    return {
        "athlete": athlete,
        "results": results,
        "more": len(results) == RESULTS_SHOWN,
        "bests": AthleteBestTimes.objects.filter(athlete=athlete).order_by("-season_year"),
        "spellings": sorted(spellings - {athlete.name}),
        "redirects": SlugRedirect.objects.filter(athlete_id=athlete.pk).order_by("slug"),
    }
