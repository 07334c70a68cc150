"""Switch a trigger on again that somebody left off. Imports never switch one off."""

from typing import Any

from django.db import OperationalError, ProgrammingError, connection, transaction
from psycopg import sql

from importadmin.audit import record
from importadmin.health.postgres_parts import trigger_rows
from importadmin.roles import has_role
from meets.actions.refused import Refused

# ALTER TABLE waits for every writer, and every later writer would wait for it.
LOCK_SECONDS = 3


def enable_trigger(*, table: str, name: str, user: Any) -> bool:
    """False when it was on already. `table` and `name` must be those of a trigger of the site's tables."""
    if user is not None and not has_role(user, "admin"):
        raise Refused("Only an admin can enable a trigger.")
    found = next((row for row in trigger_rows() if (row["table"], row["name"]) == (table, name)), None)
    if found is None:
        raise Refused(f"There is no trigger {name} on {table}.")
    if found["on"]:
        return False
    statement = sql.SQL("ALTER TABLE {}.{} ENABLE TRIGGER {}").format(
        sql.Identifier("public"), sql.Identifier(table), sql.Identifier(name)
    )
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{LOCK_SECONDS}s"])
            cursor.execute(statement)
            off, on = ({"table": table, "trigger": name, "state": state} for state in ("off", "on"))
            record(user=user, kind="system.trigger_enabled", subject=("pg_trigger", name), before=off, after=on)
    except OperationalError as error:
        raise Refused(f"{table} is being written by somebody who doesn't end, an import perhaps. Try again.") from error
    except ProgrammingError as error:
        raise Refused(f"The database doesn't let this app change {table}: its owner must enable {name}.") from error
    return True
