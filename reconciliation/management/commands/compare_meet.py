"""`manage.py compare_meet MEET`: the meet's CSV against the database, as its comparison page shows it."""

import json
from typing import Any

from django.core.management.base import CommandParser

from importadmin.commands import JsonCommand
from importadmin.templatetags.words import race_time
from reconciliation.compare.analysis import Analysis, analyse
from reconciliation.compare.download import full_json
from reconciliation.compare.meets import find_meet


class Command(JsonCommand):
    help = "Compare a meet's CSV with the database: what is missing, what is extra, what is spelled otherwise."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("meet", help="the meet's id, or its athletic.net id")

    def handle(self, *args: Any, **options: Any) -> None:
        found = analyse(find_meet(options["meet"]).pk)
        if options["json"]:
            self.stdout.write(json.dumps(full_json(found), indent=1, ensure_ascii=False))
        else:
            self._tell(found)

    def _tell(self, found: Analysis) -> None:
        figures = found.figures
        self.stdout.write(f"{found.meet.name}: {found.sentence}")
        if found.import_ is None:
            return
        self.stdout.write(f"  CSV {figures.csv_total:,} lines with a time, database {figures.db_total:,} results")
        self.stdout.write(f"  by exact name   {figures.strict_missing:,} missing, {figures.strict_extra:,} extra")
        self.stdout.write(f"  by folded name  {figures.folded_missing:,} missing, {figures.folded_extra:,} extra")
        for missing in found.missing:
            line = missing.line
            race = found.races.get(line.race_id) if line.race_id else None
            where = f"{race.name if race else 'no race'}, {race_time(line.time_cs)}"
            self.stdout.write(f"  line {line.line}: {line.name}, {where}: {missing.standing.kind.label}")
