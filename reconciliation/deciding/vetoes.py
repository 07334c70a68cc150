"""What proves that two are two. Looked up anew when an answer is given: the facts may have changed since the import."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

SQL = Path(__file__).parent / "sql"


def row_vetoes(
    athlete_id: UUID | str, subject: dict[str, Any], rows: list[dict[str, Any]], key: str | None
) -> list[str]:
    """`rows`: held rows {race_id, time_cs, meet_id, import_id} of the CSV's person `subject`; `key` its person_key."""
    return _ask(
        "row_vetoes",
        {
            "athlete": str(athlete_id),
            "gender": subject.get("gender"),
            "grad_year": subject.get("grad_year"),
            "rows": json.dumps(rows, default=str),
            "imports": [str(row["import_id"]) for row in rows],
            "key": key,
        },
    )


def pair_vetoes(one: UUID | str, other: UUID | str) -> list[str]:
    return _ask("pair_vetoes", {"one": str(one), "other": str(other)})


def _ask(name: str, params: dict[str, Any]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute((SQL / f"{name}.sql").read_text(encoding="utf-8"), params)
        return [why for (why,) in cursor.fetchall()]
