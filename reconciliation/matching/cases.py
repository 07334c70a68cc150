"""Write the questions of an import: cases, their rows, and the site's own table of doubtful athletes."""

from pathlib import Path
from typing import Any

import psycopg

from meets.pipeline.sqlfile import SqlFolder

SQL = SqlFolder(Path(__file__).parent / "sql")


def record_cases(cursor: "psycopg.Cursor[Any]", *, import_id: str, meet_id: str) -> int:
    """Return the number of cases that did not exist before. Needs the pipeline's temporary tables."""
    if not SQL.run(cursor, "40_cases"):
        return 0
    SQL.run(cursor, "41_evidence")
    fresh = SQL.fetch(cursor, "42_cases", import_id=import_id, meet_id=meet_id)[0]["fresh"]
    SQL.run(cursor, "43_case_rows", import_id=import_id, meet_id=meet_id)
    return int(fresh)
