"""Django's `migrate`, after making sure that the schema for our own tables is there."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        # Django's table of migrations goes into the first schema of search_path, so that must exist before all else.
        with connections[options["database"]].cursor() as cursor:
            cursor.execute("SELECT to_regnamespace('importadmin') IS NULL")
            if cursor.fetchone() == (True,):
                cursor.execute("CREATE SCHEMA IF NOT EXISTS importadmin")
            # Nobody but the app's role has business there; the site reads what is in public.
            cursor.execute("REVOKE ALL ON SCHEMA importadmin FROM PUBLIC")
        super().handle(*args, **options)
