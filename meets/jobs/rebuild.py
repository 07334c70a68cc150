"""The life of one rebuild, from a worker's claim to the end of its phase, in the manner of run.py.

Whatever happens inside, this function tells PostgreSQL how it ended and returns: Redis has nothing to remember.
"""

import logging
from collections.abc import Callable
from contextlib import closing
from typing import Any

import psycopg
from django.conf import settings

from importadmin.audit import record
from meets import rebuilding
from meets.derived_tables import BY_NAME
from meets.jobs import queue, rebuild_states
from meets.jobs.connection import open_main
from meets.jobs.lease import Lease
from meets.jobs.rebuild_states import Claimed
from meets.jobs.run import may_pass, patiently, text_of, worker_name
from meets.pipeline.errors import Cancelled, LeaseLost

log = logging.getLogger(__name__)

# What a nightly run may write by itself: see may_apply_by_itself().
NIGHTLY_ROWS = 1_000
RECORDS = ("course_records", "school_hall_of_fame", "school_course_records")
End = Callable[["psycopg.Connection[Any]"], object]


def run_rebuild(rebuild_id: str) -> None:
    try:
        with closing(open_main(rebuild_id)) as conn:
            with conn.cursor() as cur:
                lease = settings.IMPORTADMIN_LEASE_SECONDS
                job = rebuild_states.claim(cur, rebuild_id, worker_name(), lease)
            conn.commit()
            if job is None:
                log.info("Rebuild %s isn't waiting any more: somebody else has it, or it was cancelled.", rebuild_id)
                return
            # Closing the connection rolls back, whatever state it is in.
            end = _work(conn, rebuild_id, job)
    except psycopg.OperationalError as error:
        log.warning("Rebuild %s waits: the database can't be reached: %s", rebuild_id, error)
        return
    if end:
        patiently(end, f"rebuild {rebuild_id}")


def _work(conn: "psycopg.Connection[Any]", rebuild_id: str, job: Claimed) -> End | None:
    """Run one phase. None when all is said already, else what has to be told to the database."""
    with Lease(conn, rebuild_id, job.attempt, rebuild_states, stage="") as lease:
        try:
            if job.phase == "compute":
                found: dict[str, Any] = rebuilding.compute(conn, rebuild_id, job.tables, lease)
                state, note = after_computing(found, nightly=job.nightly)
            else:
                found = rebuilding.apply(conn, rebuild_id, job.difference, lease)
                state, note = "done", ""
            lease.fence(conn, {"phase": job.phase, "state": state, "note": note, "found": found})
            conn.commit()
        except Exception as error:  # every end of a rebuild is decided here
            lease.stop()
            return _end_of(rebuild_id, job, lease.reason or type(error), error, lost=conn.closed)
    if state == "queued":
        queue.enqueue_rebuild(rebuild_id, job.attempt)
    _tell_the_log(rebuild_id, job, state, found)
    return None


def after_computing(found: dict[str, Any], *, nightly: bool) -> tuple[str, str]:
    """(state, note) once the difference is known."""
    changed = sum(told["changed"] for told in found.values())
    if not changed:
        return "done", "Nothing differs: every row is as it should be, and none was written."
    if nightly and may_apply_by_itself(found):
        return "queued", "No record changes hands, so the nightly run writes it by itself."
    return "waiting", ""


def may_apply_by_itself(found: dict[str, Any]) -> bool:
    """A nightly run writes by itself what no athlete would notice: few rows, and nobody gains or loses a record.

    The triggers keep the tables right all day, so a nightly difference in who holds a record means that somebody wrote
    past them. An admin should see that before the site's visitors do.
    """
    hands = sum(found[name]["kinds"].get(kind, 0) for name in RECORDS if name in found for kind in _MOVES)
    return not hands and sum(told["changed"] for told in found.values()) <= NIGHTLY_ROWS


_MOVES = ("hands", "added", "removed")


def _end_of(rebuild_id: str, job: Claimed, kind: type[BaseException], error: Exception, *, lost: bool) -> End | None:
    """`kind` is why it ended: the statement that we cancelled ourselves raises something else."""
    if issubclass(kind, LeaseLost):
        log.warning("Rebuild %s is another worker's by now; attempt %s stops.", rebuild_id, job.attempt)
        return None
    if issubclass(kind, Cancelled):
        return lambda conn: rebuild_states.stop(conn.cursor(), rebuild_id, job.attempt)
    if isinstance(error, rebuilding.NotNow):
        sentence = str(error)
        return lambda conn: rebuild_states.fail(conn.cursor(), rebuild_id, job.attempt, sentence)
    if lost or may_pass(error):
        log.warning("Attempt %s of rebuild %s was cut off: %s", job.attempt, rebuild_id, error)
        return lambda conn: _again(conn, rebuild_id, job.attempt, error)
    log.error("Rebuild %s crashed", rebuild_id, exc_info=error)
    note = f"Something broke on our side; nothing was written. {text_of(error)}"
    return lambda conn: rebuild_states.fail(conn.cursor(), rebuild_id, job.attempt, note)


def _again(conn: "psycopg.Connection[Any]", rebuild_id: str, attempt: int, error: Exception) -> None:
    if rebuild_states.abandon(conn.cursor(), rebuild_id, attempt, text_of(error)) == "queued":
        conn.commit()
        queue.enqueue_rebuild(rebuild_id, attempt)


def _tell_the_log(rebuild_id: str, job: Claimed, state: str, found: dict[str, Any]) -> None:
    if job.phase != "apply":
        return
    record(
        user=None,
        who="nightly schedule" if job.nightly else "worker",
        kind="derived.rebuilt",
        subject=("rebuilds", rebuild_id),
        after={BY_NAME[name].label: f"{rows:,} rows" for name, rows in found.items() if rows},
    )


__all__ = ["after_computing", "may_apply_by_itself", "run_rebuild"]
