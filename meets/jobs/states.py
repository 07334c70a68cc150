"""The state machine of an import. Every transition is one conditional UPDATE of one row, and stands here.

    queued → running → done
                     → failed, cancelled, needs_answer
                     → queued            (its worker or its database went away: another attempt)
    queued, needs_answer → cancelled
    needs_answer, failed, cancelled → queued     (a person answers or retries)

`attempt` fences: a worker may only touch the row while it is running under the attempt that it claimed. Functions take
any cursor (Django's or psycopg's) and never commit.
"""

import json
from typing import Any, Protocol

from meets.models import FailureKind, State

ATTEMPTS = 5
WORN_OUT = (
    f"It was taken up {ATTEMPTS} times and its worker or its database went away each time. The database is unchanged. "
    "Look at the worker's log before retrying."
)


class Cursor(Protocol):
    @property
    def rowcount(self) -> int: ...
    def execute(self, query: Any, params: Any = ...) -> Any: ...
    def fetchone(self) -> Any: ...
    def fetchall(self) -> Any: ...


_HOLDS = "id = %(id)s AND attempt = %(attempt)s AND state = 'running'"
_LET_GO = "lease_until = NULL, waiting_for = '', cancel_requested = false"
# The heartbeat writes the stage once a second; an end between two beats knows better.
_REACHED = "stage = coalesce(nullif(%(stage)s, ''), stage)"
_SECONDS = "extract(epoch FROM clock_timestamp() - started_at)"


def claim(cur: Cursor, import_id: str, worker: str, lease_seconds: int) -> int | None:
    """queued → running. The attempt's number, or None when somebody else has it or it isn't queued."""
    cur.execute(
        """UPDATE imports
              SET state = 'running', attempt = attempt + 1, attempts_left = attempts_left - 1, worker = %(worker)s,
                  lease_until = clock_timestamp() + make_interval(secs => %(lease)s),
                  started_at = clock_timestamp(), finished_at = NULL, seconds = NULL, peak_rss_mb = NULL,
                  cancel_requested = false, waiting_for = '', stage = 'receive', stage_rows = 0, stage_total = 0,
                  stages = '[]', questions = '[]', failure = '', failure_kind = ''
            WHERE id = %(id)s AND state = 'queued'
        RETURNING attempt""",
        {"id": import_id, "worker": worker, "lease": lease_seconds},
    )
    row = cur.fetchone()
    return row[0] if row else None


def renew(cur: Cursor, import_id: str, attempt: int, progress: dict[str, Any], lease_seconds: int) -> bool | None:
    """Prolong the lease and write the progress. Whether to cancel; None when the import isn't ours any more."""
    cur.execute(
        f"""UPDATE imports
               SET lease_until = clock_timestamp() + make_interval(secs => %(lease)s), stage = %(stage)s,
                   stage_rows = %(rows)s, stage_total = %(total)s, waiting_for = %(waiting_for)s,
                   stages = %(stages)s::jsonb, peak_rss_mb = %(peak_rss_mb)s
             WHERE {_HOLDS} RETURNING cancel_requested""",  # noqa: S608  (constants)
        {
            **progress,
            "stages": json.dumps(progress["stages"]),
            "id": import_id,
            "attempt": attempt,
            "lease": lease_seconds,
        },
    )
    row = cur.fetchone()
    return row[0] if row else None


def finish(cur: Cursor, import_id: str, attempt: int, result: dict[str, Any]) -> bool:
    """running → done. False when it isn't ours or somebody asked to cancel: the caller must roll back."""
    cur.execute(
        f"""UPDATE imports
               SET state = 'done', stage = 'finish', finished_at = clock_timestamp(), seconds = {_SECONDS}, {_LET_GO},
                   meet_id = coalesce(%(meet_id)s, meet_id), lines = %(lines)s, outcomes = %(outcomes)s::jsonb,
                   stages = %(stages)s::jsonb, report = %(report)s::jsonb, peak_rss_mb = %(peak_rss_mb)s
             WHERE {_HOLDS} AND NOT cancel_requested""",  # noqa: S608
        {
            "meet_id": result.get("meet_id"),
            "lines": result["lines"],
            "outcomes": json.dumps(result["outcomes"]),
            "stages": json.dumps(result["stages"]),
            "report": json.dumps(result.get("report", {}), default=str),
            "peak_rss_mb": result.get("peak_rss_mb"),
            "id": import_id,
            "attempt": attempt,
        },
    )
    return cur.rowcount == 1


def ask(cur: Cursor, import_id: str, attempt: int, questions: list[dict[str, Any]], stage: str = "") -> bool:
    """running → needs_answer. It keeps no lease and no place: other imports of the meet may go on."""
    cur.execute(
        f"""UPDATE imports SET state = 'needs_answer', questions = %(questions)s::jsonb, {_REACHED}, {_LET_GO}
             WHERE {_HOLDS}""",  # noqa: S608
        {"questions": json.dumps(questions, default=str), "stage": stage, "id": import_id, "attempt": attempt},
    )
    return cur.rowcount == 1


def fail(cur: Cursor, import_id: str, attempt: int, kind: FailureKind, text: str, stage: str = "") -> bool:
    """running → failed."""
    cur.execute(
        f"""UPDATE imports
               SET state = 'failed', failure_kind = %(kind)s, failure = %(text)s, finished_at = clock_timestamp(),
                   seconds = {_SECONDS}, {_REACHED}, {_LET_GO}
             WHERE {_HOLDS}""",  # noqa: S608
        {"kind": kind.value, "text": text, "stage": stage, "id": import_id, "attempt": attempt},
    )
    return cur.rowcount == 1


def stop(cur: Cursor, import_id: str, attempt: int) -> bool:
    """running → cancelled, by the worker itself once it has undone everything."""
    cur.execute(
        f"""UPDATE imports SET state = 'cancelled', finished_at = clock_timestamp(), seconds = {_SECONDS}, {_LET_GO}
             WHERE {_HOLDS}""",  # noqa: S608
        {"id": import_id, "attempt": attempt},
    )
    return cur.rowcount == 1


# What becomes of a running import whose worker or database went away, nothing of it committed.
_ABANDON = f"""UPDATE imports
      SET state = CASE WHEN cancel_requested THEN 'cancelled' WHEN attempts_left > 0 THEN 'queued' ELSE 'failed' END,
          failure_kind = CASE WHEN cancel_requested OR attempts_left > 0 THEN '' ELSE 'crash' END,
          failure = CASE WHEN cancel_requested OR attempts_left > 0 THEN '' ELSE %(worn_out)s END,
          finished_at = CASE WHEN cancel_requested OR attempts_left <= 0 THEN clock_timestamp() END,
          enqueued_at = NULL, {_LET_GO}"""  # noqa: S608


def abandon(cur: Cursor, import_id: str, attempt: int, why: str = "") -> str | None:
    """running → queued for another attempt (failed when worn out). The new state, None when it isn't ours."""
    worn_out = f"{WORN_OUT} The last time: {why}" if why else WORN_OUT
    cur.execute(
        f"{_ABANDON} WHERE {_HOLDS} RETURNING state",
        {"id": import_id, "attempt": attempt, "worn_out": worn_out},
    )
    row = cur.fetchone()
    return row[0] if row else None


def abandon_all_of(cur: Cursor, worker: str) -> list[str]:
    """The same for whatever a worker held that is known to be dead. Returns the ids."""
    cur.execute(
        f"{_ABANDON} WHERE state = 'running' AND worker = %(worker)s RETURNING id",
        {"worker": worker, "worn_out": WORN_OUT},
    )
    return [str(row[0]) for row in cur.fetchall()]


def expire(cur: Cursor) -> list[str]:
    """The same for every expired lease. A row that is locked is being committed right now: leave it."""
    cur.execute(
        f"""{_ABANDON} WHERE id IN (
                SELECT id FROM imports WHERE state = 'running' AND lease_until < clock_timestamp()
                   FOR UPDATE SKIP LOCKED)
            RETURNING id""",  # noqa: S608
        {"worn_out": WORN_OUT},
    )
    return [str(row[0]) for row in cur.fetchall()]


def request_cancel(cur: Cursor, import_id: str) -> str | None:
    """Nobody works on it → cancelled at once; running → its worker will see the request. None: it had ended."""
    cur.execute(
        """UPDATE imports
              SET state = CASE WHEN state = 'running' THEN state ELSE 'cancelled' END,
                  cancel_requested = (state = 'running'),
                  finished_at = CASE WHEN state = 'running' THEN NULL ELSE clock_timestamp() END
            WHERE id = %s AND state IN ('queued', 'running', 'needs_answer') RETURNING state""",
        [import_id],
    )
    row = cur.fetchone()
    return row[0] if row else None


def requeue(cur: Cursor, import_id: str, old: tuple[State, ...]) -> bool:
    """A person retries or answers: one of `old` → queued, with fresh attempts."""
    cur.execute(
        """UPDATE imports
              SET state = 'queued', attempts_left = %s, enqueued_at = clock_timestamp(),
                  finished_at = NULL, seconds = NULL, failure = '', failure_kind = '',
                  cancel_requested = false, waiting_for = ''
            WHERE id = %s AND state = ANY(%s)""",
        [ATTEMPTS, import_id, [state.value for state in old]],
    )
    return cur.rowcount == 1


def waking(cur: Cursor, not_since_seconds: float) -> list[tuple[str, int]]:
    """Queued imports that nobody was woken for lately: (id, attempt). They count as woken from now on."""
    cur.execute(
        """UPDATE imports SET enqueued_at = clock_timestamp()
            WHERE id IN (
                SELECT id FROM imports
                 WHERE state = 'queued'
                   AND coalesce(enqueued_at, '-infinity') < clock_timestamp() - make_interval(secs => %s)
                 ORDER BY created_at LIMIT 50 FOR UPDATE SKIP LOCKED)
        RETURNING id, attempt""",
        [not_since_seconds],
    )
    return [(str(row[0]), row[1]) for row in cur.fetchall()]


def holds(cur: Cursor, import_id: str, attempt: int) -> bool:
    """Tells the two reasons for which `finish` refuses apart: still ours means that a cancel was asked for."""
    cur.execute(f"SELECT 1 FROM imports WHERE {_HOLDS}", {"id": import_id, "attempt": attempt})  # noqa: S608
    return cur.fetchone() is not None


def problems(cur: Any, import_id: str, found: list[Any]) -> None:
    """Keep what is wrong with the files, instead of what an earlier attempt said about them."""
    cur.execute("DELETE FROM import_problems WHERE import_id = %s", [import_id])
    cur.executemany(
        """INSERT INTO import_problems
               (import_id, code, severity, file, line, line_last, "column", value, message, remedy)
           VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)""",
        [
            (import_id, p.code, p.severity, p.file, p.line, p.line_last, p.column, p.value, p.message, p.remedy)
            for p in found
        ],
    )
