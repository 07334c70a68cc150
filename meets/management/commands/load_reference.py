"""load_reference: a meet of 4,655 results as an old import left it, and its bundle, to try everything on."""

import json
import zipfile
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from importadmin.commands import JsonCommand
from importadmin.database import connect
from meets.sample import load
from meets.sample.reference import MEET, write_reference


class Command(JsonCommand):
    help = "Load the made-up reference case into the database and write its bundle, as folder and ZIP."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, help="where the bundle goes; by default `reference` in the data folder")

    def handle(self, *args: Any, **options: Any) -> None:
        out = options["out"] or Path(settings.DATA_DIR) / "reference"
        folder = write_reference(out)
        done: dict[str, Any] = {
            "meet": MEET.ref,
            "folder": str(folder),
            "zip": str(zipped(folder)),
            "truth": str(out / "truth.csv"),
            "loaded": load_once(),
        }
        if options["json"]:
            self.stdout.write(json.dumps(done))
        elif done["loaded"]:
            counts = ", ".join(f"{rows:,} {table}" for table, rows in done["loaded"].items())
            self.stdout.write(f"Loaded {counts}. Bundle: {done['zip']}")
        else:
            self.stdout.write(f"The reference case is there already. Bundle: {done['zip']}")


def load_once() -> dict[str, int]:
    """Load the reference database; nothing if it is there already."""
    with connect(application_name="load_reference") as conn:
        if load.is_loaded(conn):
            return {}
        try:
            return load.load(conn)
        except psycopg.errors.UniqueViolation as clash:
            raise CommandError(
                "The database holds rows that clash with the reference case, so nothing was loaded: "
                f"{clash.diag.message_detail} Use an empty database."
            ) from clash


def zipped(folder: Path) -> Path:
    """The bundle as one ZIP beside its folder, the same bytes every time."""
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in sorted(folder.iterdir()):
            # A fixed time of writing: the ZIP's content is the same wherever it is made.
            entry = zipfile.ZipInfo(f"{folder.name}/{each.name}", (2025, 10, 12, 8, 15, 0))
            archive.writestr(entry, each.read_bytes(), zipfile.ZIP_DEFLATED)
    return path
