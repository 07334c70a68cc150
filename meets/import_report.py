"""What an import created, as its page tells it: how many of each, and the first of them by name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from meets.models import Import, JournalEntry, Meet, Mode

# In the order in which people ask; singular and plural as read, and the page of one, if it has any.
KINDS: Mapping[str, tuple[str, str, str]] = {
    "results": ("result", "results", ""),
    "athletes": ("athlete", "athletes", "athlete"),
    "schools": ("school", "schools", ""),
    "races": ("race", "races", ""),
    "meets": ("meet", "meets", "meet"),
    "courses": ("course", "courses", ""),
    "venues": ("venue", "venues", ""),
}
NAMES_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Named:
    name: str
    detail: str
    url: str


@dataclass(slots=True)
class Created:
    """One kind of thing. Results have no names of their own: they are the rows of the outcome Added."""

    table: str
    label: str
    count: int
    names: list[Named] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.count - len(self.names)


def title_of(import_: Import, meet: Meet | None) -> str:
    """The meet's name: from the site, from the report of a preview whose meet is new, or from the files."""
    named = import_.bundle.check_report.get("meet") or {}
    return (meet.name if meet else "") or import_.report.get("meet") or named.get("name") or import_.bundle.name


def comparison_story(import_: Import) -> dict[str, str]:
    """The comparison's sentences before and after, without full stops: the page builds them into its own."""
    compared = import_.report.get("comparison") or {}
    return {when: str((compared.get(when) or {}).get("sentence", "")).rstrip(".") for when in ("before", "after")}


def created_by(import_: Import) -> list[Created]:
    counts = import_.report.get("created") or {}
    found = []
    for table, (one, many, page) in KINDS.items():
        if count := int(counts.get(table) or 0):
            created = Created(table, one if count == 1 else many, count)
            if table != "results" and import_.mode != Mode.PREVIEW:
                created.names = _names(import_, table, page)
            found.append(created)
    return found


def _names(import_: Import, table: str, page: str) -> list[Named]:
    entries = JournalEntry.objects.filter(import_id=import_.pk, table_name=table, old__isnull=True)
    return [
        Named(
            str((entry.new or {}).get("name") or "without a name"), _detail(entry.new or {}), _url(page, entry.row_id)
        )
        for entry in entries.order_by("id")[:NAMES_SHOWN]
    ]


def _detail(new: dict[str, Any]) -> str:
    """What tells namesakes apart: the class of an athlete, the town of a school."""
    if new.get("grad_year"):
        return f"class of {new['grad_year']}"
    return str(new.get("city") or "")


def _url(page: str, pk: UUID) -> str:
    try:
        return reverse(page, args=[pk]) if page else ""
    except NoReverseMatch:
        return ""
