"""What a decision changed, row by row and in words."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case as When_
from django.db.models import Count, Value, When

from importadmin.templatetags.words import race_time
from reconciliation.models import Decision, DecisionChange

SHOWN = 100
# table: (one, many)
TABLES = {
    "results": ("result", "results"),
    "athletes": ("athlete", "athletes"),
    "import_rows": ("line of a CSV", "lines of a CSV"),
    "cases": ("question", "questions"),
    "case_rows": ("waiting line", "waiting lines"),
    "slug_redirects": ("redirect", "redirects"),
    "athlete_aliases": ("spelling", "spellings"),
    "remembered_pairs": ("remembered pair", "remembered pairs"),
    "set_aside_lines": ("line set aside", "lines set aside"),
    "potential_duplicates": ("possible duplicate", "possible duplicates"),
    "potential_duplicate_athletes": ("possible duplicate athlete", "possible duplicate athletes"),
}
FIELDS = {
    "athlete_id": "athlete",
    "time_cs": "time",
    "normalized_time_cs": "normalised mile",
    "source_name": "name in the CSV",
    "grad_year": "graduates",
    "school_id": "school",
    "athletic_net_id": "athletic.net",
    "slug": "address",
    "result_id": "result",
    "meet_id": "meet",
    "race_id": "race",
    "place_overall": "place",
}
# Book-keeping that says nothing to a reader.
UNTOLD = {
    "updated_at",
    "created_at",
    "name_key",
    "evidence_hash",
    "fingerprint",
    "evidence",
    "version",
    "position",
    "id",
}
TOLD_OF = {
    "results": ("source_name", "time_cs", "place_overall"),
    "athletes": ("name", "grad_year", "slug"),
    "import_rows": ("line", "athlete_name", "time_cs"),
    "slug_redirects": ("slug",),
    "athlete_aliases": ("name",),
    "cases": ("question",),
}


@dataclass(frozen=True)
class Change:
    verb: str  # "made", "removed", "changed"
    table: str
    what: str
    fields: list[tuple[str, str, str]]  # label, before, after


def changes_of(decision: Decision) -> tuple[list[Change], str]:
    """(the first changes in words, "12 results changed, 1 athlete removed"). Two queries."""
    rows = decision.changes.order_by("id")[:SHOWN]
    verb = When_(
        When(old__isnull=True, then=Value("made")),
        When(new__isnull=True, then=Value("removed")),
        default=Value("changed"),
    )
    tables = decision.changes.order_by().annotate(verb=verb).values_list("table_name", "verb").annotate(n=Count("id"))
    sentence = ", ".join(f"{n:,} {table_words(table, n)} {verb}" for table, verb, n in tables.order_by("table_name"))
    return [in_words(one) for one in rows], sentence


def table_words(table: str, n: int) -> str:
    one, many = TABLES.get(table, (f"row of {table}", f"rows of {table}"))
    return one if n == 1 else many


def in_words(change: DecisionChange) -> Change:
    old, new = change.old or {}, change.new or {}
    row = new or old
    told = [_value(key, row.get(key)) for key in TOLD_OF.get(change.table_name, ()) if row.get(key) not in (None, "")]
    fields = []
    if change.old is not None and change.new is not None:
        keys = [key for key in {**old, **new} if old.get(key) != new.get(key) and key not in UNTOLD]
        fields = [
            (FIELDS.get(key, key.replace("_", " ")), _value(key, old.get(key)), _value(key, new.get(key)))
            for key in keys
        ]
    return Change(_verb(change), table_words(change.table_name, 1), ", ".join(told), fields)


def _verb(change: DecisionChange) -> str:
    return "made" if change.old is None else "removed" if change.new is None else "changed"


def _value(key: str, value: Any) -> str:
    if value is None or value == "":
        return "–"
    if key.endswith("time_cs"):
        return race_time(value)
    text = str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
