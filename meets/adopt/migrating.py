"""Our migrations on the site's database: what it has already is taken as done, the rest runs as everywhere else."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration

from meets.adopt import triggers
from meets.adopt.shape import rows
from meets.adopt.step import Step
from meets.derived_tables import TABLES

Key = tuple[str, str]
# Their tables, columns and indexes are the site's own, or are made by steps that keep nobody waiting.
TAKEN_AS_DONE: set[Key] = {("meets", "0001_mirrored"), ("meets", "0002_additions"), ("reconciliation", "0001_mirrored")}
# Our triggers come with these; the site's go in the same transaction, so nothing is counted twice or not at all.
SWAPS: dict[Key, set[str]] = {
    ("meets", "0004_functions"): {"athletes"},
    ("meets", "0005_derived"): {"results", "schools", "races", "courses", "meets"},
}
FUNCTIONS = [each.function for each in TABLES]


def pending(app: str | None = None) -> list[Key]:
    executor = MigrationExecutor(connection)
    targets = executor.loader.graph.leaf_nodes(app)
    return [(migration.app_label, migration.name) for migration, _ in executor.migration_plan(targets)]


def steps(found: list[triggers.Trigger], phase: str, app: str | None = None) -> list[Step]:
    return [_step(key, found, phase) for key in pending(app)]


def _step(key: Key, found: list[triggers.Trigger], phase: str) -> Step:
    label = " ".join(key)
    if key in TAKEN_AS_DONE:
        return Step(phase, f"Migration {label}: recorded as done, the tables are there", "", run=lambda: migrate(key))
    before: dict[str, str] = {}
    first = last = ""
    if key == ("meets", "0005_derived"):
        first, before = _old_functions()
    if key in SWAPS:
        last, gone = triggers.replaced(found, SWAPS[key])
        before |= gone
    command = f"-- manage.py sqlmigrate {label}"
    text = "\n".join(part for part in (first, command, last) if part)
    return Step(phase, f"Migration {label}", text, replaces=before, run=lambda: migrate(key, first, last))


def _old_functions() -> tuple[str, dict[str, str]]:
    """The site's functions under the names of ours. One that answers something else must go before ours can come."""
    text, before = [], {}
    for name, answers, definition in rows(
        """SELECT proname, format_type(prorettype, NULL), pg_get_functiondef(oid) FROM pg_proc
           WHERE pronamespace = 'public'::regnamespace AND proname = ANY (%s) AND pronargs = 0 ORDER BY proname""",
        [FUNCTIONS],
    ):
        before[f"public.{name}()"] = definition
        if answers != "integer":
            text.append(f"DROP FUNCTION public.{name}();")
    return "\n".join(text), before


def migrate(key: Key, first: str = "", last: str = "") -> None:
    """Within the caller's transaction. A new executor each time: a failed try leaves its notion of the tables wrong."""
    with connection.cursor() as cursor:
        if first:
            cursor.execute(first)
        executor = MigrationExecutor(connection)
        migration: Migration = executor.loader.graph.nodes[key]
        executor.migrate([key], plan=[(migration, False)], fake=key in TAKEN_AS_DONE)
        if last:
            # After ours are made: the strongest lock is asked for last and held shortest.
            cursor.execute(last)
