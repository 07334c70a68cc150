"""The state machine of a rebuild, in the manner of states.py: every transition is one conditional UPDATE of one row.

    queued → running → waiting              (the difference is worked out; somebody must approve it)
                     → done                 (nothing differs, or it is written)
                     → failed, cancelled
                     → queued               (its worker or its database went away: another attempt)
    waiting → queued                        (approved: the second phase)
    queued, waiting → cancelled

Functions take any cursor (Django's or psycopg's) and never commit.
"""

import json
from dataclasses import dataclass
from typing import Any

from meets.jobs.states import Cursor

ATTEMPTS = 5
WORN_OUT = (
    f"It was taken up {ATTEMPTS} times and its worker or its database went away each time. Nothing was written. "
    "Look at the worker's log before starting another."
)
_HOLDS = "id = %(id)s AND attempt = %(attempt)s AND state = 'running'"
_LET_GO = "lease_until = NULL, waiting_for = '', cancel_requested = false"
_SECONDS = "extract(epoch FROM clock_timestamp() - started_at)"


@dataclass(frozen=True, slots=True)
class Claimed:
    attempt: int
    tables: list[str]
    phase: str
    nightly: bool
    difference: dict[str, Any]


def claim(cur: Cursor, rebuild_id: str, worker: str, lease_seconds: int) -> Claimed | None:
    """queued → running. None when somebody else has it or it isn't queued."""
    cur.execute(
        """UPDATE rebuilds
              SET state = 'running', attempt = attempt + 1, attempts_left = attempts_left - 1, worker = %(worker)s,
                  lease_until = clock_timestamp() + make_interval(secs => %(lease)s), started_at = clock_timestamp(),
                  finished_at = NULL, cancel_requested = false, waiting_for = '', stage = '', stage_rows = 0,
                  stage_total = 0, stages = '[]', note = ''
            WHERE id = %(id)s AND state = 'queued'
        RETURNING attempt, tables, phase, nightly, difference""",
        {"id": rebuild_id, "worker": worker, "lease": lease_seconds},
    )
    row = cur.fetchone()
    if row is None:
        return None
    attempt, tables, phase, nightly, difference = row
    return Claimed(attempt, _json(tables), phase, nightly, _json(difference))


def _json(value: Any) -> Any:
    """Django's cursor gives jsonb as text, psycopg's as what it holds."""
    return json.loads(value) if isinstance(value, str) else value


def renew(cur: Cursor, rebuild_id: str, attempt: int, progress: dict[str, Any], lease_seconds: int) -> bool | None:
    """Prolong the lease and write the progress. Whether to cancel; None when the rebuild isn't ours any more."""
    cur.execute(
        f"""UPDATE rebuilds
               SET lease_until = clock_timestamp() + make_interval(secs => %(lease)s), stage = %(stage)s,
                   stage_rows = %(rows)s, stage_total = %(total)s, waiting_for = %(waiting_for)s,
                   stages = %(stages)s::jsonb, peak_rss_mb = %(peak_rss_mb)s
             WHERE {_HOLDS} RETURNING cancel_requested""",  # noqa: S608  (constants)
        {
            **progress,
            "stages": json.dumps(progress["stages"]),
            "id": rebuild_id,
            "attempt": attempt,
            "lease": lease_seconds,
        },
    )
    row = cur.fetchone()
    return row[0] if row else None


def finish(cur: Cursor, rebuild_id: str, attempt: int, result: dict[str, Any]) -> bool:
    """running → waiting, done or (approved at once, by rule) queued for its second phase.

    `result` has `state`, `phase` (the one that ends), `note`, and what that phase found. False when it isn't ours or
    somebody asked to cancel: the caller must roll back.
    """
    ends = "finished_at = CASE WHEN %(state)s = 'done' THEN clock_timestamp() END"
    if result["phase"] == "compute":
        found = f"difference = %(found)s::jsonb, computed_at = clock_timestamp(), compute_seconds = {_SECONDS}"
    else:
        found = f"applied = %(found)s::jsonb, apply_seconds = {_SECONDS}"
    cur.execute(
        f"""UPDATE rebuilds
               SET state = %(state)s, note = %(note)s, {ends}, {found}, {_LET_GO}, stages = %(stages)s::jsonb,
                   phase = %(next_phase)s, attempts_left = %(attempts)s, peak_rss_mb = %(peak_rss_mb)s,
                   enqueued_at = NULL
             WHERE {_HOLDS} AND NOT cancel_requested""",  # noqa: S608
        {
            "state": result["state"],
            "note": result["note"],
            "found": json.dumps(result["found"]),
            "next_phase": "apply" if result["state"] == "queued" else result["phase"],
            "attempts": ATTEMPTS,
            "stages": json.dumps(result["stages"]),
            "peak_rss_mb": result.get("peak_rss_mb"),
            "id": rebuild_id,
            "attempt": attempt,
        },
    )
    return cur.rowcount == 1


def holds(cur: Cursor, rebuild_id: str, attempt: int) -> bool:
    cur.execute(f"SELECT 1 FROM rebuilds WHERE {_HOLDS}", {"id": rebuild_id, "attempt": attempt})  # noqa: S608
    return cur.fetchone() is not None


def fail(cur: Cursor, rebuild_id: str, attempt: int, note: str) -> bool:
    """running → failed."""
    cur.execute(
        f"""UPDATE rebuilds SET state = 'failed', note = %(note)s, finished_at = clock_timestamp(), {_LET_GO}
             WHERE {_HOLDS}""",  # noqa: S608
        {"note": note, "id": rebuild_id, "attempt": attempt},
    )
    return cur.rowcount == 1


def stop(cur: Cursor, rebuild_id: str, attempt: int) -> bool:
    """running → cancelled, by the worker itself once it has undone everything."""
    cur.execute(
        f"UPDATE rebuilds SET state = 'cancelled', finished_at = clock_timestamp(), {_LET_GO} WHERE {_HOLDS}",  # noqa: S608
        {"id": rebuild_id, "attempt": attempt},
    )
    return cur.rowcount == 1


# What becomes of a running rebuild whose worker or database went away, nothing of it committed.
_ABANDON = f"""UPDATE rebuilds
      SET state = CASE WHEN cancel_requested THEN 'cancelled' WHEN attempts_left > 0 THEN 'queued' ELSE 'failed' END,
          note = CASE WHEN cancel_requested OR attempts_left > 0 THEN '' ELSE %(worn_out)s END,
          finished_at = CASE WHEN cancel_requested OR attempts_left <= 0 THEN clock_timestamp() END,
          enqueued_at = NULL, {_LET_GO}"""  # noqa: S608


def abandon(cur: Cursor, rebuild_id: str, attempt: int, why: str) -> str | None:
    """running → queued for another attempt (failed when worn out). The new state, None when it isn't ours."""
    cur.execute(
        f"{_ABANDON} WHERE {_HOLDS} RETURNING state",
        {"id": rebuild_id, "attempt": attempt, "worn_out": f"{WORN_OUT} The last time: {why}"},
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
                SELECT id FROM rebuilds WHERE state = 'running' AND lease_until < clock_timestamp()
                   FOR UPDATE SKIP LOCKED)
            RETURNING id""",  # noqa: S608
        {"worn_out": WORN_OUT},
    )
    return [str(row[0]) for row in cur.fetchall()]


def approve(cur: Cursor, rebuild_id: str, user_id: int | None) -> int | None:
    """waiting → queued for its second phase. Its attempts so far; None when it doesn't wait any more."""
    cur.execute(
        """UPDATE rebuilds SET state = 'queued', phase = 'apply', attempts_left = %s, approved_by_id = %s,
                  approved_at = clock_timestamp(), enqueued_at = clock_timestamp(), note = ''
            WHERE id = %s AND state = 'waiting' RETURNING attempt""",
        [ATTEMPTS, user_id, rebuild_id],
    )
    row = cur.fetchone()
    return row[0] if row else None


def request_cancel(cur: Cursor, rebuild_id: str, note: str = "") -> str | None:
    """Nobody works on it → cancelled at once; running → its worker will see the request. None: it had ended."""
    cur.execute(
        """UPDATE rebuilds
              SET state = CASE WHEN state = 'running' THEN state ELSE 'cancelled' END,
                  cancel_requested = (state = 'running'), note = %s,
                  finished_at = CASE WHEN state = 'running' THEN NULL ELSE clock_timestamp() END
            WHERE id = %s AND state IN ('queued', 'running', 'waiting') RETURNING state""",
        [note, rebuild_id],
    )
    row = cur.fetchone()
    return row[0] if row else None


def waking(cur: Cursor, not_since_seconds: float) -> list[tuple[str, int]]:
    """Queued rebuilds that nobody was woken for lately: (id, attempt). They count as woken from now on."""
    cur.execute(
        """UPDATE rebuilds SET enqueued_at = clock_timestamp()
            WHERE id IN (
                SELECT id FROM rebuilds
                 WHERE state = 'queued'
                   AND coalesce(enqueued_at, '-infinity') < clock_timestamp() - make_interval(secs => %s)
                 ORDER BY created_at LIMIT 50 FOR UPDATE SKIP LOCKED)
        RETURNING id, attempt""",
        [not_since_seconds],
    )
    return [(str(row[0]), row[1]) for row in cur.fetchall()]
