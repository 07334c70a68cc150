"""The inbox: a folder of this machine into which operators put bundles. What lies there, and what became of it.

An entry is a folder or ZIP directly in it. It is moved to `processed/<timestamp>/` once every bundle of it has been
imported; until then it stays where it is, so that a failed import loses nothing.
"""

import hashlib
import logging
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Exists, OuterRef

from meets.bundles.kinds import RESULTS, kind_of
from meets.models import Bundle, Import, Mode, State

log = logging.getLogger(__name__)

# What has been written to within so many seconds may still be arriving.
SETTLED_SECONDS = 10
MOST_ENTRIES = 200


@dataclass(frozen=True)
class Entry:
    """`mark` changes with every file of it: another bundle under the same name is another entry."""

    name: str
    path: Path
    size: int
    newest: float
    mark: str
    bundles: list[Bundle] = field(default_factory=list)

    @property
    def arriving(self) -> bool:
        return time.time() - self.newest < SETTLED_SECONDS

    @property
    def changed_at(self) -> datetime:
        return datetime.fromtimestamp(self.newest, UTC)

    @property
    def done(self) -> bool:
        return bool(self.bundles) and all(bundle.imported for bundle in self.bundles)  # type: ignore[attr-defined]


def folder() -> Path | None:
    """None where no inbox is set."""
    return settings.IMPORTADMIN_INBOX


def entries() -> list[Entry]:
    """What lies in the inbox, the oldest first. A folder that isn't there, or can't be read, holds nothing."""
    inbox = folder()
    if inbox is None:
        return []
    try:
        found = [entry for path in sorted(inbox.iterdir())[: MOST_ENTRIES * 5] if (entry := _entry(path))]
    except OSError as error:
        log.warning("The inbox can't be read: %s", error.strerror)
        return []
    found = sorted(found, key=lambda entry: (entry.newest, entry.name))[:MOST_ENTRIES]
    known = _bundles_of([entry.mark for entry in found])
    for entry in found:
        entry.bundles.extend(known.get(entry.mark, []))
    return found


def settle() -> list[str]:
    """Move away what has been imported. Returns the names. Two at once do no harm: the second finds nothing."""
    moved = []
    for entry in entries():
        if entry.done:
            try:
                _move(entry)
                moved.append(entry.name)
            except OSError as error:
                log.warning("An entry of the inbox can't be moved away: %s", error.strerror)
    return moved


def settle_quietly() -> None:
    """After an import, wherever it ran: the inbox may not be there, and the import is done all the same."""
    try:
        if folder() is not None:
            settle()
    except Exception:
        log.exception("The inbox could not be tidied.")


def _move(entry: Entry) -> None:
    processed = settings.IMPORTADMIN_PROCESSED / f"{datetime.now(UTC):%Y%m%d_%H%M%S}"
    processed.mkdir(parents=True, exist_ok=True)
    target, number = processed / entry.name, 1
    while target.exists():
        number += 1
        target = processed / f"{entry.name} ({number})"
    shutil.move(entry.path, target)


def _entry(path: Path) -> Entry | None:
    if path.name.startswith(".") or path.is_symlink():
        return None
    files = sorted(_files(path)) if path.is_dir() else [path] if path.suffix.lower() == ".zip" else []
    if not any(file.suffix.lower() == ".zip" or kind_of(file.name) == RESULTS for file in files):
        return None
    mark, size, newest = hashlib.sha256(), 0, 0.0
    for file in files:
        found = file.stat()
        mark.update(f"{file.relative_to(path.parent)}\0{found.st_size}\0{found.st_mtime_ns}\0".encode())
        size, newest = size + found.st_size, max(newest, found.st_mtime)
    return Entry(path.name, path, size, newest, mark.hexdigest())


def _files(path: Path) -> Iterator[Path]:
    """All of it, links not followed: what is no part of a bundle is moved along, and tells whether it still arrives."""
    for here, _folders, names in os.walk(path):
        for name in names:
            file = Path(here) / name
            if not file.is_symlink():
                yield file


def _bundles_of(marks: list[str]) -> dict[str, list[Bundle]]:
    done = Import.objects.filter(bundle=OuterRef("pk"), mode=Mode.IMPORT, state=State.DONE)
    found = Bundle.objects.filter(check_report__inbox__in=marks).annotate(imported=Exists(done)).order_by("pk")
    by_mark: dict[str, list[Bundle]] = {}
    for bundle in found:
        by_mark.setdefault(bundle.check_report["inbox"], []).append(bundle)
    return by_mark
