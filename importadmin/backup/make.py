"""Make a backup: a folder with database.dump, uploads/ and manifest.json, which is written last."""

import json
import shutil
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection, transaction

from importadmin.backup import programs

SCHEMAS = ("public", "importadmin")
# The manifest's figures: what a restore must find again.
COUNTED = ("public.meets", "public.athletes", "public.results", "public.athlete_best_times",
           "importadmin.imports", "importadmin.import_rows", "importadmin.audit_entries")  # fmt: skip
STORED = "SELECT f.value->>'storage' FROM importadmin.bundles b, jsonb_each(b.files) f WHERE f.value ? 'storage'"
# Of what a schema uses of an extension pg_dump alone would only keep the use.
EXTENSIONS = """
    SELECT extname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
    WHERE n.nspname = ANY (%s) ORDER BY extname"""


def make_backup(folder: Path) -> dict[str, Any]:
    """The manifest. Imports may run meanwhile: the dump is of one moment, that of its snapshot."""
    folder.mkdir(mode=0o700, parents=True)
    with transaction.atomic(), connection.cursor() as cursor:
        # One snapshot for the figures, the list of files and the dump.
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        cursor.execute(EXTENSIONS, [list(SCHEMAS)])
        extensions = [name for (name,) in cursor.fetchall()]
        manifest: dict[str, Any] = {"counts": counts(cursor), "migrations": migrations(cursor)}
        cursor.execute(STORED)
        stored = sorted(name for (name,) in cursor.fetchall())
        chosen = [f"--schema={name}" for name in SCHEMAS] + [f"--extension={name}" for name in extensions]
        programs.run("pg_dump", "--format=custom", f"--snapshot={snapshot}", "--no-owner",
                     f"--file={folder / 'database.dump'}", *chosen)  # fmt: skip
    manifest |= {"uploads": len(stored), "missing_uploads": [name for name in stored if not _copy(name, folder)]}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1))
    return manifest


def counts(cursor: Any) -> dict[str, int]:
    found = {}
    for table in COUNTED:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608  (names of this file)
        found[table] = int(cursor.fetchone()[0])
    return found


def migrations(cursor: Any) -> list[str]:
    cursor.execute("SELECT app || '.' || name FROM importadmin.django_migrations ORDER BY 1")
    return [name for (name,) in cursor.fetchall()]


def _copy(name: str, folder: Path) -> bool:
    target = folder / "uploads" / name
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with default_storage.open(name) as source, target.open("wb") as copy:
            shutil.copyfileobj(source, copy)
    except OSError:
        return False
    return True
