"""The strict comparison of a bundle with the database, in its plainest form: for the demo to show."""

import csv
from pathlib import Path
from typing import Any

import psycopg

IN_DATABASE = """
    SELECT a.name, r.athletic_net_race_id, x.time_cs
    FROM public.results x
    JOIN public.meets m ON m.id = x.meet_id
    JOIN public.races r ON r.id = x.race_id
    JOIN public.athletes a ON a.id = x.athlete_id
    WHERE m.athletic_net_id = %s
"""


def strict(conn: psycopg.Connection[Any], meet_ref: str, folder: Path) -> dict[str, int]:
    """How many (name, race, time) of the bundle the database lacks, and the other way round."""
    with (folder / "results.csv").open(encoding="utf-8", newline="") as lines:
        bundle = {
            (row["athlete_name"], row["athletic_net_race_id"], int(row["time_cs"])) for row in csv.DictReader(lines)
        }
    rows = conn.execute(IN_DATABASE, [meet_ref]).fetchall()
    database = {tuple(row) for row in rows}
    return {"results": len(rows), "missing": len(bundle - database), "extra": len(database - bundle)}
