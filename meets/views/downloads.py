"""What an import leaves to download: its problems as CSV and JSON."""

from collections.abc import Iterator
from uuid import UUID

from django.http import HttpRequest, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from importadmin.roles import role_required
from meets.models import Import, ImportProblem
from meets.problem_files import problem_dict, problems_csv


@require_GET
@role_required("staff")
def import_problems_csv(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    import_ = get_object_or_404(Import.objects.select_related("bundle"), pk=pk)
    return _attachment(problems_csv(import_), "text/csv; charset=utf-8", f"problems-{import_.pk}.csv")


@require_GET
@role_required("staff")
def import_problems_json(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    import_ = get_object_or_404(Import, pk=pk)
    problems = ImportProblem.objects.filter(import_id=import_.pk).order_by("file", "line", "id")
    body = {
        "import_id": str(import_.pk),
        "state": import_.state,
        "failure": import_.failure,
        "problems": [problem_dict(problem) for problem in problems.iterator(2000)],
    }
    response = JsonResponse(body)
    response["Content-Disposition"] = f'attachment; filename="problems-{import_.pk}.json"'
    return response


def _attachment(parts: Iterator[str], content_type: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(parts, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
