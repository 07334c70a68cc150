"""Tables of the frame's own pages, and what all long tables share."""

from typing import Any

import django_tables2 as tables
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from importadmin.models import AuditEntry

NUM = {"td": {"class": "num"}, "th": {"class": "num"}}
PAGES_OF = {"meets": "meet", "imports": "import", "athletes": "athlete", "cases": "case"}


class CappedPaginator(Paginator):
    """Counts no further than CAP: the exact number of a million rows is worth nobody's wait."""

    CAP = 2_000

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return rows.order_by()[: self.CAP].count() if isinstance(rows, QuerySet) else len(rows)

    @property
    def capped(self) -> bool:
        return bool(self.count >= self.CAP)


class AuditTable(tables.Table):
    at = tables.TemplateColumn(
        '<time datetime="{{ value|date:"c" }}">{{ value|day }} {{ value|time:"H:i:s" }}</time>', verbose_name="When",
        attrs={"td": {"class": "nowrap"}},
    )  # fmt: skip
    actor = tables.Column(verbose_name="Who", default="command line", orderable=False)
    action = tables.Column(verbose_name="What", orderable=False)
    subject_id = tables.Column(verbose_name="Of", orderable=False, default="–")
    change = tables.Column(verbose_name="Before → after", empty_values=(), orderable=False)
    reason = tables.Column(verbose_name="Why", orderable=False, default="–")

    class Meta:
        order_by = "-at"
        empty_text = "Nothing recorded yet for this choice. Imports, ratings and decisions appear here as they happen."

    def render_action(self, value: str) -> str:
        thing, _, done = value.partition(".")
        return f"{thing.replace('_', ' ')} {done.replace('_', ' ')}".capitalize()

    def render_subject_id(self, record: AuditEntry, value: str) -> Any:
        words = f"{record.subject_table.rstrip('s')} {value[-8:]}"
        page = PAGES_OF.get(record.subject_table)
        try:
            return format_html('<a href="{}">{}</a>', reverse(page, args=[value]), words) if page else words
        except NoReverseMatch:
            return words

    def render_change(self, record: AuditEntry) -> SafeString | str:
        before, after = record.before or {}, record.after or {}
        if not isinstance(before, dict) or not isinstance(after, dict):
            return f"{before} → {after}"
        keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
        return format_html_join(
            ", ", "{}: {} → <strong>{}</strong>",
            ((key.replace("_", " "), _short(before.get(key)), _short(after.get(key))) for key in keys[:6]),
        ) or "–"  # fmt: skip


def _short(value: Any) -> str:
    if value is None or value == "" or value == []:
        return "–"
    words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return words if len(words) <= 80 else f"{words[:79]}…"
