"""Do what the examination found: phase by phase, each step in a short transaction that gives way rather than wait."""

import time
from collections.abc import Callable

from django.db import OperationalError, connection, transaction

from importadmin.audit import record
from meets.actions.refused import Refused
from meets.adopt import plan
from meets.adopt.shape import rows, value
from meets.adopt.step import Step

# Whoever asks for a table's lock keeps all later ones waiting behind it, so we ask for under half a second at a time.
# Below PostgreSQL's deadlock_timeout (1 s): in a deadlock it is always we who give way.
LOCK_TIMEOUT_MS = 400
PAUSE_SECONDS = 1.0
BLOCKERS = """
    SELECT a.pid, coalesce(nullif(a.application_name, ''), 'unnamed'),
           round(extract(epoch FROM clock_timestamp() - a.xact_start))::integer
    FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.granted AND l.relation IS NOT NULL AND a.pid <> pg_backend_pid() AND a.datname = current_database()
      AND l.relation IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
      AND a.xact_start IS NOT NULL
    ORDER BY a.xact_start LIMIT 1"""
HAS_AUDIT_LOG = """
    SELECT EXISTS (SELECT FROM information_schema.columns
                   WHERE table_schema = 'importadmin' AND table_name = 'audit_entries' AND column_name = 'who')"""
Tell = Callable[[Step, float], None]


def apply(choices: plan.Choices, *, tell: Tell, patience_seconds: float = 600) -> int:
    """Returns the number of steps taken. `tell` hears of each, with the seconds it took.

    Raises Refused where the database doesn't fit, or somebody keeps a table for longer than `patience_seconds`.
    """
    found = plan.examine(choices)
    if found.problems:
        raise Refused("This database can't be adopted yet: " + " ".join(f"{p.text} {p.remedy}" for p in found.problems))
    taken = 0
    with connection.cursor() as cursor:
        # The hosted database ends long statements; building an index is one.
        cursor.execute("SET statement_timeout = 0")
    try:
        for number in range(len(plan.PHASES)):
            for step in plan.phase_steps(number, plan.see(choices)):
                began = time.monotonic()
                take(step, patience_seconds)
                tell(step, time.monotonic() - began)
                taken += 1
    finally:
        connection.close()
    return taken


def take(step: Step, patience_seconds: float) -> None:
    """One step, tried again until the tables are free."""
    deadline = time.monotonic() + patience_seconds
    while True:
        try:
            _once(step)
            return
        except OperationalError as error:
            if not _in_the_way(error):
                raise
            if time.monotonic() > deadline:
                raise Refused(_blocked(step)) from error
            time.sleep(PAUSE_SECONDS)


def _in_the_way(error: OperationalError) -> bool:
    """Lock not available, or a deadlock."""
    return getattr(error.__cause__, "sqlstate", "") in ("55P03", "40P01")


def _once(step: Step) -> None:
    from meets.adopt import backfill

    if step.run in (backfill.fill_athletes, backfill.put_counts_right):
        step.run()  # makes its own transactions, and no lock of a table
        _note(step)
    elif step.alone:
        with connection.cursor() as cursor:
            cursor.execute(step.sql)
        _note(step)
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = {LOCK_TIMEOUT_MS}")
                if step.run is None:
                    cursor.execute(step.sql)
            if step.run is not None:
                step.run()
            _note(step)


def _note(step: Step) -> None:
    """In the audit log, with all that was replaced, so that it can be put back. It isn't there in the first steps."""
    if not value(HAS_AUDIT_LOG):
        return
    record(
        user=None,
        kind="system.adopted",
        who="manage.py adopt",
        subject=("database", value("SELECT current_database()")),
        reason=step.title,
        before=step.replaces or None,
        after={"sql": step.sql} if step.sql else None,
    )


def _blocked(step: Step) -> str:
    held = rows(BLOCKERS)
    who = f" Process {held[0][0]} ({held[0][1]}) has been in a transaction for {held[0][2]} s." if held else ""
    return f"“{step.title}” needs a table that somebody doesn't let go of.{who} End it and run this again."
