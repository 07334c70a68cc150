"""Connections of their own to the test database, beside Django's: these tests are about the database itself."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from importadmin.database import connect

Connect = Callable[[], psycopg.Connection[Any]]
TABLES = "venues, courses, meets, races, schools, athletes, results"


@pytest.fixture
def connection_for(db: None) -> Iterator[Connect]:
    # `db` and not `django_db_setup`: pytest-django makes only the databases that some test asks for by that name.
    opened = []

    def open_one() -> psycopg.Connection[Any]:
        opened.append(connect())
        return opened[-1]

    yield open_one
    for conn in opened:
        conn.close()


@pytest.fixture
def conn(connection_for: Connect) -> psycopg.Connection[Any]:
    """One connection in one transaction, rolled back at the end."""
    return connection_for()


@pytest.fixture
def committing(connection_for: Connect) -> Iterator[Connect]:
    """Connections whose work is seen by others; what they left is emptied afterwards."""
    given: list[psycopg.Connection[Any]] = []

    def open_one() -> psycopg.Connection[Any]:
        given.append(connection_for())
        return given[-1]

    yield open_one
    # An open transaction that has only read would keep TRUNCATE waiting for ever.
    for conn in given:
        conn.close()
    cleaner = connection_for()
    cleaner.execute(f"TRUNCATE {TABLES} CASCADE")
    cleaner.execute("TRUNCATE importadmin.slug_redirects")
    cleaner.commit()
