"""Tables of the frame's own pages, and what all long tables share."""

from typing import Any

import django_tables2 as tables
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from importadmin.models import AuditEntry

NUM = {"td": {"class": "num"}, "th": {"class": "num"}}
PAGES_OF = {
    "meets": "meet",
    "imports": "import",
    "athletes": "athlete",
    "cases": "case",
    "bundles": "bundle-check",
    "auth_user": "person",
}
# Ids and hashes say nothing to a reader; the column "Of" names and links the thing.
UNTOLD = {"content_hash", "bundle", "bundle_name", "name", "course"}


class CappedPaginator(Paginator):
    """Counts no further than CAP: the exact number of a million rows is worth nobody's wait."""

    CAP = 2_000

    @cached_property
    def count(self) -> int:
        # A table hands over its own rows, which hold the data, which holds the query.
        rows: Any = self.object_list
        for _ in range(2):
            rows = getattr(rows, "data", rows)
        return rows.order_by()[: self.CAP].count() if isinstance(rows, QuerySet) else len(rows)

    @property
    def capped(self) -> bool:
        return bool(self.count >= self.CAP)


class AuditTable(tables.Table):
    at = tables.TemplateColumn(
        '<time datetime="{{ value|date:"c" }}">{{ value|day }} {{ value|time:"H:i:s" }}</time>', verbose_name="When",
        attrs={"td": {"class": "nowrap"}},
    )  # fmt: skip
    actor = tables.Column(verbose_name="Who", empty_values=(), orderable=False)
    action = tables.Column(verbose_name="What", orderable=False)
    subject_id = tables.Column(verbose_name="Of", orderable=False, default="–", attrs={"td": {"class": "break"}})
    change = tables.Column(verbose_name="What changed", empty_values=(), orderable=False)
    reason = tables.Column(verbose_name="Why", orderable=False, default="–")

    class Meta:
        order_by = "-at"
        empty_text = "Nothing recorded yet for this choice. Imports, ratings and decisions appear here as they happen."

    def render_actor(self, record: AuditEntry) -> str:
        return record.actor.get_username() if record.actor else record.who or "command line"

    def render_action(self, record: AuditEntry) -> str:
        return record.words

    def render_subject_id(self, record: AuditEntry, value: str) -> Any:
        told = record.after or record.before or {}
        thing = record.subject_table.removeprefix("auth_").rstrip("s")
        words = told.get(thing) or told.get("name") or told.get("bundle_name") or f"{thing} {value[-8:]}"
        page = PAGES_OF.get(record.subject_table)
        try:
            return format_html('<a href="{}">{}</a>', reverse(page, args=[value]), words) if page else words
        except NoReverseMatch:
            return words

    def render_change(self, record: AuditEntry) -> SafeString | str:
        before, after = record.before or {}, record.after or {}
        keys = [key for key in {**before, **after} if before.get(key) != after.get(key) and key not in UNTOLD]
        pieces = [_change(key.replace("_", " "), before.get(key), after.get(key)) for key in keys[:6]]
        return format_html_join(mark_safe("<br>"), "{}", ((piece,) for piece in pieces)) or "–"


def _change(name: str, before: Any, after: Any) -> SafeString:
    if before in (None, "", []):
        return format_html("{}: {}", name, _short(after))
    return format_html("{}: {} → <strong>{}</strong>", name, _short(before), _short(after))


def _short(value: Any) -> str:
    if value is None or value == "" or value == []:
        return "–"
    words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return words if len(words) <= 80 else f"{words[:79]}…"
