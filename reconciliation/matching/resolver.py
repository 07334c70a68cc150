"""The matcher behind the import's port: candidates in SQL, similarity in Python, verdicts in SQL."""

from pathlib import Path
from typing import Any

import psycopg

from meets.pipeline.sqlfile import SqlFolder
from reconciliation.matching.cases import record_cases
from reconciliation.matching.similar import alike

SQL = SqlFolder(Path(__file__).parent / "sql")
_BATCH = 5000
Cursor = psycopg.Cursor[Any]


class PlainMatcher:
    """Implements meets.pipeline.ports.Matcher."""

    def match(self, cursor: Cursor) -> None:
        """Give every person without a match a verdict: same, doubtful (with candidates) or new."""
        SQL.run(cursor, "10_pairs")
        _score(cursor)
        SQL.run(cursor, "15_by_id")
        SQL.run(cursor, "20_vetoes")
        SQL.run(cursor, "30_verdicts")

    def record_cases(self, cursor: Cursor, *, import_id: str, meet_id: str) -> int:
        return record_cases(cursor, import_id=import_id, meet_id=meet_id)


def _score(cursor: Cursor) -> None:
    """Fill `scored` from `pair`, in batches: memory must not grow with the bundle."""
    cursor.execute(
        "CREATE TEMPORARY TABLE scored (person_id integer, athlete_id uuid, score real, supports text[]) ON COMMIT DROP"
    )
    cursor.execute("DECLARE pairs NO SCROLL CURSOR FOR SELECT * FROM pair")
    while True:
        cursor.execute(f"FETCH {_BATCH} FROM pairs")
        pairs = cursor.fetchall()
        if not pairs:
            break
        found = []
        for person, athlete, key, other, same_year, no_grade in pairs:
            score, why = alike(key, other, same_year or no_grade)
            if score:
                found.append((person, athlete, score, why))
        if found:
            with cursor.copy("COPY scored FROM STDIN") as copy:
                for row in found:
                    copy.write_row(row)
    cursor.execute("CLOSE pairs; ANALYZE scored")
