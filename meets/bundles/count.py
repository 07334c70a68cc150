"""Counts a file's records without csv.reader: the figure that the ledger is checked against.

It shares with the reader what a record is (quotes, blank lines, repeated headers), but not the code that cuts the
file into records: a mistake in one can't hide in the other.
"""

from dataclasses import dataclass
from typing import BinaryIO

from meets.bundles.encoding import BLOCK, decoder_for
from meets.bundles.format import header_key, is_blank
from meets.bundles.text import MAX_RECORD

SAMPLE_RECORDS = 40


@dataclass(slots=True)
class Count:
    lines_physical: int = 0
    data_lines: int = 0
    blank_lines: int = 0
    repeated_headers: int = 0
    repeated_at: int | None = None
    # Line on which a quotation mark opens that nothing closes; line that is longer than any record may be.
    unclosed_at: int | None = None
    unclosed_text: str = ""
    too_long_at: int | None = None


class Counter:
    """Fed with decoded text, block by block."""

    def __init__(self, delimiter: str, header_line: int, header_line_last: int) -> None:
        self._delimiter = delimiter
        self._header_lines = (header_line, header_line_last)
        self._header: tuple[str, ...] = ()
        self._header_start = ""
        self._carry = ""
        self._record: list[str] = []
        self._record_size = 0
        self._record_line = 0
        self.count = Count()

    @property
    def stopped(self) -> bool:
        return self.count.too_long_at is not None or self.count.unclosed_at is not None

    def feed(self, text: str, final: bool = False) -> None:
        text = self._carry + text
        held = ""
        if not final and text.endswith("\r"):
            text, held = text[:-1], "\r"
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        lines = text.split("\n")
        self._carry = lines.pop() + held
        if final and self._carry:
            lines.append(self._carry)
            self._carry = ""
        for line in lines:
            self._line(line)
            if self.stopped:
                return
        if len(self._carry) > MAX_RECORD:
            self.count.too_long_at = self.count.lines_physical + 1
        if final and self._record:
            self._never_closed()

    def _line(self, line: str) -> None:
        self.count.lines_physical += 1
        line = line.replace("\0", "")
        if self._record:
            self._continue(line)
        elif '"' in line and not self._closed(line, 0, False):
            self._record = [line]
            self._record_size = len(line)
            self._record_line = self.count.lines_physical
        else:
            self._end(line, self.count.lines_physical)

    def _continue(self, line: str) -> None:
        self._record.append(line)
        self._record_size += len(line) + 1
        if '"' in line and self._closed(line, 0, True):
            raw = "\n".join(self._record)
            self._record = []
            self._end(raw, self._record_line)
        elif self._record_size > MAX_RECORD:
            self._never_closed()

    def _never_closed(self) -> None:
        self.count.unclosed_at = self._record_line
        self.count.unclosed_text = self._record[0]
        # The reader hands out what the quotation mark swallowed as one (rejected) record.
        self.count.data_lines += 1

    def _closed(self, line: str, at: int, inside: bool) -> bool:
        """Whether no quoted field is open at the end of the line. A quote counts only where a field begins."""
        end = len(line)
        while True:
            if not inside:
                if line[at : at + 1] != '"':
                    at = line.find(self._delimiter, at)
                    if at < 0:
                        return True
                    at += 1
                    continue
                at += 1
            at = line.find('"', at)
            while at >= 0 and line[at + 1 : at + 2] == '"':
                at = line.find('"', at + 2)
            if at < 0:
                return False
            inside = False
            at = line.find(self._delimiter, at + 1)
            if at < 0:
                return True
            at += 1
            if at > end:
                return True

    def _end(self, raw: str, line: int) -> None:
        first, last = self._header_lines
        if line < first:
            return
        if line <= last:
            self._header = header_key(raw, self._delimiter)
            self._header_start = raw[:3]
        elif is_blank(raw, self._delimiter):
            self.count.blank_lines += 1
        elif self._repeats_header(raw):
            self.count.repeated_headers += 1
            self.count.repeated_at = self.count.repeated_at or line
        else:
            self.count.data_lines += 1

    def _repeats_header(self, raw: str) -> bool:
        # A data line nearly always begins with a figure: the comparison in full is rare.
        return not raw[0].isdigit() and header_key(raw, self._delimiter) == self._header


def count_records(stream: BinaryIO, encoding: str, delimiter: str, header_line: int, header_line_last: int) -> Count:
    decoder = decoder_for(encoding)
    counter = Counter(delimiter, header_line, header_line_last)
    first = True
    while block := stream.read(BLOCK):
        text = decoder.decode(block)
        if first and text:
            text, first = text.removeprefix("\ufeff"), False
        counter.feed(text)
        if counter.stopped:
            return counter.count
    counter.feed(decoder.decode(b"", True), final=True)
    return counter.count
