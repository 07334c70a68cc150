"""The five rebuilds: they mend what is wrong, count it, and leave alone what is right."""

from typing import Any

import psycopg
import pytest

from tests.schema import oracle
from tests.schema.world import World, crowded_world

REBUILDS = {
    "athlete_best_times": "athlete_best_times",
    "course_records": "course_records",
    "school_hall_of_fame": "school_hall_of_fame",
    "school_course_records": "school_course_records",
    "normalized_times": "results",
}
DAMAGES = [
    ("athlete_best_times", "UPDATE athlete_best_times SET season_best_time_cs = 1", 99),
    ("athlete_best_times", "DELETE FROM athlete_best_times WHERE season_best_time_cs > 100500", 49),
    ("course_records", "UPDATE course_records SET athlete_name = 'Wrong' WHERE rank = 5", 1),
    ("course_records", "DELETE FROM course_records", 99),
    ("school_hall_of_fame", "DELETE FROM school_hall_of_fame WHERE rank = 1", 1),
    ("school_course_records", "UPDATE school_course_records SET time_cs = 1", 1),
    ("normalized_times", "UPDATE results SET normalized_time_cs = 1 WHERE time_cs > 100500", 49),
]


@pytest.fixture
def world(conn: psycopg.Connection[Any]) -> World:
    return crowded_world(conn)


def rebuild(world: World, name: str) -> int:
    row = world.conn.execute(f"SELECT public.batch_rebuild_{name}()").fetchone()
    assert row
    return row[0]


@pytest.mark.parametrize("name", REBUILDS)
def test_a_rebuild_of_what_is_right_changes_nothing(world: World, name: str) -> None:
    rows = f"SELECT id, xmin, ctid FROM {REBUILDS[name]} ORDER BY id"
    before = world.conn.execute(rows).fetchall()
    assert rebuild(world, name) == 0
    assert world.conn.execute(rows).fetchall() == before


@pytest.mark.parametrize(("name", "damage", "rows"), DAMAGES)
def test_a_rebuild_mends_and_counts_what_is_wrong(world: World, name: str, damage: str, rows: int) -> None:
    world.conn.execute("SET LOCAL importadmin.bulk = 'on'")
    world.conn.execute(damage)
    world.conn.execute("SET LOCAL importadmin.bulk = 'off'")
    assert rebuild(world, name) == rows
    oracle.check(world.conn)


@pytest.mark.parametrize("bulk", ["on", "off"])
def test_triggers_step_aside_only_for_a_bulk_import(world: World, bulk: str) -> None:
    world.conn.execute(f"SET LOCAL importadmin.bulk = '{bulk}'")
    world.result(0, 0, 90000)
    found = world.conn.execute("SELECT count(*) FROM course_records WHERE time_cs = 90000").fetchone()
    assert found == ((1,) if bulk == "off" else (0,))


def test_triggers_are_awake_again_after_a_bulk_import(world: World) -> None:
    """Once set, the setting reads '' after its transaction, not NULL."""
    with world.conn.transaction(force_rollback=True):
        world.conn.execute("SET LOCAL importadmin.bulk = 'on'")
    world.conn.execute("SET LOCAL importadmin.bulk = ''")
    world.result(0, 0, 90000)
    oracle.check(world.conn)
