"""Runs beside the tests, in the settings of the servers that they hurt: one command a line in, one JSON line out.

It does what a person's request does, through the same actions; it repairs nothing.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import django
import psycopg
from django.db import connections

# The connection that holds a lock, with a transaction of its own.
HELD: "list[psycopg.Connection[Any]]" = []


def upload(path: str) -> str:
    from meets.actions.receive_bundle import receive_path
    from meets.actions.start_import import start_import
    from meets.models import Mode

    [bundle] = receive_path(Path(path))
    return str(start_import(bundle=bundle, mode=Mode.IMPORT).pk)


def cancel(import_id: str) -> bool:
    from meets.actions.cancel_import import cancel_import
    from meets.models import Import

    return cancel_import(import_=Import.objects.get(pk=import_id), user=None)


def hold_results() -> None:
    """Until `let_results_go` whoever writes results waits, in the middle of the statement."""
    from importadmin.database import connect

    HELD.append(connect())
    HELD[0].execute("LOCK TABLE public.results IN EXCLUSIVE MODE")


def let_results_go() -> None:
    HELD.pop().close()


def waits_for_results() -> int:
    """How many statements wait for that lock now."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE relation = 'public.results'::regclass AND NOT granted")
        return int(cursor.fetchone()[0])


def state(import_id: str) -> dict[str, Any]:
    from meets.models import Import

    import_ = Import.objects.get(pk=import_id)
    names = ("state", "attempt", "stage", "worker", "failure", "outcomes", "lines", "waiting_for")
    return {name: getattr(import_, name) for name in names}


def facts(import_id: str) -> dict[str, Any]:
    """What the database holds because of an import, counted in the tables themselves."""
    from meets.models import Athlete, Import, ImportRow, Meet, Result
    from reconciliation.models import CaseRow

    import_ = Import.objects.get(pk=import_id)
    rows = ImportRow.objects.filter(import_id=import_id)
    people = list(Athlete.objects.values_list("name", "school_id", "grad_year", "gender"))
    return {
        "state": import_.state,
        "lines": import_.lines,
        "outcomes": sum(import_.outcomes.values()),
        "inserted": import_.outcomes.get("inserted", 0),
        "held": import_.outcomes.get("held", 0),
        "import_rows": rows.count(),
        "results": Result.objects.filter(import_id=import_id).count(),
        "results_of_meet": Result.objects.filter(meet_id=import_.meet_id).count() if import_.meet_id else 0,
        "result_count": Meet.objects.get(pk=import_.meet_id).result_count if import_.meet_id else 0,
        "meets": Meet.objects.filter(athletic_net_id=import_.meet_key.removeprefix("an:")).count(),
        "case_rows": CaseRow.objects.filter(import_id=import_id).count(),
        "people_twice": len(people) - len(set(people)),
    }


def main() -> None:
    django.setup()
    commands = {
        one.__name__: one for one in (upload, cancel, state, facts, hold_results, let_results_go, waits_for_results)
    }
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # whatever else prints must not come between the answers
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        try:
            for connection in connections.all():
                connection.close_if_unusable_or_obsolete()
            answer: Any = {"ok": commands[name](*arguments)}
        except Exception as error:
            connections.close_all()
            answer = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer, default=str) + "\n")


if __name__ == "__main__":
    main()
