"""Connections of their own to the test database, beside Django's: these tests are about the database itself."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from pytest_django.plugin import DjangoDbBlocker

from importadmin.database import connect

Connect = Callable[[], psycopg.Connection[Any]]
TABLES = "venues, courses, meets, races, schools, athletes, results"


@pytest.fixture
def connection_for(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Connect]:
    opened = []

    def open_one() -> psycopg.Connection[Any]:
        opened.append(connect())
        return opened[-1]

    with django_db_blocker.unblock():
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
    yield connection_for
    cleaner = connection_for()
    cleaner.execute(f"TRUNCATE {TABLES} CASCADE")
    cleaner.execute("TRUNCATE importadmin.slug_redirects")
    cleaner.commit()
