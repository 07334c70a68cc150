"""The site's existing database, made anew on the server of the tests, and owned by a role that is no superuser."""

from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from psycopg import sql

from importadmin.database import connect
from meets.sample import load

HERE = Path(__file__).parent
OWNER = "site_owner"
APP = connection.settings_dict["USER"]


def use(name: str, role: str) -> dict[str, Any]:
    """Point Django, and with it the app's own connections, at this database. Returns what it was before."""
    before = {key: connection.settings_dict[key] for key in ("NAME", "USER")}
    connection.close()
    connection.settings_dict |= {"NAME": name, "USER": role}
    return before


def _maker() -> psycopg.Connection[Any]:
    """As the app's own role, which may make databases and roles."""
    before = use("postgres", APP)
    try:
        return connect(autocommit=True, application_name="existing")
    finally:
        use(before["NAME"], before["USER"])


def build(name: str, results: int) -> None:
    """Leaves Django where it was."""
    with _maker() as conn:
        password = connection.get_connection_params()["password"]
        if conn.execute("SELECT FROM pg_roles WHERE rolname = %s", [OWNER]).fetchone() is None:
            conn.execute(sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER").format(sql.Identifier(OWNER)))
            conn.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(OWNER), sql.Identifier(APP)))
        conn.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(OWNER), sql.Literal(password)))
    drop(name)
    with _maker() as conn:
        made = sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(OWNER))
        conn.execute(made)
    before = use(name, OWNER)
    try:
        with connect(application_name="existing") as conn:
            conn.execute("SET search_path = public")
            conn.execute((HERE / "existing.sql").read_text())
            _reference(conn)
            psycopg.ClientCursor(conn).execute((HERE / "existing_rows.sql").read_text(), {"results": results})
            conn.execute((HERE / "existing_triggers.sql").read_text())
        with connect(autocommit=True) as conn:
            conn.execute("ANALYZE")
    finally:
        use(before["NAME"], before["USER"])


def _reference(conn: psycopg.Connection[Any]) -> None:
    """The reference case as an old import left it: its people, older meets, and 26 results absent."""
    load.copy_rows(conn, "venues", "id name city state athletic_net_id", load._venues())
    columns = "id name venue_id location distance_meters distance_display difficulty_rating"
    load.copy_rows(conn, "courses", columns, load._courses())
    load.copy_rows(conn, "meets", "id name meet_date season_year venue_id meet_type athletic_net_id", load._meets())
    columns = "id meet_id course_id name gender distance_meters athletic_net_race_id"
    load.copy_rows(conn, "races", columns, (*load._races(), *load._old_races()))
    load.copy_rows(conn, "schools", "id name short_name city state league athletic_net_id", load._schools())
    columns = "id school_id name first_name last_name grad_year gender"
    load.copy_rows(conn, "athletes", columns, load._athletes())
    columns = "id athlete_id meet_id race_id time_cs place_overall data_source"
    load.copy_rows(conn, "results", columns, (*load._results(), *load._old_results()))


def clone(template: str, name: str) -> None:
    drop(name)
    connection.close()
    with _maker() as conn:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}")
        conn.execute(statement.format(*map(sql.Identifier, (name, template, OWNER))))


def drop(name: str) -> None:
    connection.close()
    with _maker() as conn:
        conn.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
