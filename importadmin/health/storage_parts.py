"""Room on the disk, and where uploads are kept."""

import os
import shutil
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages
from django.db import connection

from importadmin.health.part import Part, size_words

LOW_DISK_BYTES, NO_DISK_BYTES = 2 * 1024**3, 200 * 1024**2
KEPT = "SELECT count(*), coalesce(sum(size_bytes), 0) FROM bundles"


def disk() -> Part:
    total, _used, free = shutil.disk_usage(nearest(settings.DATA_DIR))
    says = f"{size_words(free)} free of {size_words(total)}"
    remedy = "Make room: an import needs about five times the size of its files."
    if free < LOW_DISK_BYTES:
        return Part("Disk", False if free < NO_DISK_BYTES else None, says, remedy)
    return Part("Disk", True, says)


def storage(ask_database: bool = True) -> Part:
    """A bucket is not asked: that would take longer than the page has. An upload that can't be kept says so at once."""
    facts = {}
    if ask_database:
        with connection.cursor() as cursor:
            cursor.execute(KEPT)
            bundles, size = cursor.fetchone()
        facts["Kept"] = f"{bundles:,} bundle{'' if bundles == 1 else 's'}, {size_words(float(size))}"
    kept_in = storages["default"]
    if not isinstance(kept_in, FileSystemStorage):
        facts["Kind"] = settings.STORAGES["default"]["BACKEND"].rpartition(".")[2]
        return Part("Uploads", True, "in a storage service", "", facts)
    folder = Path(kept_in.location)
    facts["Folder"] = str(folder)
    here = nearest(folder)
    if not os.access(here, os.W_OK | os.X_OK):
        return Part("Uploads", False, "can't be written", f"Give this user the right to write {here}.", facts)
    free = shutil.disk_usage(here).free
    facts["Free"] = size_words(free)
    if free < settings.IMPORTADMIN_MAX_UPLOAD_BYTES:
        return Part("Uploads", None, "little room", "Make room: the largest upload allowed would not fit.", facts)
    return Part("Uploads", True, "can be written", "", facts)


def nearest(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there already."""
    while not folder.exists():
        folder = folder.parent
    return folder
