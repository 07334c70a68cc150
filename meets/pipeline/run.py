"""The import, a visible line of stages: receive → read → stage → resolve → apply → reconcile → refresh → finish.

Read and stage fill temporary tables. From resolve on everything is one transaction under one lock: it commits as a
whole, with the state of the import in its last statement, or leaves the database as it was.
"""

from typing import Any

import psycopg

from meets.models.imports import Mode, Stage
from meets.pipeline import ports
from meets.pipeline.applying import apply, check_ledger, refresh
from meets.pipeline.errors import BadBundle, Cancelled, NeedsAnswer
from meets.pipeline.job import JobInfo, Monitor, Report
from meets.pipeline.lock import take_identity_lock
from meets.pipeline.problems import outliving_rollback
from meets.pipeline.reading import create_tables, kept_problems, require_results, stage_results, stage_small_files
from meets.pipeline.reporting import held_sample, outcomes, per_race
from meets.pipeline.resolving import Resolved, resolve
from meets.pipeline.sqlfile import PIPELINE

RETRIES = 3


def run_pipeline(conn: "psycopg.Connection[Any]", job: JobInfo, monitor: Monitor) -> Report:
    """Run one import on `conn` (not in autocommit mode). Returns after the commit.

    Raises BadBundle, NeedsAnswer, Cancelled, LeaseLost (meets.pipeline.errors); the database is then as before.
    """
    monitor.stage(Stage.RECEIVE)
    require_results(job)
    with conn.cursor() as cur:
        create_tables(cur)
        monitor.stage(Stage.READ)
        monitor.advance(stage_small_files(cur, job))
        monitor.stage(Stage.STAGE, total=int(job.files["results"].get("data_lines") or 0))
        lines = stage_results(cur, job, monitor)
    conn.commit()
    for attempt in range(1, RETRIES + 1):
        try:
            return _apply_all(conn, job, monitor, lines)
        except psycopg.errors.UniqueViolation:
            # The site writes without our lock: it took a slug or wrote a result between our look and our write.
            conn.rollback()
            if attempt == RETRIES:
                raise
        except BaseException as error:
            if not conn.closed:
                conn.rollback()
                if isinstance(error, BadBundle):
                    # What ends the import is often what a bad line of a small file led to.
                    error.problems += kept_problems(conn)
            raise
    raise Cancelled


def _apply_all(conn: "psycopg.Connection[Any]", job: JobInfo, monitor: Monitor, lines: int) -> Report:
    """One transaction, from resolve to the commit."""
    with conn.cursor() as cur:
        monitor.stage(Stage.RESOLVE, total=lines)
        # LOCAL: gone with the transaction, so a crash can leave no trigger standing aside.
        cur.execute("SET LOCAL importadmin.bulk = 'on'; SET LOCAL jit = off")
        take_identity_lock(cur, monitor)
        resolved = resolve(cur, job)
        monitor.advance(lines)
        monitor.stage(Stage.APPLY, total=lines)
        written = apply(cur, job, resolved)
        monitor.advance(lines)
        monitor.stage(Stage.RECONCILE, total=lines)
        report = _reconcile(cur, job, resolved, written)
        monitor.advance(lines)
        monitor.stage(Stage.REFRESH, total=written["results"])
        report["derived"], report["records"] = refresh(cur, job, resolved, written["results"])
        monitor.advance(written["results"])
        monitor.stage(Stage.FINISH)
        check_ledger(cur, job, resolved, lines, written["results"])
        counts = outcomes(cur, job)
        result = Report(str(resolved.meet.id), lines, counts, report=report)
        return _finish(conn, cur, job, monitor, result)


def _reconcile(cur: "psycopg.Cursor[Any]", job: JobInfo, resolved: Resolved, written: dict[str, int]) -> dict[str, Any]:
    meet_id = str(resolved.meet.id)
    PIPELINE.run(cur, "70_two_times", meet_id=meet_id)
    report: dict[str, Any] = {"created": written, "meet": resolved.meet.name, "new_meet": resolved.new_meet}
    report["cases"] = ports.matcher().record_cases(cur, import_id=job.import_id, meet_id=meet_id)
    report["races"] = per_race(cur)
    report["held"] = held_sample(cur, job)
    if comparer := ports.comparer():
        report["comparison"] = comparer.summary(cur, meet_id=meet_id, import_id=job.import_id)
    return report


def _finish(
    conn: "psycopg.Connection[Any]", cur: "psycopg.Cursor[Any]", job: JobInfo, monitor: Monitor, result: Report
) -> Report:
    """Commit. A preview rolls back and keeps its problems; the caller keeps its report."""
    if job.mode == Mode.PREVIEW:
        with outliving_rollback(conn):
            conn.rollback()
        PIPELINE.run(cur, "63_problems", import_id=job.import_id)
        conn.commit()
        return result
    PIPELINE.run(cur, "63_problems", import_id=job.import_id)
    row = {"meet_id": result.meet_id, "lines": result.lines, "outcomes": result.outcomes, "report": result.report}
    monitor.fence(conn, row)
    conn.commit()
    return result


__all__ = ["NeedsAnswer", "run_pipeline"]
