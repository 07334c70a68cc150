"""Physical lines and CSV records out of a byte stream, in flat memory, with the line numbers an editor shows.

A line ends at LF, CR or CRLF. A record may span lines (a newline inside quotes). Neither may grow beyond a bound,
so that 200 MB without a newline are refused without being read.
"""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from meets.bundles.encoding import BLOCK, decoder_for
from meets.bundles.problems import BadBundle, Problem

MAX_RECORD = 1_000_000
# One bound for the csv module as well: its own is lower and would raise in the middle of a record.
csv.field_size_limit(MAX_RECORD + BLOCK)
# Characters that take no space on the screen and come in by copy and paste.
# Among them those that turn the writing round, with which a name can be made to read as another.
INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad")
)
# With the mark that ends a file of DOS.
SPACES = " \t\r\n\x0b\x0c\x1a\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff\u200b" + "".join(
    map(chr, range(0x2000, 0x200B))
)


class Record(NamedTuple):
    """One CSV record: first and last physical line, text as written (NUL removed), fields."""

    line: int
    line_last: int
    raw: str
    fields: list[str]
    had_nul: bool
    unclosed: bool


def line_too_long(file: str, line: int) -> Problem:
    return Problem(
        "line.too_long",
        file,
        f"Line {line} is longer than {MAX_RECORD:,} characters; that is no line of a results table.",
        "Check that the file has line breaks and is the CSV that the scraper wrote.",
        line=line,
        line_last=line,
    )


def quote_not_closed(file: str, line: int, text: str = "") -> Problem:
    return Problem(
        "quote.unclosed",
        file,
        f"A quotation mark opens on line {line} and is never closed.",
        "Close the quotation mark on that line, or remove it, and upload the file again.",
        line=line,
        value=text[:200].replace("\0", "␀"),
    )


def physical_lines(stream: BinaryIO, encoding: str, file: str = "") -> Iterator[str]:
    """Lines with their ends, as written."""
    decoder = decoder_for(encoding)
    carry = ""
    count = 0
    first = True
    while True:
        block = stream.read(BLOCK)
        text = decoder.decode(block, not block)
        if first and text:
            text = text.removeprefix("\ufeff")
            first = False
        lines = io.StringIO(carry + text, newline="").readlines()
        # The last line may go on in the next block; a CR may be half of a CRLF.
        carry = lines.pop() if block and lines and not lines[-1].endswith("\n") else ""
        yield from lines
        count += len(lines)
        if not block:
            return
        if len(carry) > MAX_RECORD:
            raise BadBundle(line_too_long(file, count + 1))


def records(stream: BinaryIO, encoding: str, delimiter: str, file: str = "") -> Iterator[Record]:
    """All records, blank ones and the header included."""
    lines = _Lines(stream, encoding, file)
    reader = csv.reader(lines.feed(), delimiter=delimiter)
    for text in lines:
        had_nul = "\0" in text
        if had_nul:
            text = text.replace("\0", "")
        number = lines.number
        if '"' not in text:
            raw = text.rstrip("\r\n")
            yield Record(number, number, raw, raw.split(delimiter), had_nul, False)
            continue
        lines.start(text, had_nul)
        try:
            fields = next(reader)
        except StopIteration:
            # A file that ends inside the very first character of a quoted field.
            fields = [text.lstrip('"')]
        raw = "".join(lines.consumed).rstrip("\r\n")
        yield Record(number, lines.number, raw, fields, lines.had_nul, lines.ran_out)
        if lines.ran_out:
            return


class _Lines:
    """Hands lines either to the loop above or, within a quoted field, to csv.reader, and keeps count."""

    def __init__(self, stream: BinaryIO, encoding: str, file: str) -> None:
        self._lines = physical_lines(stream, encoding, file)
        self._file = file
        self._pending = ""
        self.number = 0
        self.consumed: list[str] = []
        self.had_nul = False
        self.ran_out = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        text = next(self._lines)
        self.number += 1
        return text

    def start(self, text: str, had_nul: bool) -> None:
        self._pending = text
        self.consumed = []
        self.had_nul = had_nul

    def feed(self) -> Iterator[str]:
        size = 0
        while True:
            if self._pending:
                text, self._pending = self._pending, ""
                size = 0
            else:
                try:
                    text = next(self)
                except StopIteration:
                    self.ran_out = True
                    return
                if "\0" in text:
                    text = text.replace("\0", "")
                    self.had_nul = True
            size += len(text)
            if size > MAX_RECORD:
                opened = self.number - len(self.consumed)
                raise BadBundle(quote_not_closed(self._file, opened, self.consumed[0] if self.consumed else ""))
            self.consumed.append(text)
            yield text


def squeeze(text: str) -> str:
    """A name with its spaces put right (no-break, thin, doubled, at the ends) and nothing else changed."""
    if not text.isascii():
        text = text.translate(INVISIBLE)
    return " ".join(text.split())
