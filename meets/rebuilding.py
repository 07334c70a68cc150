"""The two halves of a rebuild: work the difference out, and write it if it is still the one that was approved."""

import time
from typing import Any

import psycopg

from meets.derived_tables import BY_NAME
from meets.pipeline.job import Monitor
from meets.pipeline.lock import take_identity_lock

Cursor = psycopg.Cursor[Any]
Difference = dict[str, dict[str, Any]]
# How many rows of each table are shown with what was and will be.
SHOWN = 500
# Up to so many athletes, courses or schools are recomputed by name; beyond it everything is, which is cheaper then.
SUBJECTS_BY_NAME = 2_000
# Sorting and hashing a million rows on disk takes three times as long. One rebuild runs at a time.
SETTINGS = "SET LOCAL jit = off; SET LOCAL work_mem = '96MB'; SET LOCAL importadmin.bulk = 'on'"
RUNNING_IMPORT = """
    SELECT b.name FROM importadmin.imports i JOIN importadmin.bundles b ON b.id = i.bundle_id
     WHERE i.state = 'running' ORDER BY i.started_at LIMIT 1"""


class NotNow(Exception):
    """The rebuild ends without writing; the sentence says why and what to do."""


def import_running(cur: Any) -> str | None:
    """The name of the bundle that is being imported."""
    cur.execute(RUNNING_IMPORT)
    row = cur.fetchone()
    return str(row[0]) if row else None


def refuse_while_importing(cur: Any) -> None:
    if name := import_running(cur):
        raise NotNow(f"{name} is being imported, and its results go into the records. Rebuild afterwards.")


def compute(conn: "psycopg.Connection[Any]", rebuild_id: str, names: list[str], monitor: Monitor) -> Difference:
    """Work out what a rebuild of these would change, keep it in the shadow, and count it. Nothing else is written.

    One snapshot for all tables, no lock: everybody goes on writing. Returns after the commit, which is of the shadow
    alone: the row of the run is written by the lease meanwhile, so a snapshot as old as this one couldn't finish it.
    """
    conn.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    with conn.cursor() as cur:
        cur.execute(SETTINGS)
        refuse_while_importing(cur)
        cur.execute("DELETE FROM rebuild_changes WHERE rebuild_id = %s", [rebuild_id])
        found = {}
        # Best times and halls of fame as they will be once the normalised times are right.
        source = "importadmin.results_to_come()" if "normalized_times" in names else "'public.eligible_results'"
        for number, name in enumerate(names, start=1):
            monitor.stage(name, total=len(names))
            found[name] = _compute_one(cur, rebuild_id, name, source)
            monitor.advance(number)
    conn.commit()
    conn.isolation_level = None
    return found


def _compute_one(cur: Cursor, rebuild_id: str, name: str, source: str) -> dict[str, Any]:
    table = BY_NAME[name].table
    began = time.monotonic()
    cur.execute(f"SELECT find_difference(%s, NULL, {source})", [table])  # noqa: S608  (one of two constants)
    changed, digest = _digest(cur, table)
    cur.execute("SELECT tell_difference(%s, %s, %s)", [rebuild_id, table, SHOWN])
    cur.execute(
        "SELECT kind, count(*) FROM rebuild_changes WHERE rebuild_id = %s AND derived = %s GROUP BY 1",
        [rebuild_id, table],
    )
    kinds = dict(cur.fetchall())
    condition = " WHERE normalized_time_cs IS NOT NULL" if table == "results" else ""
    # The name is a constant of derived_tables.py.
    cur.execute(f"SELECT count(*), count_orphans(%s) FROM public.{table}{condition}", [table])  # noqa: S608
    rows, orphans = cur.fetchone() or (0, 0)
    seconds = round(time.monotonic() - began, 3)
    return {"changed": changed, "digest": digest, "kinds": kinds, "rows": rows, "orphans": orphans, "seconds": seconds}


def _digest(cur: Cursor, table: str) -> tuple[int, str]:
    cur.execute("SELECT changed, digest FROM difference_digest(%s)", [table])
    changed, digest = cur.fetchone() or (0, "")
    return changed, digest


def apply(conn: "psycopg.Connection[Any]", rebuild_id: str, approved: Difference, monitor: Monitor) -> dict[str, int]:
    """Write what was approved: recomputed under the locks, table by table, and compared with it. The caller commits.

    Raises NotNow when it is no longer the same difference, or an import runs. Returns the rows changed of each table.
    """
    with conn.cursor() as cur:
        cur.execute(SETTINGS)
        take_identity_lock(cur, monitor)
        # In a statement of its own: what is computed next sees what was committed while it waited.
        cur.execute("SELECT lock_derived_alone()")
        refuse_while_importing(cur)
        # JSON keeps no order, and best times are computed from the normalised times that are written before them.
        names = [name for name in BY_NAME if approved.get(name, {}).get("changed")]
        written = dict.fromkeys(approved, 0)
        for number, name in enumerate(names, start=1):
            monitor.stage(name, total=len(names))
            written[name] = _apply_one(cur, rebuild_id, name, approved[name])
            monitor.advance(number)
    return written


def _apply_one(cur: Cursor, rebuild_id: str, name: str, told: dict[str, Any]) -> int:
    table = BY_NAME[name].table
    cur.execute(
        "SELECT DISTINCT subject_id FROM rebuild_changes WHERE rebuild_id = %s AND derived = %s LIMIT %s",
        [rebuild_id, table, SUBJECTS_BY_NAME + 1],
    )
    subjects = [row[0] for row in cur.fetchall()]
    by_name = subjects if 0 < len(subjects) <= SUBJECTS_BY_NAME else None
    cur.execute("SELECT find_difference(%s, %s)", [table, by_name])
    if _digest(cur, table) != (told["changed"], told["digest"]):
        raise NotNow(
            f"{BY_NAME[name].label} are no longer as they were when the difference was approved: results or records "
            "changed in between. Nothing was written; work the difference out again and look at it."
        )
    cur.execute("SELECT write_difference(%s)", [table])
    (written,) = cur.fetchone() or (0,)
    return int(written)
