"""What a case's page shows beside the case itself: whom the CSV means, field by field against each candidate."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db import connection

from importadmin.templatetags.words import gender_label
from meets.models import ImportRow
from reconciliation.models import Case

FIELDS = (("name", "Name"), ("grad_year", "Graduates"), ("gender", "Gender"))

CANDIDATE_RESULTS = """
    SELECT r.athlete_id, m.meet_date, m.name AS meet, m.id AS meet_id, r.time_cs, r.place_overall, ra.name AS race
    FROM results r JOIN meets m ON m.id = r.meet_id LEFT JOIN races ra ON ra.id = r.race_id
    WHERE r.athlete_id = ANY(%s) ORDER BY m.meet_date DESC, r.time_cs LIMIT 100"""


@dataclass(frozen=True)
class Field:
    label: str
    pieces: list[tuple[str, bool]]  # text, differs


@dataclass(frozen=True)
class Side:
    candidate: dict[str, Any]
    fields: list[Field]
    results: list[dict[str, Any]]


def sides_of(case: Case) -> list[Side]:
    """Each candidate against the subject, differences marked letter by letter."""
    results = _results([candidate.get("athlete_id") for candidate in case.candidates])
    return [
        Side(
            candidate,
            [Field(label, compared(key, case.subject, candidate)) for key, label in FIELDS],
            results.get(str(candidate.get("athlete_id")), []),
        )
        for candidate in case.candidates
    ]


def show(key: str, person: dict[str, Any]) -> str:
    value = person.get(key)
    if key == "gender" and value:
        return gender_label(str(value))
    return "" if value is None else str(value)


def compared(key: str, subject: dict[str, Any], candidate: dict[str, Any]) -> list[tuple[str, bool]]:
    """The candidate's value in pieces, each with whether it differs: a name letter by letter, all else as a whole."""
    ours, theirs = show(key, subject), show(key, candidate)
    if key == "name":
        return differing(ours, theirs)
    return [(theirs or "not known", ours != theirs)]


def differing(other: str, text: str) -> list[tuple[str, bool]]:
    """`text` in pieces: what `other` has too, and what it has not."""
    matcher = SequenceMatcher(None, other, text, autojunk=False)
    return [(text[j1:j2], tag != "equal") for tag, _i1, _i2, j1, j2 in matcher.get_opcodes() if j2 > j1]


def subject_name(case: Case) -> list[tuple[str, bool]]:
    """The CSV's name against the likeliest candidate's: letters that only the CSV has are marked here."""
    name = show("name", case.subject)
    if not case.candidates:
        return [(name, False)]
    return differing(show("name", case.candidates[0]), name)


def rows_of(case: Case) -> list[ImportRow]:
    keys = list(case.rows.order_by("-import_id", "line").values_list("import_id", "line")[:200])
    rows: list[ImportRow] = []
    for import_id in dict.fromkeys(import_id for import_id, _ in keys):
        lines = [line for of, line in keys if of == import_id]
        rows += ImportRow.objects.filter(import_id=import_id, line__in=lines).order_by("line")
    return rows


def _results(athlete_ids: list[Any]) -> dict[str, list[dict[str, Any]]]:
    ids = [athlete_id for athlete_id in athlete_ids if athlete_id]
    found: dict[str, list[dict[str, Any]]] = {}
    if not ids:
        return found
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATE_RESULTS.replace("ANY(%s)", "ANY(%s::uuid[])"), [ids])
        names = [column.name for column in cursor.description or ()]
        for row in cursor.fetchall():
            found.setdefault(str(row[0]), []).append(dict(zip(names, row, strict=True)))
    return found
