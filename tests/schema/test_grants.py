"""What a role with no rights of its own can and cannot do: what the open API of a hosted database would let through."""

from typing import Any

import psycopg
import pytest

from tests.schema.world import World, small_world

OURS = "importadmin"


@pytest.fixture
def world(conn: psycopg.Connection[Any]) -> World:
    """The small world, seen afterwards by a role that has been granted nothing."""
    world = small_world(conn)
    conn.execute("CREATE ROLE nobody_in_particular NOLOGIN")
    return world


def become_nobody(world: World) -> None:
    world.conn.execute("SET LOCAL ROLE nobody_in_particular")


def test_nothing_in_our_schema_can_be_read(world: World) -> None:
    tables = world.conn.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'importadmin'::regnamespace AND relkind IN ('r', 'v')"
    ).fetchall()
    become_nobody(world)
    assert len(tables) > 20
    for (table,) in tables:
        with pytest.raises(psycopg.errors.InsufficientPrivilege), world.conn.transaction():
            world.conn.execute(f"SELECT FROM importadmin.{table} LIMIT 1")


def test_nothing_in_our_schema_is_granted_to_everybody(world: World) -> None:
    granted = world.conn.execute(
        """SELECT relname FROM pg_class c, aclexplode(c.relacl) AS a
           WHERE c.relnamespace = 'importadmin'::regnamespace AND a.grantee = 0"""
    ).fetchall()
    assert granted == []


def test_of_all_functions_everybody_may_call_one(world: World) -> None:
    become_nobody(world)
    allowed = world.conn.execute(
        """SELECT p.proname FROM pg_proc p
           WHERE p.pronamespace IN ('public'::regnamespace, (SELECT oid FROM pg_namespace WHERE nspname = %s))
             AND has_function_privilege(p.oid, 'EXECUTE')
             -- An extension's functions are not ours to grant.
             AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')""",
        (OURS,),
    ).fetchall()
    assert allowed == [("resolve_athlete_slug",)]


def test_a_slug_is_resolved_for_everybody(world: World) -> None:
    become_nobody(world)
    found = world.conn.execute("SELECT public.resolve_athlete_slug('ana-runner0-rio-verde-2026')").fetchone()
    assert found == ("ana-runner0-rio-verde-2026",)


def test_rebuilding_is_refused(world: World) -> None:
    become_nobody(world)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        world.conn.execute("SELECT public.batch_rebuild_course_records()")


def test_the_view_of_results_gives_away_no_more_than_the_table(world: World) -> None:
    world.conn.execute("GRANT USAGE ON SCHEMA public TO nobody_in_particular")
    world.conn.execute("GRANT SELECT ON public.eligible_results TO nobody_in_particular")
    become_nobody(world)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        world.conn.execute("SELECT FROM public.eligible_results")


def test_a_writer_of_results_alone_keeps_the_records_right(world: World) -> None:
    """Such a role can neither read nor write the derived tables; the triggers do it for it."""
    world.conn.execute("GRANT USAGE ON SCHEMA public TO nobody_in_particular")
    world.conn.execute("GRANT INSERT ON public.results TO nobody_in_particular")
    world.conn.execute("GRANT EXECUTE ON FUNCTION importadmin.new_id() TO nobody_in_particular")
    become_nobody(world)
    world.conn.execute(
        """INSERT INTO public.results (athlete_id, race_id, meet_id, time_cs, data_source)
           VALUES (%s, %s, %s, 100000, 'scraper')""",
        (world.athletes[0], world.races[0], world.meets[0]),
    )
    world.conn.execute("RESET ROLE")
    assert world.conn.execute("SELECT count(*) FROM course_records").fetchone() == (1,)


def test_every_privileged_function_has_a_pinned_search_path(world: World) -> None:
    loose = world.conn.execute(
        """SELECT proname FROM pg_proc
           WHERE prosecdef AND pronamespace IN ('public'::regnamespace, 'importadmin'::regnamespace)
             AND NOT coalesce(array_to_string(proconfig, ','), '') LIKE '%search_path=importadmin, public, pg_temp%'"""
    ).fetchall()
    assert loose == []


def test_every_trigger_function_runs_as_its_owner(world: World) -> None:
    others = world.conn.execute(
        """SELECT proname FROM pg_proc WHERE prorettype = 'trigger'::regtype AND NOT prosecdef
             AND pronamespace = 'importadmin'::regnamespace"""
    ).fetchall()
    assert others == []


def test_a_table_of_the_same_name_in_the_writer_s_temp_schema_misleads_nobody(world: World) -> None:
    world.conn.execute("CREATE TEMP TABLE athletes (id uuid, school_id uuid)")
    world.conn.execute("CREATE TEMP TABLE course_records (id uuid)")
    world.result(0, 0, 100000)
    assert world.conn.execute("SELECT count(*) FROM public.course_records").fetchone() == (1,)
