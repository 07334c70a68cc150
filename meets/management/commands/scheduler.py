"""`manage.py scheduler`: starts the nightly rebuild of the derived tables, by RQ's own scheduler."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from meets.jobs.nightly import schedule_for_ever


class Command(BaseCommand):
    help = "Start what is done every night (IMPORTADMIN_NIGHTLY_REBUILD). One of them is enough. Ctrl-C ends it."
    # It only talks to Redis, and must start with PostgreSQL away as well.
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IMPORTADMIN_NIGHTLY_REBUILD:
            self.stdout.write("Nothing is scheduled: IMPORTADMIN_NIGHTLY_REBUILD is off.")
            return
        schedule_for_ever()
