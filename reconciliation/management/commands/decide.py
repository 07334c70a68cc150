"""`manage.py decide CASE ANSWER`: the same answers as on the pages."""

import sys
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser

from reconciliation.actions.answer_case import answer_case, preview_answer, read_answer
from reconciliation.actions.errors import Refused
from reconciliation.models import Answer, Case


class Command(BaseCommand):
    help = "Answer an open question. Exit code 1 when it can't be done; the output says why."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("case", type=UUID)
        parser.add_argument("answer", choices=[answer.value for answer in Answer if answer != Answer.UNDO])
        parser.add_argument("--reason", default="")
        parser.add_argument("--athlete", type=UUID, help="whom it means, where several may be meant")
        parser.add_argument("--time", type=int, help="of `keep`: which time, counted from 1")
        parser.add_argument("--grad-year", type=int, help="of `different`, where the file gives no grade")
        parser.add_argument("--take-spelling", action="store_true", help="the athlete takes over the file's spelling")
        parser.add_argument("--preview", action="store_true", help="say what it would change, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if not Case.objects.filter(pk=options["case"]).exists():
            self.stderr.write(f"There is no case {options['case']}.")
            sys.exit(1)
        given = {
            "case_id": options["case"],
            "answer": read_answer(options["answer"]),
            "user": None,
            "reason": options["reason"],
            "athlete_id": options["athlete"],
            "choice": options["time"],
            "take_spelling": options["take_spelling"],
            "grad_year": options["grad_year"],
        }
        try:
            if options["preview"]:
                preview = preview_answer(**given)
                if preview.refused:
                    raise Refused(preview.refused)
                self.stdout.write(preview.sentence)
                for veto in preview.vetoes:
                    self.stdout.write(f"  Speaks against it: {veto}")
                return
            decision = answer_case(version=None, **given)
        except Refused as refused:
            self.stderr.write(str(refused))
            sys.exit(1)
        self.stdout.write(f"{decision.summary}\nDecision {decision.pk}")
