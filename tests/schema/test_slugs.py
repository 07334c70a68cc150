"""The slug: made once, kept, never changed by itself."""

from typing import Any

import psycopg
import pytest

from tests.schema.world import World, small_world


@pytest.fixture
def world(conn: psycopg.Connection[Any]) -> World:
    return small_world(conn)


def add(world: World, first: str, last: str, **values: Any) -> Any:
    return world.add(
        "athletes",
        **{"school_id": world.schools[1], "name": f"{first} {last}", "first_name": first, "last_name": last}
        | {"grad_year": 2026, "gender": "M"}
        | values,
    )


def column(world: World, athlete: Any, name: str) -> Any:
    row = world.conn.execute(f"SELECT {name} FROM athletes WHERE id = %s", (athlete,)).fetchone()
    assert row
    return row[0]


def test_a_slug_is_made_with_accents_folded(world: World) -> None:
    assert column(world, add(world, "José", "O’Brien"), "slug") == "jose-o-brien-st-anne-s-2026"


def test_an_empty_slug_counts_as_none(world: World) -> None:
    assert column(world, add(world, "Leo", "Lee", slug=""), "slug") == "leo-lee-st-anne-s-2026"


def test_a_given_slug_is_kept(world: World) -> None:
    assert column(world, add(world, "Leo", "Lee", slug="leo"), "slug") == "leo"


@pytest.mark.parametrize("change", ["name = 'Leo Long', last_name = 'Long'", "grad_year = 2027"])
def test_a_published_slug_stays_when_the_athlete_changes(world: World, change: str) -> None:
    leo = add(world, "Leo", "Lee")
    world.conn.execute(f"UPDATE athletes SET {change} WHERE id = %s", (leo,))
    assert column(world, leo, "slug") == "leo-lee-st-anne-s-2026"


def test_a_published_slug_stays_when_the_athlete_moves(world: World) -> None:
    leo = add(world, "Leo", "Lee")
    world.conn.execute("UPDATE athletes SET school_id = %s WHERE id = %s", (world.schools[0], leo))
    assert column(world, leo, "slug") == "leo-lee-st-anne-s-2026"


def test_a_person_can_still_change_a_slug(world: World) -> None:
    leo = add(world, "Leo", "Lee")
    world.conn.execute("UPDATE athletes SET slug = 'leo' WHERE id = %s", (leo,))
    assert column(world, leo, "slug") == "leo"


def test_a_second_person_of_the_same_slug_gets_the_unique_violation(world: World) -> None:
    add(world, "Leo", "O'Brien")
    with pytest.raises(psycopg.errors.UniqueViolation):
        add(world, "Léo", "O’Brien")


def test_the_name_key_follows_the_name(world: World) -> None:
    leo = add(world, "Leo", "Lee")
    world.conn.execute("UPDATE athletes SET name = 'Léo O’Lee' WHERE id = %s", (leo,))
    assert column(world, leo, "name_key") == "leo olee"


def test_a_bulk_import_s_own_slug_and_key_are_taken_as_they_are(world: World) -> None:
    world.conn.execute("SET LOCAL importadmin.bulk = 'on'")
    assert column(world, add(world, "Leo", "Lee", name_key="as given", slug="leo-2"), "name_key") == "as given"


def test_an_old_address_leads_to_the_athlete(world: World) -> None:
    leo = add(world, "Leo", "Lee")
    world.conn.execute("INSERT INTO slug_redirects (slug, athlete_id) VALUES ('old-leo', %s)", (leo,))
    found = world.conn.execute("SELECT public.resolve_athlete_slug('old-leo')").fetchone()
    assert found == ("leo-lee-st-anne-s-2026",)


def test_an_unknown_address_leads_nowhere(world: World) -> None:
    assert world.conn.execute("SELECT public.resolve_athlete_slug('nobody')").fetchone() == (None,)
