"""The rows of an import: by outcome, race and search, with the line as written and where it went."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from importadmin.roles import role_required
from meets.import_report import title_of
from meets.import_rows import RowFilter, page_of_rows
from meets.ledger import ledger_of
from meets.models import Import, Race


@require_GET
@role_required("staff")
def import_rows(request: HttpRequest, pk: UUID) -> HttpResponse:
    import_ = get_object_or_404(Import.objects.select_related("bundle"), pk=pk)
    wanted = RowFilter.from_query(request.GET.dict())
    races = Race.objects.filter(meet_id=import_.meet_id).order_by("gender", "name") if import_.meet_id else []
    return render(
        request,
        "imports/rows.html",
        {
            "import": import_,
            "title": title_of(import_, None),
            "wanted": wanted,
            "page": page_of_rows(import_, wanted),
            "ledger": ledger_of(import_),
            "races": races,
            "query": _query_without_page(request),
        },
    )


def _query_without_page(request: HttpRequest) -> str:
    """The filters as they stand, for the links to the pages before and after."""
    query = request.GET.copy()
    query.pop("after", None)
    query.pop("before", None)
    return query.urlencode()
