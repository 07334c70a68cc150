"""One applier at a time: every writer of identities holds this lock from its first look to its commit."""

import time
from typing import Any, Protocol

from meets.pipeline.job import Monitor

# 'IDEN': any number will do, as long as every writer of identities (import, answer, merge, undo) takes this one.
IDENTITY_LOCK = 0x4944454E
TELL_AFTER_SECONDS = 2.0
_POLL_SECONDS = 0.1


class Cursor(Protocol):
    """psycopg's or Django's."""

    def execute(self, query: Any, params: Any = ...) -> Any: ...
    def fetchone(self) -> Any: ...


def take_identity_lock(cur: Cursor, monitor: Monitor | None = None) -> None:
    """Wait for the transaction-level lock; whoever waits longer than 2 s is told for what.

    Polled, not waited for in the server: between two looks a cancel is noticed, and the page says what is waited for.
    """
    began = time.monotonic()
    while not _try(cur):
        if monitor is not None:
            told = time.monotonic() - began > TELL_AFTER_SECONDS
            monitor.waiting(_holder(cur) if told else "")
        time.sleep(_POLL_SECONDS)
    if monitor is not None:
        monitor.waiting("")


def _try(cur: Cursor) -> bool:
    cur.execute("SELECT pg_try_advisory_xact_lock(%s)", [IDENTITY_LOCK])
    row = cur.fetchone()
    return bool(row and row[0])


def _holder(cur: Cursor) -> str:
    cur.execute("""
        SELECT b.name FROM importadmin.imports i JOIN importadmin.bundles b ON b.id = i.bundle_id
         WHERE i.state = 'running' AND i.stage IN ('apply', 'reconcile', 'refresh', 'finish')
         ORDER BY i.started_at LIMIT 1
    """)
    row = cur.fetchone()
    return (
        f"{row[0]} is being written; this import follows."
        if row
        else "Another change is being written; this import follows."
    )
