"""Two connections write at once; whoever comes second waits and then sees what the first has done."""

import threading
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.schema import oracle
from tests.schema.conftest import Connect
from tests.schema.world import World, small_world

IMPORT = "00000000-0000-7000-8000-000000000002"


@pytest.fixture
def world(committing: Connect) -> World:
    conn = committing()
    conn.execute("SELECT pg_advisory_lock(1)")  # told apart from the writers in pg_locks
    world = small_world(conn)
    world.result(0, 0, 100500)
    conn.commit()
    return world


def insert(world: World, athlete: int, time_cs: int) -> Callable[[psycopg.Connection[Any]], None]:
    def do(conn: psycopg.Connection[Any]) -> None:
        World(conn, world.schools, world.courses, world.meets, world.races, world.athletes).result(athlete, 0, time_cs)

    return do


def statement(query: str, *values: Any) -> Callable[[psycopg.Connection[Any]], None]:
    def do(conn: psycopg.Connection[Any]) -> None:
        conn.execute(query, values)

    return do


def bulk(world: World, athlete: int, time_cs: int) -> Callable[[psycopg.Connection[Any]], None]:
    def do(conn: psycopg.Connection[Any]) -> None:
        conn.execute("SET LOCAL importadmin.bulk = 'on'")
        conn.execute(
            """INSERT INTO results (athlete_id, race_id, meet_id, time_cs, data_source, import_id)
               VALUES (%s, %s, %s, %s, 'scraper', %s)""",
            (world.athletes[athlete], world.races[0], world.meets[0], time_cs, IMPORT),
        )
        conn.execute("UPDATE meets SET result_count = result_count + 1 WHERE id = %s", (world.meets[0],))
        conn.execute("SELECT merge_results(%s, %s)", (world.meets[0], IMPORT))

    return do


PAIRS = {
    "two results of one athlete": lambda w: (insert(w, 0, 100100), insert(w, 0, 100200)),
    "two athletes of one school": lambda w: (insert(w, 0, 100100), insert(w, 2, 100200)),
    "a result and its athlete's move": lambda w: (
        statement("UPDATE athletes SET school_id = %s WHERE id = %s", w.schools[1], w.athletes[0]),
        insert(w, 0, 100100),
    ),
    "a result and its athlete's rename": lambda w: (
        insert(w, 0, 100100),
        statement("UPDATE athletes SET name = 'Ana Other' WHERE id = %s", w.athletes[0]),
    ),
    "a result and its course's rating": lambda w: (
        statement("UPDATE courses SET difficulty_rating = 1.5 WHERE id = %s", w.courses[0]),
        insert(w, 0, 100100),
    ),
    "a result and its race's move": lambda w: (
        statement("UPDATE races SET course_id = %s WHERE id = %s", w.courses[2], w.races[0]),
        insert(w, 0, 100100),
    ),
    "a result and its meet's date": lambda w: (
        statement("UPDATE meets SET meet_date = '2025-12-01', name = 'Z' WHERE id = %s", w.meets[0]),
        insert(w, 0, 100100),
    ),
    "a result and its school's name": lambda w: (
        statement("UPDATE schools SET name = 'Rio Azul' WHERE id = %s", w.schools[0]),
        insert(w, 0, 100100),
    ),
    "a deleted and a new result": lambda w: (statement("DELETE FROM results"), insert(w, 2, 100100)),
    "an import, then the site": lambda w: (bulk(w, 0, 100100), insert(w, 0, 100050)),
    "the site, then an import": lambda w: (insert(w, 0, 100050), bulk(w, 0, 100100)),
    "an import and a rating": lambda w: (
        bulk(w, 0, 100100),
        statement("UPDATE courses SET difficulty_rating = 1.5 WHERE id = %s", w.courses[0]),
    ),
}


def both_orders() -> list[Any]:
    return [pytest.param(name, turn, id=f"{name}{', turned' * turn}") for name in PAIRS for turn in (False, True)]


@pytest.mark.parametrize(("name", "turned"), both_orders())
def test_two_writers_at_once_end_right(world: World, committing: Connect, name: str, turned: bool) -> None:
    first, second = reversed(PAIRS[name](world)) if turned else PAIRS[name](world)
    one, two = committing(), committing()
    first(one)
    failed: list[BaseException] = []

    def run_second() -> None:
        try:
            second(two)
            two.commit()
        except BaseException as error:  # noqa: BLE001
            failed.append(error)

    thread = threading.Thread(target=run_second)
    thread.start()
    thread.join(0.15)  # long enough to reach the first one's locks
    one.commit()
    thread.join(20)
    assert not thread.is_alive()
    assert failed == []
    oracle.check(world.conn)
