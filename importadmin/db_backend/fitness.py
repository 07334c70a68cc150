"""Is the server behind DATABASE_URL fit for the import? Each process asks once, at its first connection."""

from collections.abc import Callable
from typing import Any

import psycopg

from importadmin.servers import ServerProblem
from importadmin.urls_of_servers import POOLED

OLDEST = 15


def refuse_unfit(first: psycopg.Connection[Any], connect: Callable[[], psycopg.Connection[Any]]) -> None:
    refuse_old(first.info.server_version)
    second = connect()
    try:
        refuse_transaction_pool(first, second)
    finally:
        second.close()


def refuse_old(version: int) -> None:
    """`version` as PostgreSQL numbers itself: 150004 is 15.4."""
    if version < OLDEST * 10_000:
        raise ServerProblem(
            f"DATABASE_URL names a PostgreSQL {version // 10_000}, but {OLDEST} or newer is needed: upgrade it."
        )


def refuse_transaction_pool(first: psycopg.Connection[Any], second: psycopg.Connection[Any]) -> None:
    """Two open sessions must be two server processes, each staying the same from one statement to the next.

    A pooler in transaction mode hands an idle session's process to the next that asks, so with nobody else about, both
    share one; and while the second holds a transaction, the first is moved to another.
    """
    before = _process(first)
    with second.transaction():
        beside = _process(second)
        after = _process(first)
    if before != after:
        raise ServerProblem("DATABASE_URL " + POOLED.format(sign="the server process changed within one session"))
    if beside in (before, after):
        raise ServerProblem("DATABASE_URL " + POOLED.format(sign="two sessions share one server process"))


def _process(connection: psycopg.Connection[Any]) -> int:
    """Leaves no transaction open, whatever the connection's mode."""
    was_idle = connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
    (pid,) = connection.execute("SELECT pg_backend_pid()").fetchone() or (0,)
    if was_idle and not connection.autocommit:
        connection.rollback()
    return int(pid)
