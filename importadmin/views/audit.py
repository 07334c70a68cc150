"""The audit log: who did what, when and why."""

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from importadmin.audit import THINGS
from importadmin.audit_filters import filtered
from importadmin.roles import role_required
from importadmin.tables import AuditTable, CappedPaginator


@require_safe
@role_required("staff")
def audit(request: HttpRequest) -> HttpResponse:
    chosen, entries = filtered(request)
    table = AuditTable(entries)
    RequestConfig(request, paginate={"per_page": 50, "paginator_class": CappedPaginator}).configure(table)
    context = {
        "table": table,
        "chosen": chosen,
        "people": get_user_model().objects.order_by("username").values_list("username", flat=True),
        "kinds": THINGS.items(),
    }
    return render(request, "audit/list.html", context)
