"""Which of an import's results look too fast to be true, and what becomes of the records meanwhile."""

from typing import Any

import psycopg
import pytest

from tests.schema import oracle
from tests.schema.world import World, crowded_world

IMPORT = "00000000-0000-7000-8000-000000000003"


@pytest.fixture
def world(conn: psycopg.Connection[Any]) -> World:
    """99 runners with 1000.10 to 1009.90 s on the first course, men, 5,000 m."""
    world = crowded_world(conn)
    world.races.append(
        world.add("races", meet_id=world.meets[1], course_id=world.courses[0], name="Varsity", gender="M",
                  distance_meters=5000)
    )  # fmt: skip
    return world


def bring_in(world: World, faster: float, runners: int = 30) -> int:
    """An import of runners who are known, each faster by this part than ever."""
    conn = world.conn
    conn.execute("SET LOCAL importadmin.bulk = 'on'")
    conn.execute(
        """INSERT INTO results (athlete_id, meet_id, race_id, time_cs, data_source, import_id)
           SELECT athlete_id, %s, %s, (time_cs * (1 - %s::float))::integer, 'scraper', %s
           FROM results WHERE race_id = %s ORDER BY time_cs LIMIT %s""",
        (world.meets[1], world.races[-1], faster, IMPORT, world.races[0], runners),
    )
    conn.execute("UPDATE meets SET result_count = (SELECT count(*) FROM results r WHERE r.meet_id = meets.id)")
    conn.execute("SELECT write_normalized_times_quietly('true')")
    (found,) = conn.execute("SELECT hold_suspicious(%s, %s)", (world.meets[1], IMPORT)).fetchone()
    conn.execute("SELECT merge_results(%s, %s)", (world.meets[1], IMPORT))
    conn.execute("SET LOCAL importadmin.bulk = 'off'")
    oracle.check(conn)
    return found


def holds(world: World) -> list[tuple[Any, ...]]:
    return world.conn.execute("SELECT kind, race_id, figures ->> 'why' FROM record_holds").fetchall()


def leader(world: World) -> int:
    return world.conn.execute(
        "SELECT time_cs FROM course_records WHERE course_id = %s AND gender = 'M' AND rank = 1", (world.courses[0],)
    ).fetchone()[0]


def test_a_field_a_fifth_faster_than_ever_is_held(world: World) -> None:
    assert bring_in(world, 0.2) == 1
    assert holds(world) == [("race", world.races[-1], "own")]


def test_until_an_admin_has_looked_the_old_record_stands(world: World) -> None:
    bring_in(world, 0.2)
    assert leader(world) == 100_010


@pytest.mark.parametrize(("status", "time_cs"), [("yes", 80_008), ("corrected", 80_008), ("no", 100_010)])
def test_the_answer_decides_whether_it_counts(world: World, status: str, time_cs: int) -> None:
    bring_in(world, 0.2)
    world.conn.execute("UPDATE record_holds SET status = %s", (status,))
    assert leader(world) == time_cs
    oracle.check(world.conn)


def test_taken_back_it_waits_again(world: World) -> None:
    bring_in(world, 0.2)
    world.conn.execute("UPDATE record_holds SET status = 'yes'")
    world.conn.execute("UPDATE record_holds SET status = 'open'")
    assert leader(world) == 100_010
    oracle.check(world.conn)


@pytest.mark.parametrize("faster", [-0.05, 0.0, 0.05, 0.08])
def test_a_good_day_of_the_whole_field_is_none(world: World, faster: float) -> None:
    assert bring_in(world, faster) == 0


def test_of_four_known_runners_nothing_is_concluded(world: World) -> None:
    bring_in(world, 0.2, runners=4)
    assert [kind for kind, _, _ in holds(world)] == ["record"] * 4


def test_what_was_answered_is_not_asked_again(world: World) -> None:
    bring_in(world, 0.2)
    world.conn.execute("UPDATE record_holds SET status = 'yes'")
    world.conn.execute("SET LOCAL importadmin.bulk = 'on'")
    assert world.conn.execute("SELECT hold_suspicious(%s, %s)", (world.meets[1], IMPORT)).fetchone() == (0,)


def one(world: World, athlete: str, time_cs: int) -> None:
    """An import of one line."""
    world.conn.execute("SET LOCAL importadmin.bulk = 'on'")
    world.conn.execute(
        """INSERT INTO results (athlete_id, meet_id, race_id, time_cs, data_source, import_id)
           SELECT id, %s, %s, %s, 'scraper', %s FROM athletes WHERE last_name = %s""",
        (world.meets[1], world.races[-1], time_cs, IMPORT, athlete),
    )
    world.conn.execute("UPDATE meets SET result_count = result_count + 1 WHERE id = %s", (world.meets[1],))
    world.conn.execute("SELECT write_normalized_times_quietly('true')")
    world.conn.execute("SELECT hold_suspicious(%s, %s)", (world.meets[1], IMPORT))
    world.conn.execute("SELECT merge_results(%s, %s)", (world.meets[1], IMPORT))
    world.conn.execute("SET LOCAL importadmin.bulk = 'off'")
    oracle.check(world.conn)


def test_a_single_time_far_below_record_and_own_best_is_held(world: World) -> None:
    one(world, "P50", 80_000)
    assert ([kind for kind, _, _ in holds(world)], leader(world)) == (["record"], 100_010)


def test_a_record_that_the_own_best_vouches_for_is_published(world: World) -> None:
    one(world, "P1", 93_000)
    assert (holds(world), leader(world)) == ([], 93_000)


def test_a_newcomer_may_break_a_record(world: World) -> None:
    one(world, "Runner0", 92_000)
    assert (holds(world), leader(world)) == ([], 92_000)


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("Mens 5,000 Meters Varsity", "varsity"),
        ("Boys JV Gold", "junior"),
        ("Womens Frosh/Soph", "young"),
        ("Race 3", ""),
    ],
)
def test_a_races_name_tells_its_level(world: World, name: str, level: str) -> None:
    assert world.conn.execute("SELECT race_level(%s, NULL)", (name,)).fetchone() == (level,)
