"""Bring a backup back into an empty database and storage, and check that all of it is there."""

import json
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management.base import CommandError
from django.db import connection

from importadmin.backup import programs
from importadmin.backup.make import counts

EMPTY = "SELECT to_regclass('public.meets') IS NULL AND to_regclass('importadmin.imports') IS NULL"


def restore_backup(folder: Path) -> dict[str, Any]:
    """The manifest. The database in one transaction: a restore that fails leaves it empty, and can be run again."""
    manifest = _manifest(folder)
    with connection.cursor() as cursor:
        cursor.execute(EMPTY)
        if not cursor.fetchone()[0]:
            raise CommandError("The database is not empty: name one that is, and nothing is lost. Nothing was changed.")
        # An empty schema may stand there from an earlier start; the dump brings its own.
        cursor.execute("DROP SCHEMA IF EXISTS importadmin")
        cursor.execute("DROP SCHEMA public")
    try:
        into = f"--dbname={connection.get_connection_params()['dbname']}"
        dump = str(folder / "database.dump")
        programs.run("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", into, dump)
    except BaseException:
        with connection.cursor() as cursor:
            cursor.execute("CREATE SCHEMA IF NOT EXISTS public")
        raise
    for file in sorted((folder / "uploads").rglob("*")):
        name = file.relative_to(folder / "uploads").as_posix()
        if file.is_file() and not default_storage.exists(name):
            with file.open("rb") as source:
                default_storage.save(name, File(source, name=name))
    with connection.cursor() as cursor:
        found = counts(cursor)
    if found != manifest["counts"]:
        raise CommandError(f"The counts differ from the backup's: {found} instead of {manifest['counts']}.")
    return manifest


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
    except (OSError, ValueError):
        raise CommandError(
            f"{folder} holds no finished backup: it has no manifest.json, which is written last."
        ) from None
    return manifest
