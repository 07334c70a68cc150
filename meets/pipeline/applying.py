"""Apply, refresh and the ledger's check: everything that changes a mirrored table for results and athletes."""

from typing import Any

import psycopg

from meets.pipeline.job import JobInfo
from meets.pipeline.resolving import Resolved
from meets.pipeline.sqlfile import PIPELINE

Cursor = psycopg.Cursor[Any]


class LedgerBroken(Exception):
    """The ledger does not balance: a defect of ours, so nothing is committed."""


def apply(cur: Cursor, job: JobInfo, resolved: Resolved) -> dict[str, int]:
    """Write athletes, results and import rows; return how many of each kind were created."""
    meet_id = resolved.meet_id
    athletes = PIPELINE.run(cur, "60_people", import_id=job.import_id)
    results = PIPELINE.run(cur, "61_results", meet_id=meet_id, import_id=job.import_id)
    if results:
        # The counting trigger rests during a bulk import.
        cur.execute("UPDATE meets SET result_count = result_count + %s WHERE id = %s", [results, meet_id])
    PIPELINE.run(cur, "62_rows", import_id=job.import_id)
    cur.execute(
        "SELECT table_name, count(*) FROM import_journal WHERE import_id = %s AND old IS NULL GROUP BY 1",
        [job.import_id],
    )
    created = dict(cur.fetchall())
    return {**created, "athletes": athletes, "results": results}


def refresh(cur: Cursor, job: JobInfo, resolved: Resolved, results: int) -> tuple[dict[str, int], list[dict[str, Any]]]:
    """Merge the results into the derived tables; return rows changed by table, and records that changed hands."""
    if not results:
        return {}, []
    # Before anything is published: what looks too fast to be true waits for an admin.
    PIPELINE.run(cur, "79_suspicious", meet_id=resolved.meet_id, import_id=job.import_id)
    PIPELINE.run(cur, "80_tops_before")
    cur.execute("SELECT derived, changed FROM merge_results(%s, %s, NULL)", [resolved.meet_id, job.import_id])
    changed = dict(cur.fetchall())
    return changed, PIPELINE.fetch(cur, "81_tops_after")


def check_ledger(cur: Cursor, job: JobInfo, resolved: Resolved, lines: int, written: int) -> None:
    """Count the ledger from every other side; raise LedgerBroken when one disagrees."""
    row = PIPELINE.fetch(cur, "71_ledger", meet_id=resolved.meet_id, import_id=job.import_id)[0]
    counted = job.files["results"].get("data_lines")
    wanted = {
        "rows": lines,
        "without_result": 0,
        "written": written,
        "without_case": 0,
        "claimed_twice": 0,
        "races_off": 0,
    }
    off = {key: (row[key], value) for key, value in wanted.items() if row[key] != value}
    if counted is not None and counted != lines:
        off["lines counted in the file"] = (lines, counted)
    if off:
        text = ", ".join(f"{key}: {have} instead of {want}" for key, (have, want) in off.items())
        raise LedgerBroken(f"The ledger does not balance ({text}); nothing was written.")
