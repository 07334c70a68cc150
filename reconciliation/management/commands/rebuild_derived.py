"""`manage.py rebuild_derived [NAME…]`: compute the derived tables anew, all or the named ones."""

import json
import time
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import connection

from importadmin.commands import WRONG_ARGUMENTS, JsonCommand

# In this order: records are made of best times and normalised times.
NAMES = (
    "normalized_times",
    "athlete_best_times",
    "course_records",
    "school_hall_of_fame",
    "school_course_records",
)


class Command(JsonCommand):
    help = f"Rebuild derived tables by the site's functions: {', '.join(NAMES)}. Without a name, all of them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))

    def handle(self, *args: Any, **options: Any) -> None:
        if unknown := sorted(set(options["names"]) - set(NAMES)):
            raise CommandError(
                f"No derived table is called {', '.join(unknown)}. They are: {', '.join(NAMES)}.",
                returncode=WRONG_ARGUMENTS,
            )
        wanted = [name for name in NAMES if name in options["names"]] or list(NAMES)
        done = [self._rebuild(name) for name in wanted]
        if options["json"]:
            report = {"rebuilt": done, "seconds": round(sum(part["seconds"] for part in done), 3)}
            self.stdout.write(json.dumps(report, indent=1))
            return
        for part in done:
            self.stdout.write(f"{part['name']:<22} {part['rows_changed']:>9,} rows changed, {part['seconds']:.2f} s")

    def _rebuild(self, name: str) -> dict[str, Any]:
        begun = time.monotonic()
        with connection.cursor() as cursor:
            # One of the names above, never what somebody typed.
            cursor.execute(f"SELECT public.batch_rebuild_{name}()")  # noqa: S608
            changed = cursor.fetchone()[0]
        return {"name": name, "rows_changed": changed, "seconds": round(time.monotonic() - begun, 3)}
