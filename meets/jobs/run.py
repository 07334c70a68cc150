"""The life of one import, from a worker's claim to its end. The job in Redis and `import_bundle` both come here.

Whatever happens inside, this function tells PostgreSQL how it ended and returns: Redis has nothing to remember.
"""

import logging
import os
import socket
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings

from importadmin.database import connect
from importadmin.logs import of_import
from meets.inbox import settle_quietly
from meets.jobs import queue, states
from meets.jobs.connection import open_main
from meets.jobs.lease import Lease
from meets.jobs.pause import pause
from meets.models import FailureKind, Mode
from meets.pipeline.errors import BadBundle, Cancelled, LeaseLost, NeedsAnswer
from meets.pipeline.job import JobInfo, Report

log = logging.getLogger(__name__)

# Set by `manage.py worker` before it forks: what stands in imports.worker.
WORKER_NAME = "IMPORTADMIN_WORKER"
# A restart takes PostgreSQL some seconds. When it takes longer, the lease expires and a worker's look requeues.
DATABASE_PATIENCE_SECONDS = 20

Pipeline = Callable[["psycopg.Connection[Any]", JobInfo, Lease], Report]
End = Callable[["psycopg.Connection[Any]"], None]


def run_import(import_id: str, pipeline: Pipeline | None = None) -> None:
    with of_import(import_id):
        _run(import_id, pipeline or _pipeline())


def _run(import_id: str, pipeline: Pipeline) -> None:
    try:
        with closing(open_main(import_id)) as conn:
            job = _claim(conn, import_id)
            if job is None:
                log.info("Import %s isn't waiting any more: somebody else has it, or it was cancelled.", import_id)
                return
            # Closing the connection rolls back, whatever state it is in.
            end = _work(conn, job, pipeline)
    except psycopg.OperationalError as error:
        log.warning("Import %s waits: the database can't be reached: %s", import_id, error)
        return
    pause("committed", job.attempt)
    if end:
        _tell(end, job)
    elif job.mode == Mode.IMPORT:
        settle_quietly()


def worker_name() -> str:
    return os.environ.get(WORKER_NAME) or f"{socket.gethostname()}-{os.getpid()}"


def _pipeline() -> Pipeline:
    from meets.pipeline.run import run_pipeline  # loads the readers, which a worker needs only with work at hand

    return run_pipeline


def _claim(conn: "psycopg.Connection[Any]", import_id: str) -> JobInfo | None:
    with conn.cursor() as cur:
        attempt = states.claim(cur, import_id, worker_name(), settings.IMPORTADMIN_LEASE_SECONDS)
        if attempt is None:
            conn.rollback()
            return None
        cur.execute("DELETE FROM import_problems WHERE import_id = %s", [import_id])
        cur.execute(
            """SELECT imports.mode, bundles.id, bundles.name, bundles.files, bundles.check_report,
                      bundles.answers || imports.answers, imports.meet_key
                 FROM imports JOIN bundles ON bundles.id = imports.bundle_id WHERE imports.id = %s""",
            [import_id],
        )
        found = cur.fetchone()
    assert found is not None  # noqa: S101  (claimed just now)
    mode, bundle_id, name, files, check, answers, meet_key = found
    conn.commit()
    return JobInfo(
        import_id=import_id,
        attempt=attempt,
        mode=mode,
        bundle_id=str(bundle_id),
        bundle_name=name,
        files=files,
        answers=answers,
        meet_key=meet_key,
        meet_id=chosen_meet(answers, meet_key),
        check=check,
    )


def chosen_meet(answers: dict[str, str], meet_key: str) -> str | None:
    """The meet's id where a person chose a meet that is there; None where the bundle says which."""
    chosen = answers.get("meet") or (meet_key.removeprefix("id:") if meet_key.startswith("id:") else "")
    try:
        return str(UUID(str(chosen)))
    except ValueError:
        return None


def _work(conn: "psycopg.Connection[Any]", job: JobInfo, pipeline: Pipeline) -> End | None:
    """Run the pipeline. None when all is said already, else what has to be told to the database."""
    with Lease(conn, job.import_id, job.attempt) as lease:
        try:
            report = pipeline(conn, job, lease)
            if job.mode == Mode.PREVIEW:
                conn.rollback()
                _keep_preview(conn, lease, report)
        except Exception as error:  # every end of an import is decided here
            lease.stop()
            return _end_of(job, lease.reason or type(error), error, lost=conn.closed, stage=lease.reached)
    log.info("Import %s is done.", job.import_id)
    return None


def _keep_preview(conn: "psycopg.Connection[Any]", lease: Lease, report: Report) -> None:
    lease.fence(
        conn,
        {
            "lines": report.lines,
            "outcomes": report.outcomes,
            "stages": report.stages,
            "report": report.report,
        },
    )
    conn.commit()


def _end_of(job: JobInfo, kind: type[BaseException], error: Exception, *, lost: bool, stage: str) -> End | None:
    """`kind` is why it ended: the statement that we cancelled ourselves raises something else."""
    if issubclass(kind, LeaseLost):
        log.warning("Import %s is another worker's by now; attempt %s stops.", job.import_id, job.attempt)
        return None
    if issubclass(kind, Cancelled):
        return lambda conn: _done(states.stop(conn.cursor(), job.import_id, job.attempt))
    if isinstance(error, NeedsAnswer):
        return lambda conn: _done(states.ask(conn.cursor(), job.import_id, job.attempt, error.questions, stage))
    if isinstance(error, BadBundle):
        return lambda conn: _bad_file(conn, job, error, stage)
    if lost or may_pass(error):
        log.warning("Attempt %s of import %s was cut off: %s", job.attempt, job.import_id, error)
        return lambda conn: _again(conn, job, error)
    log.error("Import %s crashed", job.import_id, exc_info=error)
    return lambda conn: _crash(conn, job, error, stage)


def _done(_: object) -> None:
    """A transition that hits no row came too late: somebody else has said how this attempt ended."""


def _bad_file(conn: "psycopg.Connection[Any]", job: JobInfo, error: BadBundle, stage: str) -> None:
    errors = [problem for problem in error.problems if problem.severity == "error"] or error.problems
    text = errors[0].message if errors else "The files can't be read."
    if len(errors) > 1:
        text = f"{text} ({len(errors)} problems in all.)"
    with conn.cursor() as cur:
        if states.fail(cur, job.import_id, job.attempt, FailureKind.BAD_FILE, text, stage):
            states.problems(cur, job.import_id, error.problems)


def _crash(conn: "psycopg.Connection[Any]", job: JobInfo, error: Exception, stage: str = "") -> None:
    states.fail(conn.cursor(), job.import_id, job.attempt, FailureKind.CRASH, text_of(error), stage)


def _again(conn: "psycopg.Connection[Any]", job: JobInfo, error: Exception) -> None:
    if states.abandon(conn.cursor(), job.import_id, job.attempt, text_of(error)) == "queued":
        conn.commit()
        queue.enqueue(job.import_id, job.attempt)


def text_of(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".replace("\0", "").strip()[:2000]


def may_pass(error: Exception) -> bool:
    """A restarted database, a deadlock with somebody who writes without our lock: worth another attempt."""
    if not isinstance(error, psycopg.Error):
        return False
    state = error.sqlstate or ""
    return state[:2] in ("08", "40") or state in ("57P01", "57P02", "57P03", "55P03", "25P03")


def _tell(end: End, job: JobInfo) -> None:
    # Something in the words themselves can't be stored: say it in ours, so that the import doesn't stay "running".
    patiently(
        end,
        f"import {job.import_id}",
        lambda error: partial(_crash, job=job, error=RuntimeError(f"its end could not be stored: {error}")),
    )


def patiently(
    end: Callable[["psycopg.Connection[Any]"], object],
    what: str,
    instead: "Callable[[Exception], Callable[[psycopg.Connection[Any]], object]] | None" = None,
) -> None:
    """In one transaction of a new connection. Patient: the database may be the very thing that went away."""
    deadline = time.monotonic() + DATABASE_PATIENCE_SECONDS
    while True:
        try:
            with connect(application_name="importadmin end of job") as conn:
                end(conn)
            return
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                log.warning("The end of %s can't be told to the database: %s", what, error)
                return
            time.sleep(0.5)
        except psycopg.Error as error:
            log.error("How %s ended could not be stored", what, exc_info=error)
            if instead is None:
                return
            end = instead(error)
