"""`manage.py adopt`: make the site's existing database ours too, after showing what that means."""

import json
import sys
from itertools import groupby
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser

from importadmin.commands import JsonCommand
from meets.actions.refused import Refused
from meets.adopt import apply, plan
from meets.adopt.step import Step

NOTHING_TO_DO, UNFIT, TO_DO = 0, 1, 4
NEXT = {
    plan.DIRT[0]: "They come up for review; merge them there.",
    plan.DIRT[1]: "A rebuild takes them away: Derived tables, or manage.py rebuild_derived.",
    plan.DIRT[2]: "A rebuild puts them right, with the records that rest on them.",
}


class Command(JsonCommand):
    help = (
        "Examine the database of DATABASE_URL and print, as SQL, what adopting it would add and replace. Nothing is "
        "written without --apply. Exit code 4 when there is something to do, 1 when the database doesn't fit."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="do it")
        parser.add_argument("--replace", action="append", default=[], metavar="TABLE.TRIGGER", help="ours replace it")
        parser.add_argument("--keep", action="append", default=[], metavar="TABLE.TRIGGER", help="it stays")
        parser.add_argument(
            "--patience", type=float, default=600, metavar="SECONDS", help="how long to try for a table's lock"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        choices = plan.Choices(frozenset(options["replace"]), frozenset(options["keep"]))
        if options["apply"]:
            self._apply(choices, options["patience"], options["json"])
            return
        found = plan.examine(choices)
        if options["json"]:
            self.stdout.write(json.dumps(as_json(found), indent=1, ensure_ascii=False))
        else:
            self._print(found)
        if found.problems:
            sys.exit(UNFIT)
        if found.steps:
            sys.exit(TO_DO)

    def _apply(self, choices: plan.Choices, patience: float, as_json_too: bool) -> None:
        taken: list[dict[str, Any]] = []

        def tell(step: Step, seconds: float) -> None:
            taken.append({"phase": step.phase, "title": step.title, "sql": step.sql, "seconds": round(seconds, 3)})
            if not as_json_too:
                self.stdout.write(f"{seconds:7.2f} s  {step.title}")

        try:
            apply.apply(choices, tell=tell, patience_seconds=patience)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        # Nothing is left for it to migrate; it adds Django's own rows about our tables.
        call_command("migrate", verbosity=0, interactive=False)
        found = plan.examine(choices)
        if as_json_too:
            self.stdout.write(json.dumps({"taken": taken, **as_json(found)}, indent=1, ensure_ascii=False))
            return
        self.stdout.write(f"{len(taken)} steps taken. " if taken else "There was nothing to do.")
        self._tell_dirt(found)

    def _print(self, found: plan.Plan) -> None:
        for line in found.fits:
            self.stdout.write(f"-- {line}")
        for remark in found.remarks:
            sign = "-- DOES NOT FIT:" if remark.problem else "-- Note:"
            self.stdout.write(f"{sign} {remark.text} {remark.remedy}".rstrip())
        for phase, steps in groupby(found.steps, key=lambda step: step.phase):
            self.stdout.write(f"\n-- == {phase} ==")
            for step in steps:
                self.stdout.write(f"-- {step.title}")
                if step.sql:
                    self.stdout.write(step.sql)
        self._tell_dirt(found)
        if found.problems:
            self.stdout.write("\n-- Nothing can be done before what does not fit is mended.")
        elif found.steps:
            self.stdout.write(f"\n-- {len(found.steps)} steps. Nothing was written: --apply does it.")
        else:
            self.stdout.write("\n-- Everything fits; there is nothing to do.")

    def _tell_dirt(self, found: plan.Plan) -> None:
        for what, count in found.dirt.items():
            if count:
                self.stdout.write(f"-- {count:,} {what}. {NEXT[what]}")


def as_json(found: plan.Plan) -> dict[str, Any]:
    return {
        "fits": found.fits,
        "problems": [{"text": one.text, "remedy": one.remedy} for one in found.problems],
        "remarks": [{"text": one.text, "remedy": one.remedy} for one in found.remarks if not one.problem],
        "steps": [
            {"phase": step.phase, "title": step.title, "sql": step.sql, "replaces": step.replaces}
            for step in found.steps
        ],
        "dirt": found.dirt,
    }
