"""Problems found while a file is read, kept on disk until they can be copied: a file may be wrong in every line."""

import csv
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from meets.bundles.problems import Problem

_COPY = (
    'COPY problem (code, severity, file, line, line_last, "column", value, message, remedy) '
    'FROM STDIN (FORMAT csv, FORCE_NOT_NULL ("column", value, message, remedy))'
)
_IN_MEMORY = 256 * 1024
_BLOCK = 64 * 1024


class ProblemSpool:
    """Collects while another COPY occupies the connection; `copy_to` empties it into the table `problem`."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="")  # noqa: SIM115
        self._writer = csv.writer(self._file)
        self.count = 0

    def add(self, problems: Iterable[Problem]) -> None:
        for p in problems:
            self._writer.writerow(
                (p.code, p.severity, p.file, p.line, p.line_last, p.column, p.value, p.message, p.remedy)
            )
            self.count += 1

    def copy_to(self, cur: "psycopg.Cursor[Any]") -> None:
        if self.count:
            self._file.seek(0)
            with cur.copy(_COPY) as copy:
                while block := self._file.read(_BLOCK):
                    copy.write(block)
        self._file.close()


@contextmanager
def outliving_rollback(conn: "psycopg.Connection[Any]") -> Iterator[None]:
    """What stands in the table `problem` still stands there after a rollback within this block.

    A temporary table is rolled back like any other, and what resolve found would be lost with a preview.
    """
    with conn.cursor() as cur, tempfile.SpooledTemporaryFile(_IN_MEMORY, "w+b") as kept:
        with cur.copy("COPY problem TO STDOUT (FORMAT binary)") as found:
            for block in found:
                kept.write(block)
        yield
        kept.seek(0)
        cur.execute("TRUNCATE problem")
        with cur.copy("COPY problem FROM STDIN (FORMAT binary)") as copy:
            while data := kept.read(_BLOCK):
                copy.write(data)
