"""Search over the problems of all imports: the same mistake of a scraper shows in many of them."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from importadmin.roles import role_required
from meets.models import Import, ImportProblem

SHOWN = 200


@require_safe
@role_required("staff")
def problems(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    found = list(_found(words)[: SHOWN + 1])
    imports = Import.objects.select_related("bundle").in_bulk({problem.import_id for problem in found})
    rows = [{"problem": problem, "import": imports.get(problem.import_id)} for problem in found[:SHOWN]]
    return render(request, "imports/problems.html", {"rows": rows, "words": words, "more": len(found) > SHOWN})


def _found(words: str) -> QuerySet[ImportProblem]:
    """Every word somewhere in the message, value, file, column or code; the newest first."""
    found = ImportProblem.objects.order_by("-pk")
    for word in words.split()[:6]:
        found = found.filter(
            Q(message__icontains=word)
            | Q(value__icontains=word)
            | Q(file__icontains=word)
            | Q(column__icontains=word)
            | Q(code__icontains=word)
        )
    return found
