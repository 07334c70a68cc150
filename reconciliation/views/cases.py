"""The questions for reviewers: the list of open cases and one case. Read only as yet."""

from typing import Any
from uuid import UUID

import django_tables2 as tables
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from importadmin.roles import role_required
from importadmin.tables import NUM, CappedPaginator
from importadmin.templatetags.words import day
from meets.models import Import, Meet, Race, School
from reconciliation.case_figures import rows_of, sides_of, subject_name
from reconciliation.models import Case, CaseKind, CaseStatus


class CaseTable(tables.Table):
    question = tables.Column(linkify=("case", {"pk": tables.A("pk")}), orderable=False)
    kind = tables.Column(orderable=False, verbose_name="Kind")
    meet = tables.Column(empty_values=(), orderable=False, verbose_name="Meet")
    lines = tables.Column(verbose_name="Lines that wait", attrs=NUM, orderable=False)
    created_at = tables.Column(verbose_name="Asked", attrs={"td": {"class": "nowrap"}})

    class Meta:
        order_by = "created_at"
        empty_text = "No open question. When an import holds results back, what it asks appears here."

    def render_meet(self, record: Case) -> str:
        meet = self.context["meets_by_id"].get(record.meet_id)
        return meet.name if meet else "–"

    def render_created_at(self, value: Any) -> str:
        return day(value)


@require_safe
@role_required("staff")
def cases(request: HttpRequest) -> HttpResponse:
    kind, meet = request.GET.get("kind", ""), _uuid(request.GET.get("meet", ""))
    open_cases = Case.objects.filter(status=CaseStatus.OPEN)
    table = CaseTable(chosen(open_cases, kind, meet).annotate(lines=Count("rows")))
    RequestConfig(request, paginate={"per_page": 50, "paginator_class": CappedPaginator}).configure(table)
    shown = {row.record.meet_id for row in table.page.object_list} | ({meet} if meet else set())
    by_id = Meet.objects.in_bulk([pk for pk in shown if pk])
    by_kind = dict(open_cases.values_list("kind").annotate(Count("pk")))
    context = {
        "table": table,
        "kinds": [(value, label, by_kind.get(value, 0)) for value, label in CaseKind.choices if by_kind.get(value)],
        "kind": kind,
        "meet": by_id.get(meet) if meet else None,
        "total": sum(by_kind.values()),
        "meets_by_id": by_id,
    }
    return render(request, "cases/list.html", context)


def chosen(cases: QuerySet[Case], kind: str, meet: UUID | None) -> QuerySet[Case]:
    if kind in CaseKind.values:
        cases = cases.filter(kind=kind)
    if meet is not None:
        cases = cases.filter(meet_id=meet)
    return cases.order_by("created_at", "pk")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_safe
@role_required("staff")
def case(request: HttpRequest, pk: UUID) -> HttpResponse:
    case = get_object_or_404(Case, pk=pk)
    rows = rows_of(case)
    races = Race.objects.in_bulk([row.race_id for row in rows if row.race_id])
    context = {
        "case": case,
        "subject_name": subject_name(case),
        "sides": sides_of(case),
        "rows": [{"row": row, "race": races.get(row.race_id)} for row in rows],
        "meet": Meet.objects.filter(pk__in=[case.meet_id]).first(),
        "school": School.objects.filter(pk__in=[case.school_id]).first(),
        "import": Import.objects.select_related("bundle").filter(pk__in=[case.import_id]).first(),
        "standing": case.evidence.get("standing") or [],
    }
    return render(request, "cases/case.html", context)
