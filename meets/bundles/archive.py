"""Files out of an upload: loose ones, those of a folder, and those within a ZIP, which nobody may trust.

Nothing is unpacked to disk here and nothing is read whole; sizes that a ZIP declares are not believed.
"""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from meets.bundles.kinds import METADATA, kind_of
from meets.bundles.problems import BadBundle, Problem

MAX_ENTRIES = 10_000
MAX_DIRECTORY_BYTES = 4_000_000
# CSV shrinks to a tenth, repetitive CSV to a fiftieth.
MAX_RATIO = 250
RATIO_FROM_BYTES = 2_000_000
MAX_METADATA_BYTES = 1_000_000
BLOCK = 1 << 16
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an upload: where it stands and how to read it. `archive` is the ZIP's name, or ''."""

    path: PurePosixPath
    open: Callable[[], BinaryIO]
    archive: str = ""
    packed_size: int = 0

    @property
    def kind(self) -> str | None:
        return kind_of(self.path.name)

    @property
    def shown(self) -> str:
        return f"{self.archive}: {self.path}" if self.archive else str(self.path)


class Budget:
    """How many bytes, unpacked, an upload may still bring."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.left = limit

    def spend(self, size: int, file: str) -> None:
        self.left -= size
        if self.left < 0:
            raise BadBundle(too_large(file, self.limit))


def too_large(file: str, limit: int) -> Problem:
    shown = f"{limit / (1 << 20):,.0f} MB" if limit >= 1 << 20 else f"{limit:,} bytes"
    return Problem(
        "upload.too_large",
        file,
        f"The upload is larger than {shown} (unpacked).",
        "Upload fewer bundles at a time, or have the limit raised (IMPORTADMIN_MAX_UPLOAD_MB).",
    )


def safe_path(name: str, file: str) -> PurePosixPath:
    """The path inside the upload; BadBundle when it would lead out of it."""
    path = name.replace("\\", "/")
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if path.startswith("/") or ".." in parts or "\0" in path or (parts and parts[0][1:2] == ":") or not parts:
        raise BadBundle(
            Problem(
                "path.leaves_folder",
                file,
                "A file's path leads out of the bundle's folder.",
                "Pack the folder again with plain paths.",
                value=name[:200].replace("\0", "␀"),
            )
        )
    return PurePosixPath(*parts)


def is_junk(path: PurePosixPath) -> bool:
    """What macOS and Windows leave in folders."""
    name = path.name.lower()
    return "__MACOSX" in path.parts or name.startswith("._") or name in (".ds_store", "thumbs.db", "desktop.ini")


def zip_entries(stream: BinaryIO, name: str) -> list[Entry]:
    """The files of a ZIP; BadBundle with every reason why it can't be taken."""
    _check_directory(stream, name)
    try:
        archive = zipfile.ZipFile(stream)
        infos = archive.infolist()
    except _BROKEN as error:
        raise BadBundle(_broken(name)) from error
    problems: list[Problem] = []
    entries = []
    for info in infos:
        if info.is_dir():
            continue
        try:
            path = safe_path(info.filename, name)
        except BadBundle as bad:
            problems += bad.problems
            continue
        if is_junk(path):
            continue
        if wrong := _wrong_entry(info, name):
            problems.append(wrong)
        entries.append(Entry(path, _opener(archive, info), name, info.compress_size))
    if problems:
        raise BadBundle(problems)
    return entries


def read_blocks(entry: Entry, budget: Budget) -> Iterator[bytes]:
    """The file's bytes, counted while they come, whatever the ZIP says they are."""
    size = 0
    limit = MAX_METADATA_BYTES if entry.kind == METADATA else None
    try:
        with entry.open() as stream:
            while block := stream.read(BLOCK):
                size += len(block)
                budget.spend(len(block), entry.shown)
                if entry.archive and size > RATIO_FROM_BYTES and size > MAX_RATIO * max(entry.packed_size, 1):
                    raise BadBundle(_bomb(entry.shown))
                if limit and size > limit:
                    return
                yield block
    except _BROKEN as error:
        if entry.archive:
            raise BadBundle(_broken(entry.archive, entry.path.name)) from error
        raise


def _opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    return lambda: archive.open(info)  # type: ignore[return-value]


def _wrong_entry(info: zipfile.ZipInfo, name: str) -> Problem | None:
    if stat.S_ISLNK(info.external_attr >> 16):
        return Problem(
            "path.link",
            name,
            "The ZIP holds a link to another file.",
            "Pack the files themselves.",
            value=info.filename[:200],
        )
    if info.flag_bits & 1:
        return Problem(
            "zip.encrypted",
            name,
            "The ZIP is protected with a password.",
            "Pack it again without one.",
            value=info.filename[:200],
        )
    return None


def _broken(name: str, inner: str = "") -> Problem:
    what = f"{inner} in {name}" if inner else name
    return Problem(
        "zip.broken",
        name,
        f"{what} can't be unpacked: the ZIP is damaged or incomplete.",
        "Pack it again and upload that.",
    )


def _bomb(name: str) -> Problem:
    return Problem(
        "zip.bomb",
        name,
        "The ZIP unpacks to far more than any table would.",
        "Upload the CSV files themselves.",
    )


def _check_directory(stream: BinaryIO, name: str) -> None:
    """Refuse a ZIP whose list of entries alone would fill the memory, before zipfile loads that list."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - 65_557))
    tail = stream.read()
    stream.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise BadBundle(_broken(name))
    entries, directory = struct.unpack_from("<HL", tail, at + 10)
    if at >= 20 and tail[at - 20 : at - 16] == b"PK\x06\x07":
        # ZIP64: the real figures stand in a record of their own, which the locator points to.
        (where,) = struct.unpack_from("<Q", tail, at - 12)
        stream.seek(min(where, size))
        record = stream.read(56)
        stream.seek(0)
        if len(record) == 56 and record[:4] == b"PK\x06\x06":
            entries, directory = struct.unpack_from("<QQ", record, 32)
    if entries > MAX_ENTRIES or directory > MAX_DIRECTORY_BYTES:
        raise BadBundle(
            Problem(
                "zip.too_many",
                name,
                f"The ZIP lists more than {MAX_ENTRIES:,} files.",
                "Pack only the bundles' CSV files.",
            )
        )
