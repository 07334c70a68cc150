"""Bundles on their way into storage: streamed, hashed, inspected; taken away again when refused."""

import hashlib
import io
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage

from importadmin.audit import record
from meets.bundles.archive import Budget, Entry, read_blocks
from meets.bundles.check import BundleFile, check_bundle, inspect_bundle
from meets.bundles.grouping import Group
from meets.bundles.inspect import FileInspection
from meets.bundles.kinds import METADATA, RESULTS
from meets.bundles.problems import WARNING, BadBundle, Problem
from meets.models import Bundle, HeaderMapping, Import

# With these a file is no results table at all; anything less is shown on the check page.
_REFUSED = frozenset({"file.empty", "file.not_csv", "line.too_long"})


class StoredBundle:
    """One bundle on its way into storage."""

    def __init__(self, group: Group, bundle_id: UUID) -> None:
        self._group = group
        self._id = bundle_id
        self._folder = f"received/{bundle_id}"
        self._names: list[str] = []
        self.files: dict[str, dict[str, Any]] = {}
        self._inspections: dict[str, FileInspection] = {}
        self._notes: list[Problem] = []

    def store(self, budget: Budget) -> None:
        for kind, entry in sorted(self._group.files.items()):
            self._store_file(kind, entry, budget)
        self._inspections = inspect_bundle(self._tables(), confirmed_mappings())
        problems = [
            problem
            for inspection in self._inspections.values()
            for problem in inspection.problems
            if problem.code in _REFUSED
        ]
        if problems:
            raise BadBundle(problems)

    def _store_file(self, kind: str, entry: Entry, budget: Budget) -> None:
        name = f"{self._folder}/{kind}.{'json' if kind == METADATA else 'csv'}"
        self._names.append(name)
        meter = _Meter(read_blocks(entry, budget))
        saved = default_storage.save(name, File(io.BufferedReader(meter), name=name))
        self._names[-1] = saved
        if not meter.size and kind != RESULTS:
            # An empty file tells as much as one that is not there.
            default_storage.delete(saved)
            message = f"{entry.path.name} is empty; it is taken as not there."
            remedy = "Have it scraped again, if it should hold something."
            self._notes.append(Problem("file.empty", entry.path.name, message, remedy, severity=WARNING))
            return
        self.files[kind] = {
            "name": entry.path.name,
            "storage": saved,
            "size": meter.size,
            "sha256": meter.digest.hexdigest(),
        }

    def _tables(self) -> list[BundleFile]:
        return [stored_file(kind, found) for kind, found in self.files.items() if kind != METADATA]

    def create(self, user: Any, ignored: Sequence[str]) -> Bundle:
        group = self._group
        report = check_bundle(
            self._tables(),
            name=group.name,
            meet_id=group.meet_id,
            inspections=self._inspections,
            free_bytes=free_bytes(),
            ignored_files=ignored,
        )
        add_notes(report, [note.as_dict() for note in self._notes])
        report["folder_meet_id"] = group.meet_id
        for kind, inspection in self._inspections.items():
            self.files[kind] |= facts(inspection)
        content = _content_hash(self.files)
        report["same_as"] = _same_as(content)
        name = group.name or report["meet"]["name"] or "Loose files"
        report["name"] = name
        bundle = Bundle.objects.create(
            id=self._id,
            name=name[:200],
            content_hash=content,
            files=self.files,
            check_report=report,
            size_bytes=sum(found["size"] for found in self.files.values()),
            uploaded_by=user if getattr(user, "pk", None) else None,
        )
        record(
            user=bundle.uploaded_by,
            kind="bundle.received",
            subject=bundle,
            after={"name": bundle.name, "rows": report["rows"], "content_hash": content},
        )
        return bundle

    def remove(self) -> None:
        for name in self._names:
            # Best effort: the refusal must reach the user even when the storage fails as well.
            with suppress(Exception):
                default_storage.delete(name)
        with suppress(Exception):
            default_storage.delete(self._folder)


class _Meter(io.RawIOBase):
    """Blocks as a file that counts and hashes what is read from it."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._rest = b""
        self.size = 0
        self.digest = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._rest:
            self._rest = next(self._blocks, b"")
            self.size += len(self._rest)
            self.digest.update(self._rest)
        data, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


def stored_file(kind: str, found: dict[str, Any]) -> BundleFile:
    storage = found["storage"]
    return BundleFile(kind, found["name"], lambda: cast(BinaryIO, default_storage.open(storage, "rb")))


def facts(inspection: FileInspection) -> dict[str, Any]:
    return {
        "format": inspection.format.to_json(),
        "lines": inspection.lines_physical,
        "data_lines": inspection.data_lines,
        # Of the file as a whole: with an error no import starts, a warning goes into every import's problems.
        "problems": [problem.as_dict() for problem in inspection.problems],
    }


def add_notes(report: dict[str, Any], notes: list[dict[str, Any]]) -> None:
    """What was noticed while receiving, of files that are not kept: no later check can find it again."""
    report["notes"] = notes
    report["problems"] = notes + report["problems"]
    report["problem_count"] += len(notes)


def confirmed_mappings() -> dict[tuple[str, str], str]:
    return {
        (kind, header): field
        for kind, header, field in HeaderMapping.objects.values_list("file_kind", "header", "field")
    }


def _content_hash(files: dict[str, dict[str, Any]]) -> str:
    """One hash over the tables; metadata.json changes with every scrape of the same meet."""
    parts = sorted(f"{kind}:{found['sha256']}" for kind, found in files.items() if kind != METADATA)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _same_as(content: str) -> list[dict[str, Any]]:
    bundles = list(Bundle.objects.filter(content_hash=content).order_by("uploaded_at").values_list("pk", flat=True))
    imports = Import.objects.filter(bundle_id__in=bundles).order_by("created_at").values_list("bundle_id", "pk")
    of_bundle: dict[UUID, list[str]] = {}
    for bundle_id, import_id in imports:
        of_bundle.setdefault(bundle_id, []).append(str(import_id))
    return [{"bundle": str(bundle), "imports": of_bundle.get(bundle, [])} for bundle in bundles]


def free_bytes() -> int | None:
    """None where uploads are not kept on a disk of this machine."""
    try:
        place = Path(default_storage.path(""))
    except NotImplementedError:
        return None
    while not place.exists():
        place = place.parent
    return shutil.disk_usage(place).free
