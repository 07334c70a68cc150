"""`manage.py restore FOLDER`: a backup into an empty database and storage."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from importadmin.backup.restore import restore_backup
from importadmin.commands import JsonCommand


class Command(JsonCommand):
    help = "Bring a backup back into an empty database. Refused when there is anything in it."
    # The checks would look for tables.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *, folder: Path, **options: Any) -> None:
        manifest = restore_backup(folder)
        if options["json"]:
            self.stdout.write(json.dumps(manifest))
            return
        self.stdout.write(f"Restored {manifest['counts']['public.results']:,} results. Now run “manage.py migrate”.")
