"""Look for another athlete than those a case suggests."""

from uuid import UUID

from django.db.models import Count
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from importadmin.roles import role_required
from meets.models import Athlete, School
from meets.views.athletes import listed_athletes
from reconciliation.actions.answers import both_exist
from reconciliation.evidence.difference import differing
from reconciliation.models import Case
from reconciliation.review.buttons import wants_athlete
from reconciliation.review.queue import QueueFilter

FOUND_SHOWN = 30


@require_safe
@role_required("reviewer")
def case_athlete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Same school first; `everywhere=1` looks at all schools."""
    case = get_object_or_404(Case, pk=pk)
    name = str(case.subject.get("name") or "")
    words = request.GET.get("q", name.split(" ")[-1]).strip()[:200]
    everywhere = request.GET.get("everywhere") == "1"
    school = School.objects.filter(pk=case.school_id).first() if case.school_id else None
    found = found_athletes(words, None if everywhere else school, name)
    context = {
        "case": case,
        "words": words,
        "everywhere": everywhere,
        "school": school,
        "found": found,
        "takes": wants_athlete(case) and not both_exist(case),
        "chosen": QueueFilter.from_query(QueryDict(request.GET.get("queue", "")[:500]).dict()),
    }
    return render(request, "cases/athlete.html", context)


def found_athletes(words: str, school: School | None, name: str) -> list[dict[str, object]]:
    """Athletes with these words in their names, and their names marked against `name`. Empty for no words."""
    if not words and school is None:
        return []
    athletes = list(listed_athletes(words, school)[:FOUND_SHOWN])
    results = dict(
        Athlete.objects.filter(pk__in=[athlete.pk for athlete in athletes])
        .annotate(n=Count("result"))
        .values_list("pk", "n")
    )
    return [
        {"athlete": athlete, "pieces": differing(name, athlete.name), "results": results.get(athlete.pk, 0)}
        for athlete in athletes
    ]
