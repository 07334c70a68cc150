"""Receive an upload: from loose files, a folder or a ZIP to bundles in storage, each checked, or to a refusal.

All or nothing: when one part of the upload is refused, nothing of it stays.
"""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from meets.actions.bundle_storage import (
    StoredBundle,
    add_notes,
    confirmed_mappings,
    facts,
    free_bytes,
    stored_file,
)
from meets.bundles.archive import Budget, Entry, is_junk, safe_path, too_large, zip_entries
from meets.bundles.check import check_bundle, inspect_bundle
from meets.bundles.grouping import group_entries
from meets.bundles.kinds import METADATA, kind_of
from meets.bundles.problems import BadBundle, Problem
from meets.models import Bundle


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
    files = [stored_file(kind, found) for kind, found in bundle.files.items() if kind != METADATA]
    inspections = inspect_bundle(files, confirmed_mappings())
    for kind, inspection in inspections.items():
        bundle.files[kind] |= facts(inspection)
    before = bundle.check_report
    bundle.check_report = check_bundle(
        files,
        name=bundle.name,
        meet_id=str(before.get("folder_meet_id", "")),
        inspections=inspections,
        free_bytes=free_bytes(),
        ignored_files=before.get("ignored_files", ()),
    )
    add_notes(bundle.check_report, list(before.get("notes") or ()))
    bundle.check_report |= {key: before[key] for key in ("same_as", "folder_meet_id", "inbox") if key in before}
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
        return [Entry(where, lambda: cast(BinaryIO, _Rewound(file)))]
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
    stored: list[StoredBundle] = []
    problems: list[Problem] = []
    try:
        for group in groups:
            one = StoredBundle(group, uuid4())
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
