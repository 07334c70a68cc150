"""What an import tells afterwards: figures for its page and its JSON."""

from typing import Any

import psycopg

from meets.models.imports import Outcome
from meets.pipeline.job import JobInfo
from meets.pipeline.sqlfile import PIPELINE

HELD_SHOWN = 50
Cursor = psycopg.Cursor[Any]


def outcomes(cur: Cursor, job: JobInfo) -> dict[str, int]:
    """Rows by outcome, every outcome named."""
    cur.execute("SELECT outcome, count(*) FROM verdict GROUP BY 1")
    found: dict[str, int] = dict(cur.fetchall())
    return {outcome.value: found.get(outcome.value, 0) for outcome in Outcome}


def per_race(cur: Cursor) -> list[dict[str, Any]]:
    """[{race_id, name, gender, outcomes}], rows of unknown races last."""
    races: dict[Any, dict[str, Any]] = {}
    for row in PIPELINE.fetch(cur, "72_counts"):
        race = races.setdefault(
            row["race_id"],
            {
                "race_id": str(row["race_id"]) if row["race_id"] else None,
                "name": row["name"] or "Unknown race",
                "gender": row["gender"],
                "outcomes": {},
            },
        )
        race["outcomes"][row["outcome"]] = row["rows"]
    return sorted(races.values(), key=lambda race: (race["race_id"] is None, race["name"], race["gender"] or ""))


def held_sample(cur: Cursor, job: JobInfo) -> list[dict[str, Any]]:
    """The first held lines with what they wait for: a preview keeps no rows, but tells these."""
    cur.execute(
        """SELECT v.line, s.athlete_name, v.hold_kind FROM verdict v JOIN staged s USING (line)
            WHERE v.outcome = 'held' ORDER BY v.line LIMIT %s""",
        [HELD_SHOWN],
    )
    return [{"line": line, "name": name, "kind": kind} for line, name, kind in cur.fetchall()]
