"""demo: the reference case through the upload and the job that staff use, and what to look at then."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from importadmin.database import connect
from meets.management.commands.load_reference import load_once, zipped
from meets.sample.accounts import CAST, NameTakenError, demo_password, ensure_cast
from meets.sample.figures import strict
from meets.sample.reference import MEET, row_id, write_reference
from meets.sample.visitor import UnexpectedPageError, Visitor

WORDS = {
    "inserted": "added",
    "already_present": "already there",
    "variant_present": "there under another spelling",
    "held": "waiting for review",
    "skipped": "without a time",
    "rejected": "in need of repair",
    "repeated": "the same line twice",
    "dismissed": "set aside",
}


class Command(BaseCommand):
    help = "Load the reference case, import its bundle as staff would, print what to look at."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--url", default="http://127.0.0.1:8000/", help="where the site runs")
        parser.add_argument("--timeout", type=float, default=180, help="seconds to wait for the import")

    def handle(self, *args: Any, url: str, timeout: float, **options: Any) -> None:
        data_dir = Path(settings.DATA_DIR)
        password = demo_password(data_dir)
        try:
            ensure_cast(password)
        except NameTakenError as problem:
            raise CommandError(str(problem)) from None
        folder = write_reference(data_dir / "reference")
        load_once()
        before = self.compare(folder)
        try:
            visitor = Visitor(url)
            import_page, progress = self.visit(visitor, password, zipped(folder), timeout)
        except (UnexpectedPageError, OSError) as problem:
            raise CommandError(f"The demo stopped: {problem}") from problem
        self.tell(before, self.compare(folder), progress)
        self.show_around(visitor.url, import_page, password, progress)

    def compare(self, folder: Path) -> dict[str, int]:
        with connect(application_name="demo") as conn:
            return strict(conn, MEET.ref, folder)

    def visit(self, visitor: Visitor, password: str, bundle: Path, timeout: float) -> tuple[str, dict[str, Any]]:
        visitor.sign_in("alice", password)
        self.stdout.write(f"alice uploads {bundle.name} and presses Import.")
        import_page = visitor.start_import(visitor.upload(bundle))
        progress = visitor.wait_for(import_page, timeout)
        if progress["state"] != "done":
            why = progress.get("failure") or "its page says why"
            raise UnexpectedPageError(
                f"the import ended as {progress['state']} ({why}): see {visitor.url}{import_page}"
            )
        return import_page, progress

    def tell(self, before: Mapping[str, int], after: Mapping[str, int], progress: dict[str, Any]) -> None:
        for word, figures in (("Before", before), ("After", after)):
            self.stdout.write(
                f"{word}: {figures['results']:,} results in the database. Compared strictly "
                f"{figures['missing']:,} missing, {figures['extra']:,} extra, "
                f"net {figures['missing'] - figures['extra']:,}."
            )
        outcomes = progress.get("outcomes") or {}
        told = ", ".join(f"{rows:,} {WORDS.get(name, name)}" for name, rows in outcomes.items() if rows)
        seconds = progress.get("seconds")
        took = f" in {seconds:.1f} s" if seconds else ""
        self.stdout.write(f"{sum(outcomes.values()):,} lines accounted for{took}: {told}.")

    def show_around(self, url: str, import_page: str, password: str, progress: dict[str, Any]) -> None:
        held = (progress.get("outcomes") or {}).get("held", 0)
        meet = row_id("meet", MEET.ref)
        self.stdout.write(
            f"\nOpen {url}\n"
            f"Sign in as {', '.join(f'{name} ({role})' for name, role in CAST.items())}; "
            f"the password of all three is {password}\n\n"
            "What to look at:\n"
            f"  {url}{import_page}  every line of the bundle and what became of it\n"
            f"  {url}meets/{meet}/comparison/  bundle against database, the spellings explained\n"
            f"  {url}review/  the {held} questions that a person must answer\n"
            f"  {url}imports/upload/  to upload it again: the bundle is recognised, nothing changes\n"
        )
