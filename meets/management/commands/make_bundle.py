"""make_bundle: a made-up meet of any size in the scraper's seven files, with the truth beside it."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from importadmin.commands import WRONG_ARGUMENTS, JsonCommand
from meets.sample.bundle import make_bundle


class Command(JsonCommand):
    help = "Make a bundle of made-up people: seven CSV files in a folder of OUT, and OUT/truth.csv."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--results", type=int, required=True, help="lines of results.csv, header apart")
        parser.add_argument("--races", type=int, default=26)
        parser.add_argument("--schools", type=int, help="by default one for every 17.5 results")
        parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same files")
        parser.add_argument("out", type=Path, metavar="OUT")

    def handle(self, *args: Any, **options: Any) -> None:
        results = options["results"]
        schools = max(1, round(results / 17.5)) if options["schools"] is None else options["schools"]
        try:
            folder = make_bundle(
                options["out"], results=results, races=options["races"], schools=schools, seed=options["seed"]
            )
        except ValueError as problem:
            raise CommandError(str(problem), returncode=WRONG_ARGUMENTS) from problem
        except OSError as problem:
            raise CommandError(str(problem)) from problem
        made = {"folder": str(folder), "truth": str(options["out"] / "truth.csv"), "results": results}
        self.stdout.write(json.dumps(made) if options["json"] else f"{results:,} results in {folder}")
