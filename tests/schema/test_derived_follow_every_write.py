"""Random sequences of writes; after each one the derived tables must be what the oracle works out."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.schema import oracle
from tests.schema.world import World, crowded_world

# Times at both ends of the planted ones (100010 to 100990), equal to some of them and to each other.
TIMES = st.sampled_from([99990, 100010, 100500, 100980, 100990, 101000, 101010])
ATHLETE = st.integers(0, 7)
RACE = st.integers(0, 5)
ANY = st.integers(0, 200)
LINE = st.tuples(ATHLETE, st.one_of(RACE, st.none()), TIMES)

WRITES = st.one_of(
    st.tuples(st.just("insert"), st.lists(LINE, min_size=1, max_size=4)),
    st.tuples(st.just("bulk"), st.lists(LINE, min_size=1, max_size=6)),
    st.tuples(st.just("time"), ANY, TIMES),
    st.tuples(st.just("slower"), RACE, st.integers(1, 30)),
    st.tuples(st.just("reassign"), ANY, ATHLETE),
    st.tuples(st.just("rerace"), ANY, RACE),
    st.tuples(st.just("normalized"), ANY),
    st.tuples(st.just("delete"), st.lists(ANY, min_size=1, max_size=3)),
    st.tuples(st.just("school of"), ATHLETE, st.integers(0, 1)),
    st.tuples(st.just("name of"), ATHLETE, st.sampled_from(["Ana", "Zoë"])),
    st.tuples(st.just("grad year of"), ATHLETE, st.integers(2023, 2030)),
    st.tuples(st.just("gender of"), ATHLETE, st.sampled_from("MF")),
    st.tuples(st.just("delete athlete"), ATHLETE),
    st.tuples(st.just("course of"), RACE, st.one_of(st.integers(0, 2), st.none())),
    st.tuples(st.just("distance of race"), RACE, st.sampled_from([0, 3000, 5000])),
    st.tuples(st.just("gender of race"), RACE, st.sampled_from("MF")),
    st.tuples(st.just("delete race"), RACE),
    st.tuples(st.just("rating of"), st.integers(0, 2), st.sampled_from([None, "0.98", "1.2"])),
    st.tuples(st.just("distance of course"), st.integers(0, 2), st.sampled_from([0, 3000, 5000])),
    st.tuples(st.just("name of course"), st.integers(0, 2), st.sampled_from("XY")),
    st.tuples(st.just("date of"), st.integers(0, 2), st.sampled_from(["2025-10-10", "2025-10-11", "2025-10-12"])),
    st.tuples(st.just("season of"), st.integers(0, 2), st.integers(2024, 2025)),
    st.tuples(st.just("name of meet"), st.integers(0, 2), st.sampled_from("XY")),
    st.tuples(st.just("delete meet"), st.integers(0, 2)),
    st.tuples(st.just("name of school"), st.integers(0, 1), st.sampled_from(["Rio Azul", "Mesa"])),
    st.tuples(st.just("delete school"), st.just(1)),
    st.tuples(st.just("hold race"), RACE),
    st.tuples(st.just("hold result"), ANY),
    st.tuples(st.just("answer"), st.sampled_from(["open", "yes", "no", "corrected"])),
)


def pick(world: World, index: int) -> Any:
    """A result, those of the named athletes first: among 99 planted ones they would hardly ever come up."""
    ids = world.conn.execute(
        "SELECT id FROM results ORDER BY NOT athlete_id = ANY (%s), id LIMIT 40", (world.athletes,)
    ).fetchall()
    return ids[index % len(ids)][0] if ids else None


def insert_lines(world: World, lines: list[tuple[int, int | None, int]], *, import_id: str | None = None) -> None:
    """One statement for all lines, as a form or a script would write them."""
    world.conn.execute(
        """
        INSERT INTO results (athlete_id, race_id, meet_id, time_cs, data_source, import_id)
        SELECT u.athlete, ra.id, u.meet, u.time, 'scraper', %s
        FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::integer[]) AS u (athlete, race, meet, time)
        JOIN athletes a ON a.id = u.athlete JOIN meets m ON m.id = u.meet LEFT JOIN races ra ON ra.id = u.race
        ON CONFLICT DO NOTHING
        """,
        (
            import_id,
            [world.athletes[athlete] for athlete, _, _ in lines],
            [None if race is None else world.races[race] for _, race, _ in lines],
            [world.meets[(race or 0) % 3] for _, race, _ in lines],
            [time for _, _, time in lines],
        ),
    )


IMPORT = "00000000-0000-7000-8000-000000000001"


def bulk_import(world: World, lines: list[tuple[int, int | None, int]]) -> None:
    """What the pipeline does: triggers aside, then one merge for each meet."""
    conn = world.conn
    conn.execute("SET LOCAL importadmin.bulk = 'on'")
    conn.execute("UPDATE results SET import_id = NULL WHERE import_id IS NOT NULL")
    insert_lines(world, lines, import_id=IMPORT)
    for meet in world.meets:
        conn.execute(
            """UPDATE meets SET result_count = result_count + (
                   SELECT count(*) FROM results r WHERE r.meet_id = meets.id AND r.import_id = %s) WHERE id = %s""",
            (IMPORT, meet),
        )
        conn.execute("SELECT merge_results(%s, %s, NULL)", (meet, IMPORT))
    conn.execute("SET LOCAL importadmin.bulk = 'off'")


def update(world: World, table: str, column: str, key: Any, value: Any) -> None:
    world.conn.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", (value, key))


def delete(world: World, table: str, *keys: Any) -> None:
    world.conn.execute(f"DELETE FROM {table} WHERE id = ANY (%s)", (list(keys),))


DO: dict[str, Callable[..., None]] = {
    "insert": insert_lines,
    "bulk": bulk_import,
    "time": lambda w, i, t: update(w, "results", "time_cs", pick(w, i), t),
    "slower": lambda w, r, by: w.conn.execute(
        "UPDATE results SET time_cs = time_cs + %s WHERE race_id = %s", (by, w.races[r])
    ),
    "reassign": lambda w, i, a: update(w, "results", "athlete_id", pick(w, i), w.athletes[a]),
    "rerace": lambda w, i, r: w.conn.execute(
        "UPDATE results SET race_id = ra.id, meet_id = ra.meet_id FROM races ra WHERE results.id = %s AND ra.id = %s",
        (pick(w, i), w.races[r]),
    ),
    "normalized": lambda w, i: update(w, "results", "normalized_time_cs", pick(w, i), 1),
    "delete": lambda w, which: delete(w, "results", *[pick(w, i) for i in which]),
    "school of": lambda w, a, s: update(w, "athletes", "school_id", w.athletes[a], w.schools[s]),
    "name of": lambda w, a, name: update(w, "athletes", "name", w.athletes[a], name),
    "grad year of": lambda w, a, year: update(w, "athletes", "grad_year", w.athletes[a], year),
    "gender of": lambda w, a, gender: update(w, "athletes", "gender", w.athletes[a], gender),
    "delete athlete": lambda w, a: delete(w, "athletes", w.athletes[a]),
    "course of": lambda w, r, c: update(w, "races", "course_id", w.races[r], None if c is None else w.courses[c]),
    "distance of race": lambda w, r, meters: update(w, "races", "distance_meters", w.races[r], meters),
    "gender of race": lambda w, r, gender: update(w, "races", "gender", w.races[r], gender),
    "delete race": lambda w, r: delete(w, "races", w.races[r]),
    "rating of": lambda w, c, rating: update(w, "courses", "difficulty_rating", w.courses[c], rating),
    "distance of course": lambda w, c, meters: update(w, "courses", "distance_meters", w.courses[c], meters),
    "name of course": lambda w, c, name: update(w, "courses", "name", w.courses[c], name),
    "date of": lambda w, m, day: update(w, "meets", "meet_date", w.meets[m], day),
    "season of": lambda w, m, season: update(w, "meets", "season_year", w.meets[m], season),
    "name of meet": lambda w, m, name: update(w, "meets", "name", w.meets[m], name),
    "delete meet": lambda w, m: delete(w, "meets", w.meets[m]),
    "name of school": lambda w, s, name: update(w, "schools", "name", w.schools[s], name),
    "delete school": lambda w, s: delete(w, "schools", w.schools[s]),
}


def hold(world: World, **what: Any) -> None:
    if all(what.values()):
        world.conn.execute(
            """INSERT INTO importadmin.record_holds (kind, race_id, result_id, meet_id, status, figures, reason)
               VALUES ('race', %s, %s, %s, 'open', '{}', '')""",
            (what.get("race"), what.get("result"), world.meets[0]),
        )


DO |= {
    "hold race": lambda w, r: hold(w, race=w.races[r]),
    "hold result": lambda w, i: hold(w, result=pick(w, i)),
    "answer": lambda w, status: w.conn.execute("UPDATE importadmin.record_holds SET status = %s", (status,)),
}


def write(world: World, name: str, *arguments: Any) -> None:
    """A write that a key or check refuses changes nothing, and the sequence goes on."""
    try:
        with world.conn.transaction():
            DO[name](world, *arguments)
    except psycopg.errors.IntegrityError:
        pass


@pytest.fixture
def crowded(conn: psycopg.Connection[Any]) -> World:
    return crowded_world(conn)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(WRITES, min_size=1, max_size=8))
@example([("insert", [(0, 0, 99990), (2, 0, 101000)]), ("delete", [0])])
@example([("hold race", 0), ("bulk", [(0, 0, 99990)]), ("answer", "yes"), ("answer", "no"), ("answer", "corrected")])
@example([("insert", [(0, 0, 99990), (0, 1, 99990)]), ("hold result", 0), ("hold race", 1), ("answer", "yes")])
@example([("insert", [(0, 0, 100990)]), ("bulk", [(1, 0, 100990), (2, 0, 100990)]), ("date of", 0, "2025-10-12")])
@example([("bulk", [(0, 0, 101000), (0, 1, 101000), (0, 2, 101000)]), ("bulk", [(0, 4, 101000)])])
def test_every_write_leaves_what_the_oracle_says(crowded: World, writes: list[tuple[Any, ...]]) -> None:
    with crowded.conn.transaction(force_rollback=True):
        for name, *arguments in writes:
            write(crowded, name, *arguments)
            oracle.check(crowded.conn)


def test_the_planted_world_is_right_to_begin_with(crowded: World) -> None:
    oracle.check(crowded.conn)


def test_the_hundred_and_first_stays_outside(crowded: World) -> None:
    crowded.result(0, 0, 101000)
    crowded.result(2, 0, 101010)
    ranks = crowded.conn.execute("SELECT max(rank), count(*) FROM course_records").fetchone()
    assert ranks == (100, 100)


def test_the_hundred_and_first_moves_up_when_one_goes(crowded: World) -> None:
    crowded.result(0, 0, 101000)
    last = crowded.result(2, 0, 101010)
    delete(crowded, "athletes", crowded.athletes[6])
    found = crowded.conn.execute("SELECT result_id FROM course_records WHERE rank = 100").fetchone()
    assert found == (last,)
