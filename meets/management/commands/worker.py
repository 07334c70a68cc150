"""`manage.py worker`: runs imports, one at a time, each in a process of its own."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from meets.jobs.worker import work_for_ever


class Command(BaseCommand):
    help = "Run imports as they come. Ctrl-C ends it after the one that runs; twice ends that too."
    # A worker must start with PostgreSQL away as well; the checks and the look at migrations would need it.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--burst", action="store_true", help="end when nothing waits any more")

    def handle(self, *args: Any, **options: Any) -> None:
        # Loaded before the fork: no import pays for it, and what can't be loaded says so here, not in every child.
        import meets.pipeline.run  # noqa: F401

        work_for_ever(burst=options["burst"])
