"""`manage.py add_missing MEET [--preview]`: add the missing lines whose athlete is sure."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reconciliation.actions.differences import WHICH, add_missing, preview_missing
from reconciliation.compare.meets import find_meet


class Command(BaseCommand):
    help = "Add the results that the file has and the site has not, where it is sure whose they are."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("meet", help="the meet's id, or its athletic.net id")
        parser.add_argument(
            "--which", choices=list(WHICH), default="existing", help="existing athletes, new ones, or both"
        )
        parser.add_argument("--reason", default="")
        parser.add_argument("--preview", action="store_true", help="list them and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        meet = find_meet(options["meet"])
        preview = preview_missing(meet_id=meet.pk)
        if options["preview"]:
            for line, athlete, name in preview.existing:
                self.stdout.write(f"line {line}: {name} goes to {athlete}")
            for line, name in preview.creates:
                self.stdout.write(f"line {line}: {name} is created")
        else:
            made = add_missing(meet_id=meet.pk, user=None, which=options["which"], reason=options["reason"])
            self.stdout.write(f"{len(made)} added." + (f" Undo them as batch {made[0].batch}." if made else ""))
        for line, name, why in preview.doubtful:
            self.stdout.write(f"line {line}: {name} is left: {why}")
