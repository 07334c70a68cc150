"""`manage.py undo DECISION`: take a decision back."""

import sys
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser

from reconciliation.actions.errors import Refused
from reconciliation.actions.undo_decision import preview_undo, undo_decision


class Command(BaseCommand):
    help = "Take a decision back. Exit code 1 when it can't be done; the output says why."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("decision", type=UUID)
        parser.add_argument("--reason", default="")
        parser.add_argument(
            "--tell-apart", action="store_true", help="of a merge: remember the two as different people"
        )
        parser.add_argument(
            "--preview", action="store_true", help="say what it would restore and leave; change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["preview"]:
                preview = preview_undo(decision_id=options["decision"], user=None)
                if preview.refused:
                    raise Refused(preview.refused)
                self.stdout.write("\n".join([*preview.restores, *(f"Left alone: {one}" for one in preview.left)]))
                return
            decision = undo_decision(
                decision_id=options["decision"], user=None, reason=options["reason"], tell_apart=options["tell_apart"]
            )
        except Refused as refused:
            self.stderr.write(str(refused))
            sys.exit(1)
        left = (decision.after or {}).get("left") or []
        self.stdout.write("\n".join([decision.summary, *(f"Left alone: {one}" for one in left)]))
