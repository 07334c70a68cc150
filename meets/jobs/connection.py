"""The connection on which an import does its work: one transaction, guarded against being left behind."""

from typing import Any

import psycopg

from importadmin.database import connect

# Matches the main and the heartbeat connection of any attempt: a sweeper ends those of a worker that lost its lease.
PREFIX = "importadmin import"

# client_connection_check_interval ends the running statement of a worker that was killed: without it a dead worker's
# apply goes on, holding the lock that the next attempt waits for. The server refuses it on some platforms.
# jit costs more than it gains on statements that run once. The idle guard is for a worker that is stopped in the
# middle of its transaction while no other worker looks; long Python work between two statements stays below it.
_SETTINGS = {
    "client_connection_check_interval": "2s",
    "jit": "off",
    "idle_in_transaction_session_timeout": "5min",
    "tcp_keepalives_idle": "15",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}


def open_main(import_id: str) -> "psycopg.Connection[Any]":
    """Not in autocommit mode, and idle."""
    conn = connect(autocommit=True, application_name=f"{PREFIX} {import_id}")
    try:
        _set(conn, _SETTINGS)
    except (psycopg.errors.InvalidParameterValue, psycopg.errors.UndefinedObject):
        _set(conn, {name: value for name, value in _SETTINGS.items() if name != "client_connection_check_interval"})
    conn.autocommit = False
    return conn


def _set(conn: "psycopg.Connection[Any]", settings: dict[str, str]) -> None:
    calls = ", ".join(["set_config(%s, %s, false)"] * len(settings))
    conn.execute(f"SELECT {calls}", [part for pair in settings.items() for part in pair])  # noqa: S608


def open_beside(import_id: str) -> "psycopg.Connection[Any]":
    """The second connection: lease, progress, cancel. It must never wait long for anything."""
    conn = connect(autocommit=True, application_name=f"{PREFIX} {import_id} lease")
    conn.execute("SELECT set_config('statement_timeout', '5s', false)")
    return conn


def end_all_of(cur: Any, import_ids: list[str]) -> None:
    """Close every connection of these imports' former workers, so that a stalled one holds no lock either."""
    cur.execute(
        """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
              AND application_name LIKE ANY(%s)""",
        [[f"{PREFIX} {import_id}%" for import_id in import_ids]],
    )
