"""The lines that wait for an answer, as written, with the finishers either side of them."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from meets.models import ImportRow, Race
from reconciliation.evidence.timeline import SQL
from reconciliation.models import Case

# A person holds back a handful of lines; a flood of them is listed on the import's own page.
LINES_SHOWN = 20


@dataclass
class HeldLine:
    row: ImportRow
    race: Race | None
    around: list[dict[str, Any]] = field(default_factory=list)


def held_lines(case: Case) -> list[HeldLine]:
    """Lines of the latest import that wait for the case, in the file's order. Three queries."""
    keys = list(case.rows.order_by("-import_id", "line").values_list("import_id", "line")[: LINES_SHOWN * 5])
    if not keys:
        return []
    latest = keys[0][0]
    numbers = [line for import_id, line in keys if import_id == latest][:LINES_SHOWN]
    rows = list(ImportRow.objects.filter(import_id=latest, line__in=numbers).order_by("line"))
    races = Race.objects.select_related("course").in_bulk([row.race_id for row in rows if row.race_id])
    around = _around(latest, rows)
    return [HeldLine(row, races.get(row.race_id) if row.race_id else None, around.get(row.line, [])) for row in rows]


def _around(import_id: UUID, rows: list[ImportRow]) -> dict[int, list[dict[str, Any]]]:
    placed = [row for row in rows if row.place is not None and row.race_id]
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    if not placed:
        return found
    with connection.cursor() as cursor:
        near = SQL.fetch(
            cursor,  # type: ignore[arg-type]
            "finishers",
            import_id=import_id,
            lines=[row.line for row in placed],
            races=[row.race_id for row in placed],
            places=[row.place for row in placed],
        )
    for finisher in near:
        found[finisher["of_line"]].append(finisher)
    return found
