"""The one search box: meets, athletes, schools, imports."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from importadmin.roles import role_required
from meets.models import Athlete, Import, Meet, School, SlugRedirect
from meets.names import name_key
from meets.tables_imports import listed_imports

SHOWN = 10


@require_safe
@role_required("staff")
def search(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    if not words:
        return render(request, "search/results.html", {"searched": ""})
    if direct := exact(words):
        return redirect(direct)
    key = name_key(words)
    athletes = Athlete.objects.select_related("school")
    found = {
        "meets": Meet.objects.filter(name__icontains=words).order_by("-meet_date")[: SHOWN + 1],
        "athletes": athletes.filter(name_key__contains=key).order_by("name_key")[: SHOWN + 1] if key else [],
        "schools": School.objects.filter(name__icontains=words).order_by("name")[: SHOWN + 1],
        "imports": listed_imports().filter(bundle__name__icontains=words)[: SHOWN + 1],
    }
    groups = {name: list(rows) for name, rows in found.items()}
    context = {**groups, "searched": words, "shown": SHOWN, "nothing": not any(groups.values())}
    return render(request, "search/results.html", context)


def exact(words: str) -> str | None:
    """What a whole id, athletic.net number of a meet, or slug leads to at once; None when it is no such thing."""
    try:
        pk = UUID(words)
    except ValueError:
        return _by_number_or_slug(words)
    for name, model in (("meet", Meet), ("athlete", Athlete), ("import", Import)):
        if model._default_manager.filter(pk=pk).exists():
            return reverse(name, args=[pk])
    return None


def _by_number_or_slug(words: str) -> str | None:
    if words.isascii() and words.isdigit():
        meets = list(Meet.objects.filter(athletic_net_id=words).values_list("pk", flat=True)[:2])
        if len(meets) == 1:
            return reverse("meet", args=meets)
    if " " not in words and "-" in words:
        athlete = Athlete.objects.filter(slug=words.lower()).values_list("pk", flat=True).first()
        athlete = athlete or SlugRedirect.objects.filter(pk=words.lower()).values_list("athlete_id", flat=True).first()
        if athlete:
            return reverse("athlete", args=[athlete])
    return None
