"""Scratch databases on the server that the app uses: made, cloned for every single run, dropped."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from importadmin.database import connect

PREFIX = "importadmin_bench"


def use(name: str) -> None:
    """Point Django, and with it the app's own connections, at this database."""
    connection.close()
    connection.settings_dict["NAME"] = name


@contextmanager
def maintenance() -> Iterator["psycopg.Connection[Any]"]:
    before = connection.settings_dict["NAME"]
    use("postgres")
    try:
        with connect(autocommit=True, application_name="bench") as conn:
            yield conn
    finally:
        use(before)


def make(name: str) -> None:
    """An empty database with the app's schema."""
    drop(name)
    with maintenance() as conn:
        conn.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    use(name)
    call_command("migrate", verbosity=0, interactive=False)
    connection.close()


def clone(template: str, name: str) -> None:
    """A copy of `template`, warm and with no checkpoint due, so that every run starts alike."""
    drop(name)
    connection.close()
    with maintenance() as conn:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        conn.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
        with suppress(psycopg.errors.InsufficientPrivilege):
            conn.execute("CHECKPOINT")
    use(name)


def drop(name: str) -> None:
    connection.close()
    with maintenance() as conn:
        conn.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def indexes(table: str) -> list[str]:
    with connect(autocommit=True) as conn:
        rows = conn.execute(
            "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = %s ORDER BY 1", [table]
        )
        return [definition for (definition,) in rows]
