"""`manage.py backup FOLDER`: database and uploads into a new folder."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from importadmin.backup.make import make_backup
from importadmin.commands import JsonCommand


class Command(JsonCommand):
    help = "Make a backup of the database and the uploads in a new folder. Imports may run meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="must not be there yet")

    def handle(self, *, folder: Path, **options: Any) -> None:
        if folder.exists():
            raise CommandError(f"{folder} is there already: name a new folder.")
        manifest = make_backup(folder)
        if options["json"]:
            self.stdout.write(json.dumps(manifest))
            return
        self.stdout.write(f"{folder}: {manifest['counts']['public.results']:,} results, {manifest['uploads']} files.")
        if missing := manifest["missing_uploads"]:
            self.stdout.write(f"{len(missing)} files were not in storage any more; the manifest names them.")
