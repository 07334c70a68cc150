"""Cases and decisions as files: CSV for a spreadsheet, which must not run a name as a formula, and JSON for scripts."""

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Count, QuerySet

from meets.models import Meet, School
from reconciliation.compare.download import safe_cell
from reconciliation.models import Case, Decision

CASE_COLUMNS = (
    "case_id", "kind", "status", "question", "meet_id", "meet", "school_id", "school", "name", "grad_year", "gender",
    "candidate_id", "candidate", "score", "vetoes", "supports", "lines", "parked_for", "asked_at", "version",
)  # fmt: skip
DECISION_COLUMNS = (
    "decision_id", "at", "who", "answer", "case_id", "kind", "question", "summary", "reason", "vetoes", "meet_id",
    "athlete_ids", "batch", "undoes", "undone_by",
)  # fmt: skip
CHUNK = 1000


def case_rows(cases: QuerySet[Case]) -> Iterator[dict[str, Any]]:
    """One dictionary a case, keys CASE_COLUMNS. Lists of words come joined by "; "."""
    counted = cases.select_related("parked_for").annotate(lines=Count("rows"))
    for batch in _batches(counted.iterator(CHUNK)):
        meets = _names(Meet, {case.meet_id for case in batch})
        schools = _names(School, {case.school_id for case in batch})
        for case in batch:
            first = case.candidates[0] if case.candidates else {}
            yield {
                "case_id": case.pk,
                "kind": case.kind,
                "status": case.status,
                "question": case.question,
                "meet_id": case.meet_id,
                "meet": meets.get(case.meet_id),
                "school_id": case.school_id,
                "school": schools.get(case.school_id),
                "name": case.subject.get("name"),
                "grad_year": case.subject.get("grad_year"),
                "gender": case.subject.get("gender"),
                "candidate_id": first.get("athlete_id"),
                "candidate": first.get("name"),
                "score": case.score,
                "vetoes": "; ".join(first.get("vetoes") or []),
                "supports": "; ".join(first.get("supports") or []),
                "lines": case.lines,
                "parked_for": case.parked_for.get_username() if case.parked_for else None,
                "asked_at": case.created_at,
                "version": case.version,
            }


def decision_rows(decisions: QuerySet[Decision]) -> Iterator[dict[str, Any]]:
    """One dictionary a decision, keys DECISION_COLUMNS; ids of athletes joined by spaces."""
    for decision in decisions.select_related("undone_by").iterator(CHUNK):
        yield {
            "decision_id": decision.pk,
            "at": decision.at,
            "who": decision.user_name,
            "answer": decision.answer,
            "case_id": decision.case_id,
            "kind": decision.case_kind,
            "question": decision.question,
            "summary": decision.summary,
            "reason": decision.reason,
            "vetoes": "; ".join(map(str, decision.vetoes or [])),
            "meet_id": decision.meet_id,
            "athlete_ids": " ".join(map(str, decision.athlete_ids)),
            "batch": decision.batch,
            "undoes": decision.undoes_id,
            "undone_by": decision.undo.pk if decision.undo else None,
        }


def as_csv(columns: Iterable[str], rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    names = list(columns)
    # Excel takes a file for UTF-8 only when it begins with the byte order mark.
    yield "\ufeff" + writer.writerow(names)
    for row in rows:
        yield writer.writerow([safe_cell(_text(row[name])) for name in names])


def as_json(key: str, rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """`{key: [row, …]}`, written as it is read: the size of the file costs no memory."""
    yield f'{{"{key}": ['
    for number, row in enumerate(rows):
        yield (",\n" if number else "\n") + json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False)
    yield "\n]}\n"


class _Echo:
    def write(self, text: str) -> str:
        return text


def _text(value: Any) -> Any:
    return value.isoformat(timespec="seconds") if hasattr(value, "isoformat") else value


def _batches(rows: Iterable[Case]) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for row in rows:
        batch.append(row)
        if len(batch) == CHUNK:
            yield batch
            batch = []
    if batch:
        yield batch


def _names(model: Any, ids: Iterable[UUID | None]) -> dict[Any, str]:
    return dict(model.objects.filter(pk__in=[pk for pk in ids if pk]).values_list("pk", "name"))
