"""Cases and decisions to download."""

from collections.abc import Iterator

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from importadmin.roles import role_required
from reconciliation.review import exports
from reconciliation.review.decided import DecisionFilter
from reconciliation.review.page import queue_of


@require_safe
@role_required("staff")
def cases_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The open cases of the chosen queue, in its order."""
    rows = exports.case_rows(queue_of(request).ordered())
    return _file(exports.as_csv(exports.CASE_COLUMNS, rows), "text/csv", "cases.csv")


@require_safe
@role_required("staff")
def cases_json(request: HttpRequest) -> StreamingHttpResponse:
    return _file(
        exports.as_json("cases", exports.case_rows(queue_of(request).ordered())), "application/json", "cases.json"
    )


@require_safe
@role_required("staff")
def decisions_csv(request: HttpRequest) -> StreamingHttpResponse:
    rows = exports.decision_rows(DecisionFilter.from_query(request.GET.dict()).decisions())
    return _file(exports.as_csv(exports.DECISION_COLUMNS, rows), "text/csv", "decisions.csv")


@require_safe
@role_required("staff")
def decisions_json(request: HttpRequest) -> StreamingHttpResponse:
    rows = exports.decision_rows(DecisionFilter.from_query(request.GET.dict()).decisions())
    return _file(exports.as_json("decisions", rows), "application/json", "decisions.json")


def _file(parts: Iterator[str], kind: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(parts, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
