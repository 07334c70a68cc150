"""`manage.py verify_meet MEET`: the closing checklist. Exit code 1 when any line of it is false."""

import json
import sys
from typing import Any

from django.core.management.base import CommandParser

from importadmin.commands import JsonCommand
from reconciliation.compare.checklist import checklist
from reconciliation.compare.meets import find_meet


class Command(JsonCommand):
    help = "Check all that must be true before a meet is closed. Exit code 1 when something is not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("meet", help="the meet's id, or its athletic.net id")

    def handle(self, *args: Any, **options: Any) -> None:
        meet = find_meet(options["meet"])
        checks = checklist(meet.pk)
        ok = all(check["ok"] for check in checks)
        if options["json"]:
            report = {"meet_id": str(meet.pk), "ok": ok, "checks": checks}
            self.stdout.write(json.dumps(report, indent=1, default=str, ensure_ascii=False))
        else:
            for check in checks:
                self.stdout.write(f"{'yes' if check['ok'] else 'NO ':<3}  {check['label']}: {check['detail']}")
        if not ok:
            sys.exit(1)
