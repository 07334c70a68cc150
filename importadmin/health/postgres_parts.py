"""PostgreSQL: does it answer, what holds it up, are its triggers on and its tables the newest."""

from typing import Any

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from importadmin.health.part import Part, size_words, time_words

# An import of a large meet takes seconds, of a million lines minutes. What is open for longer keeps old rows alive.
LONG_TRANSACTION_SECONDS = 15 * 60
FORGOTTEN_TRANSACTION_SECONDS = 2 * 3600

SERVER = """
    SELECT current_setting('server_version'), pg_database_size(current_database()),
           (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()),
           current_setting('max_connections')::int, pg_postmaster_start_time() AT TIME ZONE 'UTC',
           coalesce((SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c
                     WHERE c.relnamespace = 'importadmin'::regnamespace AND c.relkind = 'r'), 0)"""
# Another role's statement can't be seen without a right to; its age can.
LONGEST = """
    SELECT extract(epoch FROM clock_timestamp() - xact_start)::float, pid, coalesce(application_name, ''),
           coalesce(state, ''), coalesce(usename::text, '')
    FROM pg_stat_activity
    WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()
      AND backend_type = 'client backend'
    ORDER BY xact_start LIMIT 1"""
TRIGGERS = """
    SELECT c.relname, t.tgname, t.tgenabled IN ('O', 'A')
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace
      AND c.relname IN ('results', 'athletes', 'schools', 'meets', 'races', 'courses')
    ORDER BY c.relname = 'results' DESC, c.relname, t.tgname"""


def postgresql() -> Part:
    try:
        with connection.cursor() as cursor:
            cursor.execute(SERVER)
            version, size, used, allowed, since, own = cursor.fetchone()
    except Error as error:
        return Part("PostgreSQL", False, "does not answer", "Start it; everything waits for it.", {"Error": str(error)})
    facts = {"Version": version, "Size": f"{size_words(size)}, of which imports and audit {size_words(float(own))}"}
    facts |= {"Connections": f"{used} of {allowed}", "Up since": f"{since:%d %b %Y %H:%M} UTC"}
    crowded = used > allowed * 0.8
    return Part("PostgreSQL", None if crowded else True, "nearly all connections are taken" if crowded else "works",
                "Stop workers or raise max_connections." if crowded else "", facts)  # fmt: skip


def longest_transaction() -> tuple[float, int, str, str, str] | None:
    """(seconds, pid, application, state, role) of the oldest open transaction but ours."""
    with connection.cursor() as cursor:
        cursor.execute(LONGEST)
        row: tuple[float, int, str, str, str] | None = cursor.fetchone()
    return row


def transactions() -> Part:
    found = longest_transaction()
    if found is None:
        return Part("Longest transaction", True, "none is open")
    seconds, pid, application, state, role = found
    facts = {"Process": pid, "Program": application or "unnamed", "Role": role, "State": state}
    says = f"open for {time_words(seconds)}"
    if seconds < LONG_TRANSACTION_SECONDS:
        return Part("Longest transaction", True, says, "", facts)
    remedy = f"Old rows can't be cleared until it ends. If nobody needs it: SELECT pg_terminate_backend({pid})."
    return Part("Longest transaction", False if seconds > FORGOTTEN_TRANSACTION_SECONDS else None, says, remedy, facts)


def trigger_rows() -> list[dict[str, Any]]:
    """[{table, name, on}] of the site's tables, those of results first."""
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS)
        return [{"table": table, "name": name, "on": on} for table, name, on in cursor.fetchall()]


def triggers() -> Part:
    rows = trigger_rows()
    off = [f"{row['table']}.{row['name']}" for row in rows if not row["on"]]
    if not rows:
        return Part("Triggers", False, "there are none", "Run “manage.py migrate”: counts and records aren't kept up.")
    if off:
        remedy = "An admin enables them below; then rebuild the derived tables, which were not kept up meanwhile."
        return Part("Triggers", False, f"{len(off)} off", remedy, {"Off": ", ".join(off)})
    return Part("Triggers", True, f"all {len(rows)} on")


def migrations() -> Part:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    unknown = set(executor.loader.applied_migrations) - set(executor.loader.graph.nodes)
    if plan:
        waiting = ", ".join(f"{migration.app_label} {migration.name}" for migration, _ in plan[:5])
        return Part("Migrations", False, f"{len(plan)} not applied", "Run “manage.py migrate”.", {"Waiting": waiting})
    ours = {key for key in unknown if key[0] in ("importadmin", "meets", "reconciliation")}
    if ours:
        newest = ", ".join(sorted(f"{app} {name}" for app, name in ours)[:5])
        remedy = "This program is older than its database: start the newer one, here too."
        return Part("Migrations", None, "the database is newer", remedy, {"Unknown here": newest})
    return Part("Migrations", True, "all applied")
