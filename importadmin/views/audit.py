"""The audit log: who did what, when and why."""

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from importadmin.models import AuditEntry
from importadmin.roles import role_required
from importadmin.tables import AuditTable, CappedPaginator


@require_safe
@role_required("staff")
def audit(request: HttpRequest) -> HttpResponse:
    person, kind, subject = (request.GET.get(key, "").strip()[:200] for key in ("person", "kind", "subject"))
    entries = AuditEntry.objects.select_related("actor").order_by("-at", "-pk")
    if person:
        entries = entries.filter(actor__username=person)
    if kind:
        entries = entries.filter(action__startswith=f"{kind}.")
    if subject:
        entries = entries.filter(subject_id=subject)
    table = AuditTable(entries)
    RequestConfig(request, paginate={"per_page": 50, "paginator_class": CappedPaginator}).configure(table)
    context = {
        "table": table,
        "person": person,
        "kind": kind,
        "subject": subject,
        "people": get_user_model().objects.order_by("username").values_list("username", flat=True),
        "kinds": KINDS,
    }
    return render(request, "audit/list.html", context)


KINDS = (
    ("import", "Imports"),
    ("course", "Courses"),
    ("case", "Cases"),
    ("meet", "Meets"),
    ("derived", "Derived tables"),
    ("person", "People and roles"),
)
