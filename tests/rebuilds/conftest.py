"""Derived tables that are right, and ways to damage them behind the triggers' back."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from importadmin.database import connect
from meets.actions.rebuild_derived import approve_rebuild, start_rebuild
from meets.derived_tables import BY_NAME
from meets.jobs.rebuild import run_rebuild
from meets.models import Rebuild
from tests.schema.world import World, crowded_world

TABLES = ("results", "athlete_best_times", "course_records", "school_hall_of_fame", "school_course_records")


@pytest.fixture(autouse=True)
def woken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would have been sent to Redis."""
    sent: list[str] = []
    monkeypatch.setattr("meets.jobs.queue.push_rebuild", lambda queue, key, attempt: sent.append(key))
    return sent


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    with connect() as conn:
        world = crowded_world(conn)
        conn.commit()
        yield world


@pytest.fixture
def damage(world: World) -> Callable[[str], None]:
    """Runs a statement with the triggers aside, as somebody would who writes past them."""

    def do(statement: str) -> None:
        world.conn.execute("SET LOCAL importadmin.bulk = 'on'")
        world.conn.execute(statement)
        world.conn.commit()

    return do


def computed(*names: str, **more: Any) -> Rebuild:
    """A rebuild whose difference is worked out."""
    rebuild = start_rebuild(names=names or list(BY_NAME), user=None, **more)
    run_rebuild(str(rebuild.pk))
    rebuild.refresh_from_db()
    return rebuild


def applied(rebuild: Rebuild) -> Rebuild:
    approve_rebuild(rebuild_id=rebuild.pk, user=None)
    run_rebuild(str(rebuild.pk))
    rebuild.refresh_from_db()
    return rebuild


def versions() -> dict[str, list[Any]]:
    """Which transaction wrote each row: a row that was written anew shows, even with the same values."""
    with connection.cursor() as cursor:
        found = {}
        for table in TABLES:
            cursor.execute(f"SELECT id, xmin::text, ctid::text FROM public.{table} ORDER BY id")
            found[table] = cursor.fetchall()
        return found
