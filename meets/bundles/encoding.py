"""Which encoding a file is in, found by reading all of it once, a block at a time."""

import codecs
import hashlib
import re
from dataclasses import dataclass, field
from typing import BinaryIO

from meets.bundles.problems import Problem, shorten

UTF8, UTF8_BOM, UTF16_LE, UTF16_BE = "utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"
WINDOWS, MIXED = "cp1252", "utf-8+cp1252"
LABELS = {
    UTF8: "UTF-8",
    UTF8_BOM: "UTF-8 with byte order mark",
    UTF16_LE: "UTF-16 (little endian)",
    UTF16_BE: "UTF-16 (big endian)",
    WINDOWS: "Windows-1252",
    MIXED: "UTF-8 and Windows-1252 mixed",
}
BLOCK = 1 << 16
_MAGIC = {
    b"PK\x03\x04": "a ZIP archive or an Excel workbook",
    b"PK\x05\x06": "an empty ZIP archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"SQLite": "a database file",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
}
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<head", b"<body")
# Letters of no name, which "É’" and the like in Windows-1252 read as by chance.
_CHANCE = re.compile("[\u0180-\u02ff]")
_CONTROLS = frozenset(range(1, 32)) - {9, 10, 12, 13, 26, 27}


def _windows_bytes(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8 are read as Windows-1252: what a program of that time pasted into the file."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode(WINDOWS, "replace"), error.end


codecs.register_error("meets_windows_bytes", _windows_bytes)


@dataclass(slots=True)
class Fingerprint:
    """What one pass over the bytes tells."""

    size: int = 0
    sha256: str = ""
    encoding: str = UTF8
    not_text: str = ""
    # The first line with bytes that are no UTF-8, if other letters are.
    wrong_line: int | None = None
    wrong_text: str = ""
    head: bytes = field(default=b"", repr=False)


def fingerprint(stream: BinaryIO) -> Fingerprint:
    """Size, hash and encoding, in flat memory."""
    found = Fingerprint()
    digest = hashlib.sha256()
    count = _Utf8Count()
    while block := stream.read(BLOCK):
        if not found.head:
            found.head = block[:4096]
        found.size += len(block)
        digest.update(block)
        count.feed(block)
    count.feed(b"", final=True)
    found.sha256 = digest.hexdigest()
    found.not_text = _not_text(found.head)
    found.encoding = _encoding(found.head, count)
    if found.encoding == MIXED:
        found.wrong_line, found.wrong_text = count.wrong_line, count.wrong_text
    return found


def decoder_for(encoding: str) -> codecs.IncrementalDecoder:
    if encoding == MIXED:
        return codecs.getincrementaldecoder(UTF8)("meets_windows_bytes")
    codec = UTF8 if encoding == UTF8_BOM else encoding
    return codecs.getincrementaldecoder(codec)("replace")


def mixed_warning(file: str, line: int | None, text: str) -> Problem:
    return Problem(
        "encoding.mixed",
        file,
        f"The file mixes two encodings: some letters are UTF-8, others are Windows-1252, first on line {line}.",
        "Look at the names with accents on the check page; if they read wrong, save the file again as UTF-8.",
        line,
        line,
        value=shorten(text),
        severity="warning",
    )


class _Utf8Count:
    """Counts what is UTF-8 beyond ASCII and what is not, across block borders."""

    def __init__(self) -> None:
        self._rest = b""
        self.letters = 0
        self.wrong = 0
        self.wrong_line: int | None = None
        self.wrong_text = ""
        self._lines = 0

    def feed(self, block: bytes, final: bool = False) -> None:
        data = self._rest + block
        self._rest = b""
        before = self._lines
        self._lines += block.count(b"\n")
        if data.isascii():
            return
        start = 0
        while start < len(data):
            try:
                text, used = codecs.utf_8_decode(data[start:], "strict", final)
            except UnicodeDecodeError as error:
                self.letters += _beyond_ascii(data[start : start + error.start])
                self.wrong += error.end - error.start
                if self.wrong_line is None:
                    self._place(data, start + error.start, before)
                start += error.end
                if self.wrong > 1000 and self.letters == 0:
                    return
            else:
                self.letters += _beyond_ascii(data[start : start + used])
                self._rest = data[start + used :]
                return

    def _place(self, data: bytes, at: int, lines_before: int) -> None:
        self.wrong_line = lines_before + data.count(b"\n", 0, at) + 1
        first, last = data.rfind(b"\n", 0, at) + 1, data.find(b"\n", at)
        text = data[first : last if last >= 0 else len(data)][:1000]
        self.wrong_text = text.decode(UTF8, "meets_windows_bytes").strip()


def _beyond_ascii(good: bytes) -> int:
    if good.isascii():
        return 0
    text = good.decode(UTF8)
    return len(good) - len(text) - len(_CHANCE.findall(text))


def _encoding(head: bytes, count: _Utf8Count) -> str:
    if head.startswith(codecs.BOM_UTF8):
        return UTF8_BOM if not count.wrong else MIXED
    if head.startswith(codecs.BOM_UTF16_LE):
        return UTF16_LE
    if head.startswith(codecs.BOM_UTF16_BE):
        return UTF16_BE
    if len(head) >= 4:
        # ASCII written as UTF-16 has a zero in every second byte; stray NUL bytes never come so thick.
        even, odd = head[0::2].count(0), head[1::2].count(0)
        half = len(head) // 2
        if odd > half * 0.6 and even < half * 0.1:
            return UTF16_LE
        if even > half * 0.6 and odd < half * 0.1:
            return UTF16_BE
    if not count.wrong:
        return UTF8
    # One whole letter of UTF-8 tells that the file is mixed: bytes of Windows-1252 hardly ever make one by chance.
    return MIXED if count.letters else WINDOWS


def _not_text(head: bytes) -> str:
    if head.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return "text in UTF-32"
    for magic, what in _MAGIC.items():
        if head.startswith(magic):
            return what
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:9].lower().startswith(_MARKUP):
        return "a web page"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ""
    controls = sum(1 for byte in head if byte in _CONTROLS)
    zeros = head.count(0)
    if zeros > len(head) // 3 and head[0::2].count(0) and head[1::2].count(0) > zeros // 4 < head[0::2].count(0):
        return "binary data"
    return "binary data" if head and controls > max(2, len(head) // 50) else ""
