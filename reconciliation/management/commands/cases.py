"""`manage.py cases`: the open questions, for scripts and for whoever sits at a terminal."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reconciliation.actions.answers import answers_for
from reconciliation.compare.meets import find_meet
from reconciliation.models import Case, CaseKind, CaseStatus


class Command(BaseCommand):
    help = "List the open questions, in the order of the queue."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--meet", help="only of this meet: its id, or its athletic.net id")
        parser.add_argument("--kind", choices=CaseKind.values)
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        cases = Case.objects.filter(status=CaseStatus.OPEN).order_by("position", "pk")
        if options["meet"]:
            cases = cases.filter(meet_id=find_meet(options["meet"]).pk)
        if options["kind"]:
            cases = cases.filter(kind=options["kind"])
        if options["json"]:
            self.stdout.write(json.dumps([as_json(case) for case in cases], indent=1, default=str, ensure_ascii=False))
            return
        for case in cases:
            self.stdout.write(f"{case.pk}  {case.get_kind_display()}: {case.question}")
            for candidate in case.candidates:
                self.stdout.write(f"    {candidate['athlete_id']}  {candidate['name']} ({candidate['grad_year']})")
        if not cases:
            self.stdout.write("No question is open.")


def as_json(case: Case) -> dict[str, Any]:
    return {
        "id": case.pk,
        "kind": case.kind,
        "version": case.version,
        "question": case.question,
        "meet_id": case.meet_id,
        "subject": case.subject,
        "candidates": case.candidates,
        "answers": [choice.answer for choice in answers_for(case)],
        "created_at": case.created_at,
    }
