"""The tables: where they stand, what the database itself gives and refuses."""

from io import StringIO
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.core.management import call_command

from tests.schema.world import World, small_world

MIRRORED = {
    *("venues", "courses", "meets", "races", "schools", "athletes", "results"),
    *("athlete_best_times", "course_records", "school_hall_of_fame", "school_course_records"),
    *("potential_duplicate_athletes", "potential_duplicates"),
}


@pytest.fixture
def world(conn: psycopg.Connection[Any]) -> World:
    return small_world(conn)


def tables(conn: psycopg.Connection[Any], schema: str) -> set[str]:
    rows = conn.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", (schema,))
    return {row[0] for row in rows}


@pytest.mark.django_db
def test_the_migrations_match_the_models() -> None:
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO())


def test_only_mirrored_tables_stand_in_public(conn: psycopg.Connection[Any]) -> None:
    assert tables(conn, "public") == MIRRORED


def test_every_other_table_stands_in_our_schema(conn: psycopg.Connection[Any]) -> None:
    models = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed}
    assert models - MIRRORED <= tables(conn, "importadmin")


@pytest.mark.parametrize("model", [m for m in apps.get_models() if m._meta.db_table in MIRRORED], ids=str)
def test_a_mirrored_model_can_be_read(conn: psycopg.Connection[Any], model: Any) -> None:
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    conn.execute(f"SELECT {columns} FROM public.{model._meta.db_table}")


def test_keys_are_in_order_of_time(conn: psycopg.Connection[Any]) -> None:
    ids = [row[0] for row in conn.execute("SELECT importadmin.new_id() FROM generate_series(1, 100)")]
    assert {i.version for i in ids} == {7}
    assert sorted(i.int >> 80 for i in ids) == [i.int >> 80 for i in ids]


@pytest.mark.parametrize("source", ["excel_import", "athletic_net", "manual_import", "scraper"])
def test_a_known_source_is_taken(world: World, source: str) -> None:
    world.result(0, 0, 100000, data_source=source)


@pytest.mark.parametrize("wrong", [{"data_source": "rumour"}, {"time_cs": 0}, {"place_overall": 0}], ids=str)
def test_a_result_that_cannot_be_is_refused(world: World, wrong: dict[str, Any]) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        world.result(0, 0, **({"time_cs": 100000} | wrong))


def test_one_athlete_may_have_two_times_in_one_race(world: World) -> None:
    world.result(0, 0, 100000)
    world.result(0, 0, 100001)


def test_the_same_time_twice_is_refused_by_the_site_s_own_key(world: World) -> None:
    world.result(0, 0, 100000)
    with pytest.raises(psycopg.errors.UniqueViolation) as refused:
        world.result(0, 0, 100000)
    assert refused.value.diag.constraint_name == "results_athlete_id_meet_id_race_id_time_cs_data_source_key"


@pytest.mark.parametrize("table", ["athletes", "meets", "schools", "races"])
def test_results_go_with_what_they_belong_to(world: World, table: str) -> None:
    world.result(0, 0, 100000)
    world.conn.execute(f"DELETE FROM {table}")
    assert world.conn.execute("SELECT count(*) FROM results").fetchone() == (0,)


def test_a_course_that_was_run_is_not_deleted(world: World) -> None:
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        world.conn.execute("DELETE FROM courses")


def test_emptying_results_empties_what_rests_on_them(world: World) -> None:
    world.result(0, 0, 100000)
    world.conn.execute("TRUNCATE results CASCADE")
    counts = world.conn.execute(
        "SELECT (SELECT sum(result_count) FROM meets), (SELECT count(*) FROM athlete_best_times)"
    ).fetchone()
    assert counts == (0, 0)
