"""One decision, one transaction: lock, work, journal, record. Or all of it rehearsed and rolled back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg
from django.db import DatabaseError, connection, transaction

from meets.pipeline.lock import take_identity_lock
from reconciliation.actions.errors import Refused
from reconciliation.deciding.work import Work

RETRIES = 3
Result = TypeVar("Result")
# The site writes without our lock: it took a slug or wrote a result between our look and our write, or waits for us
# while we wait for it.
TRY_AGAIN = (psycopg.errors.UniqueViolation, psycopg.errors.DeadlockDetected)
BUSY = "Another change is being written at this moment. Try again in a second."


def decide(carry_out: Callable[[Work], Result]) -> Result:
    """Run `carry_out` under the identity lock in one transaction; tried again where the site came in between."""
    for attempt in range(1, RETRIES + 1):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                take_identity_lock(cursor)
                with working(cursor) as work:
                    return carry_out(work)
        except DatabaseError as error:
            if not isinstance(error.__cause__, TRY_AGAIN) or attempt == RETRIES or connection.in_atomic_block:
                raise
    raise AssertionError


def rehearse(carry_out: Callable[[Work], Result]) -> Result:
    """The same, rolled back. Without the identity lock, so that looking never waits for an import."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '2s'")
            with working(cursor) as work:
                raise _Enough(carry_out(work))
    except _Enough as end:
        result: Result = end.result
        return result
    except DatabaseError as error:
        if isinstance(error.__cause__, psycopg.errors.LockNotAvailable | psycopg.errors.DeadlockDetected):
            raise Refused(BUSY) from error
        raise


class _Enough(Exception):
    def __init__(self, result: Any) -> None:
        self.result = result


@contextmanager
def working(cursor: Any) -> Iterator[Work]:
    """Triggers stand aside for the work alone, also where the transaction goes on afterwards."""
    cursor.execute("SELECT coalesce(current_setting('importadmin.bulk', true), '')")
    before = cursor.fetchone()[0]
    yield Work(cursor)
    cursor.execute("SELECT set_config('importadmin.bulk', %s, true)", [before])
