"""A meet's races with what is missing and extra: a part that the meet's page loads, or a page of its own."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from importadmin.roles import role_required
from meets.models import Meet
from meets.race_plots import Differences, one_course, races_of_meet
from reconciliation.compare.analysis import analyse


@require_safe
@role_required("staff")
def meet_races(request: HttpRequest, pk: UUID) -> HttpResponse:
    meet = get_object_or_404(Meet, pk=pk)
    found = analyse(pk)
    differences = Differences(
        missing=_by_race((missing.line.race_id, missing.line.time_cs) for missing in found.missing),
        extra=_by_race((extra.result.race_id, extra.result.time_cs) for extra in found.extra),
    )
    races = races_of_meet(pk, found.import_, differences)
    context = {
        "meet": meet,
        "latest": found.import_,
        "races": races,
        "one_course": one_course(races),
        "without_race": meet.result_count - sum(race["results"] for race in races),
        "compared": found.import_ is not None,
        "comparison_url": reverse("comparison", args=[pk]),
        "races_url": request.path,
    }
    template = "meets/_races.html" if request.headers.get("HX-Request") else "reconciliation/races.html"
    response = render(request, template, context)
    # The same address in two forms: a cache must not hand one out for the other.
    patch_vary_headers(response, ["HX-Request"])
    return response


def _by_race(times: Iterable[tuple[UUID | None, int]]) -> dict[UUID, list[int]]:
    found: dict[UUID, list[int]] = defaultdict(list)
    for race_id, time_cs in times:
        if race_id:
            found[race_id].append(time_cs)
    return found
