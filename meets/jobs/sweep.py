"""A worker's look into PostgreSQL: whose imports does nobody hold, and which wait for a wake-up that never came?"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg

from importadmin.database import connect
from meets.jobs import rebuild_states, states
from meets.jobs.connection import end_all_of

log = logging.getLogger(__name__)

# A wake-up younger than this is probably still on its way.
WOKEN_LATELY_SECONDS = 4.0


@dataclass(frozen=True, slots=True)
class Found:
    expired: list[str]
    # (id, attempt) of queued imports, and of queued rebuilds, for which a worker must be woken
    waiting: list[tuple[str, int]]
    rebuilds: list[tuple[str, int]]


def sweep() -> Found:
    """Take back what expired, and find what waits.

    The connection is short-lived: it must not be shared over a fork.
    """
    with _short() as conn, conn.cursor() as cur:
        with conn.transaction():
            expired = [*states.expire(cur), *rebuild_states.expire(cur)]
            if expired:
                # Before the commit, so that none of the next attempt's connections is hit.
                end_all_of(cur, expired)
        if expired:
            log.warning("Nobody held %s any more: taken back.", ", ".join(expired))
        woken = states.waking(cur, WOKEN_LATELY_SECONDS)
        return Found(expired, woken, rebuild_states.waking(cur, WOKEN_LATELY_SECONDS))


def release(worker: str) -> None:
    """This worker's child died: what it held is free at once, without waiting for the lease."""
    with _short() as conn, conn.transaction(), conn.cursor() as cur:
        freed = [*states.abandon_all_of(cur, worker), *rebuild_states.abandon_all_of(cur, worker)]
        if freed:
            end_all_of(cur, freed)
            log.warning("The process that ran %s died: taken back.", ", ".join(freed))


def holds(worker: str, import_id: str) -> bool:
    with _short() as conn:
        found = conn.execute(
            """SELECT 1 FROM imports WHERE id = %(id)s AND state = 'running' AND worker = %(worker)s
               UNION ALL
               SELECT 1 FROM rebuilds WHERE id = %(id)s AND state = 'running' AND worker = %(worker)s""",
            {"id": import_id, "worker": worker},
        ).fetchone()
    return found is not None


@contextmanager
def _short() -> "Iterator[psycopg.Connection[Any]]":
    conn = connect(autocommit=True, application_name="importadmin sweep")
    try:
        conn.execute("SELECT set_config('statement_timeout', '5s', false)")
        yield conn
    finally:
        conn.close()
