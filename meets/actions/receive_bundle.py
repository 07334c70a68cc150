"""Receive an upload: from loose files, a folder or a ZIP to bundles in storage, each checked, or to a refusal.

All or nothing: when one part of the upload is refused, nothing of it stays.
"""

import hashlib
import io
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from importadmin.models import AuditEntry
from meets.bundles.archive import Budget, Entry, is_junk, read_blocks, safe_path, too_large, zip_entries
from meets.bundles.check import BundleFile, check_bundle, inspect_bundle
from meets.bundles.grouping import Group, group_entries
from meets.bundles.inspect import FileInspection
from meets.bundles.kinds import METADATA, RESULTS, kind_of
from meets.bundles.problems import WARNING, BadBundle, Problem
from meets.models import Bundle, HeaderMapping, Import

# With these a file is no results table at all; anything less is shown on the check page.
_REFUSED = frozenset({"file.empty", "file.not_csv", "line.too_long"})
ZIP_START = b"PK\x03\x04"


def receive(*, uploads: Sequence[tuple[str, Any]], user: Any) -> list[Bundle]:
    """`uploads`: (path as the browser tells it, file). Raises BadBundle with every reason found."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    if sum(_size(file) for _path, file in uploads) > settings.IMPORTADMIN_MAX_UPLOAD_BYTES:
        raise BadBundle(too_large("", settings.IMPORTADMIN_MAX_UPLOAD_BYTES))
    for path, file in uploads:
        try:
            entries += _entries(path, file)
        except BadBundle as bad:
            problems += bad.problems
    if problems:
        raise BadBundle(problems)
    return _receive(entries, user)


def receive_path(path: str | Path, user: Any = None) -> list[Bundle]:
    """A ZIP, a folder (with one or many bundles) or a results.csv of this machine."""
    path = Path(path)
    if not path.exists():
        raise BadBundle(Problem("path.missing", str(path), f"There is no file or folder {path}.", "Check the path."))
    inside = sorted(_inside(path)) if path.is_dir() else [path]
    with _Opened() as opened:
        uploads = []
        for file in inside:
            below = file.relative_to(path) if path.is_dir() else Path(file.name)
            shown = str(PurePosixPath(path.resolve().name, *below.parts)) if path.is_dir() else file.name
            uploads.append((shown, opened.later(file)))
        return receive(uploads=uploads, user=user)


def check_again(*, bundle: Bundle) -> Bundle:
    """Inspect and check what is stored once more, with the column mappings known by now."""
    files = [_stored(kind, found) for kind, found in bundle.files.items() if kind != METADATA]
    inspections = inspect_bundle(files, _mappings())
    for kind, inspection in inspections.items():
        bundle.files[kind] |= _facts(inspection)
    before = bundle.check_report
    bundle.check_report = check_bundle(
        files,
        name=bundle.name,
        meet_id=str(before.get("folder_meet_id", "")),
        inspections=inspections,
        free_bytes=_free_bytes(),
        ignored_files=before.get("ignored_files", ()),
    )
    bundle.check_report |= {key: before[key] for key in ("same_as", "folder_meet_id") if key in before}
    bundle.save(update_fields=["files", "check_report"])
    return bundle


def _inside(folder: Path) -> Iterator[Path]:
    """The files of a folder that may be part of a bundle. Links that lead out of it are left alone."""
    root = folder.resolve()
    for file in folder.rglob("*"):
        wanted = kind_of(file.name) is not None or file.suffix.lower() == ".zip"
        if wanted and file.is_file() and file.resolve().is_relative_to(root):
            yield file


class _Opened:
    """Files that are opened when they are read and closed at the end."""

    def __init__(self) -> None:
        self._files: list[_LaterFile] = []

    def __enter__(self) -> "_Opened":
        return self

    def __exit__(self, *_error: object) -> None:
        for file in self._files:
            file.close()

    def later(self, path: Path) -> "_LaterFile":
        file = _LaterFile(path)
        self._files.append(file)
        return file


class _LaterFile:
    """As much of a file as `receive` uses, without a descriptor until it is used."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stream: BinaryIO | None = None
        self.size = path.stat().st_size

    @property
    def stream(self) -> BinaryIO:
        if self._stream is None or self._stream.closed:
            self._stream = self._path.open("rb")
        return self._stream

    def read(self, size: int = -1) -> bytes:
        return self.stream.read(size)

    def seek(self, where: int, whence: int = 0) -> int:
        return self.stream.seek(where, whence)

    def tell(self) -> int:
        return self.stream.tell()

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        if self._stream is not None:
            self._stream.close()


def _size(file: Any) -> int:
    return int(getattr(file, "size", 0) or 0)


def _entries(path: str, file: Any) -> list[Entry]:
    where = safe_path(path, path)
    if is_junk(where):
        return []
    if where.suffix.lower() != ".zip":
        return [Entry(where, lambda: _Rewound(file))]
    file.seek(0)
    return zip_entries(cast(BinaryIO, file), str(where))


class _Rewound(io.RawIOBase):
    """An uploaded file from its start, which stays open when its reader is done."""

    def __init__(self, file: Any) -> None:
        self._file = file
        file.seek(0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _receive(entries: Sequence[Entry], user: Any) -> list[Bundle]:
    groups, ignored = group_entries(entries)
    budget = Budget(settings.IMPORTADMIN_MAX_UPLOAD_BYTES)
    stored: list[_Stored] = []
    problems: list[Problem] = []
    try:
        for group in groups:
            one = _Stored(group, uuid4())
            stored.append(one)
            try:
                one.store(budget)
            except BadBundle as bad:
                problems += bad.problems
                if budget.left < 0:
                    break
        if problems:
            raise BadBundle(problems)
        with transaction.atomic():
            return [one.create(user, ignored) for one in stored]
    except BaseException:
        for one in stored:
            one.remove()
        raise


class _Stored:
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
        self._inspections = inspect_bundle(self._tables(), _mappings())
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
        return [_stored(kind, found) for kind, found in self.files.items() if kind != METADATA]

    def create(self, user: Any, ignored: Sequence[str]) -> Bundle:
        group = self._group
        report = check_bundle(
            self._tables(),
            name=group.name,
            meet_id=group.meet_id,
            inspections=self._inspections,
            free_bytes=_free_bytes(),
            ignored_files=ignored,
        )
        report["problems"] = [note.as_dict() for note in self._notes] + report["problems"]
        report["problem_count"] += len(self._notes)
        report["folder_meet_id"] = group.meet_id
        for kind, inspection in self._inspections.items():
            self.files[kind] |= _facts(inspection)
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
        AuditEntry.objects.create(
            actor=bundle.uploaded_by,
            action="bundle.received",
            subject_table="bundles",
            subject_id=str(bundle.pk),
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


def _stored(kind: str, found: dict[str, Any]) -> BundleFile:
    storage = found["storage"]
    return BundleFile(kind, found["name"], lambda: cast(BinaryIO, default_storage.open(storage, "rb")))


def _facts(inspection: FileInspection) -> dict[str, Any]:
    return {
        "format": inspection.format.to_json(),
        "lines": inspection.lines_physical,
        "data_lines": inspection.data_lines,
    }


def _mappings() -> dict[tuple[str, str], str]:
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


def _free_bytes() -> int | None:
    """None where uploads are not kept on a disk of this machine."""
    try:
        place = Path(default_storage.path(""))
    except NotImplementedError:
        return None
    while not place.exists():
        place = place.parent
    return shutil.disk_usage(place).free
