"""Tables of the imports pages."""

from typing import Any

import django_tables2 as tables
from django.db.models import OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, NullIf
from django.utils.html import format_html

from meets.models import Bundle, Import, Meet


def listed_imports() -> QuerySet[Import]:
    """Imports with the name that the list shows: the meet's, else what the files call it, else the bundle's."""
    meet_name = Meet.objects.filter(pk=OuterRef("meet_id")).values("name")[:1]
    called = Bundle.objects.filter(pk=OuterRef("bundle_id")).annotate(called=KT("check_report__meet__name"))
    in_the_files = NullIf(Subquery(called.values("called")), Value("", TextField()), output_field=TextField())
    return (
        Import.objects.select_related("bundle", "created_by")
        .annotate(shown_name=Coalesce(Subquery(meet_name), in_the_files, "bundle__name", output_field=TextField()))
        # Long reports, of which the list shows nothing.
        .defer("report", "questions", "bundle__check_report", "bundle__files")
        .order_by("-created_at", "-pk")
    )


class ImportTable(tables.Table):
    shown_name = tables.TemplateColumn(
        '<a href="{% url "import" record.pk %}">{{ record.shown_name }}</a>', verbose_name="Meet"
    )
    state = tables.TemplateColumn(template_name="imports/_state.html", verbose_name="State")
    lines = tables.Column(verbose_name="Lines", attrs={"td": {"class": "num"}, "th": {"class": "num"}})
    outcomes = tables.TemplateColumn(
        template_name="imports/_outcomes_cell.html", verbose_name="What became of them", orderable=False
    )
    seconds = tables.Column(verbose_name="Took", attrs={"td": {"class": "num"}, "th": {"class": "num"}})
    created_by = tables.Column(verbose_name="By", orderable=False, default="command line")
    created_at = tables.TemplateColumn(
        '<time datetime="{{ record.created_at|date:"c" }}">{{ record.created_at|day }} '
        '{{ record.created_at|time:"H:i" }}</time>',
        verbose_name="Started",
        attrs={"td": {"class": "nowrap"}},
    )

    class Meta:
        default = "–"
        order_by = "-created_at"
        empty_text = "No import matches. Upload a bundle to begin, or choose another state."

    def render_lines(self, record: Import, value: int) -> str:
        return f"{value:,}" if value else "–"

    def render_seconds(self, value: float) -> Any:
        return format_html("{} s", f"{value:.1f}")
