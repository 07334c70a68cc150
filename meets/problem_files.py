"""The problems of an import as files: the rejected lines as written with an error column, and JSON."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from meets.models import Import, ImportProblem, ImportRow, Outcome

PLACE_COLUMNS = ("file", "line", "column", "value", "error", "remedy", "as_written")
# A spreadsheet runs a cell that begins with one of these; a plain number is harmless.
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n", "|")
_NUMBER = re.compile(r"[+-]?\d[\d.,:]*\Z")


def safe_cell(value: object) -> str:
    """The value as text that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    if text.lstrip(" \u00a0").startswith(_FORMULA_START) and not _NUMBER.match(text):
        return "'" + text
    return text


def problems_csv(import_: Import) -> Iterator[str]:
    """CSV, row by row: results.csv's own columns, then the place, the error and its remedy.

    One row a rejected line (its errors joined), then one a problem of everything else.
    """
    own, delimiter = _own_columns(import_)
    yield "\ufeff" + _csv_row([*own, *PLACE_COLUMNS])
    for row, problems in _rejected_lines(import_):
        cells = _cells(row.raw, delimiter, len(own))
        yield _csv_row([*cells, *_place(results_name(import_), row, problems), row.raw.rstrip("\r\n")])
    for problem in _other_problems(import_):
        yield _csv_row([*[""] * len(own), *_place_of(problem), ""])


def problem_dict(problem: ImportProblem) -> dict[str, Any]:
    names = ("code", "severity", "file", "line", "line_last", "column", "value", "message", "remedy")
    return {name: getattr(problem, name) for name in names}


def results_name(import_: Import) -> str:
    """What the bundle calls its results.csv: problems name files as they came."""
    return str((import_.bundle.files.get("results") or {}).get("name") or "results.csv")


def _own_columns(import_: Import) -> tuple[list[str], str]:
    written = (import_.bundle.files.get("results") or {}).get("format") or {}
    return [str(name) for name in written.get("header") or []], str(written.get("delimiter") or ",")


def _rejected_lines(import_: Import) -> Iterator[tuple[ImportRow, list[ImportProblem]]]:
    """Both sides come in line order, so that one pass joins them and memory stays flat."""
    rows = ImportRow.objects.filter(import_id=import_.pk, outcome=Outcome.REJECTED).order_by("line")
    problems = ImportProblem.objects.filter(import_id=import_.pk, file=results_name(import_), line__isnull=False)
    by_line = groupby(problems.order_by("line", "id").iterator(2000), key=lambda problem: problem.line)
    line, found = _next_group(by_line)
    for row in rows.iterator(2000):
        while line is not None and line < row.line:
            line, found = _next_group(by_line)
        yield row, found if line == row.line else []


def _next_group(groups: Iterator[tuple[int | None, Iterable[ImportProblem]]]) -> tuple[int | None, list[Any]]:
    for line, found in groups:
        return line, list(found)
    return None, []


def _other_problems(import_: Import) -> Iterator[ImportProblem]:
    """Problems that no rejected line carries: of other files, of whole files, and warnings."""
    rejected = ImportRow.objects.filter(import_id=import_.pk, outcome=Outcome.REJECTED).values("line")
    problems = ImportProblem.objects.filter(import_id=import_.pk)
    problems = problems.exclude(file=results_name(import_), line__in=rejected)
    return iter(problems.order_by("file", "line", "id").iterator(2000))


def _place(file: str, row: ImportRow, problems: list[ImportProblem]) -> list[object]:
    return [
        file,
        row.line,
        _joined(problem.column for problem in problems),
        _joined(problem.value for problem in problems),
        _joined(problem.message for problem in problems),
        _joined(problem.remedy for problem in problems),
    ]


def _place_of(problem: ImportProblem) -> list[object]:
    return [problem.file, problem.line, problem.column, problem.value, problem.message, problem.remedy]


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text))


def _cells(raw: str, delimiter: str, width: int) -> list[str]:
    """The line's own cells, cut or filled to the header's width (a ragged line stands whole in as_written)."""
    try:
        cells = next(csv.reader(io.StringIO(raw, newline=""), delimiter=delimiter), [])
    except csv.Error:
        cells = []
    return (cells + [""] * width)[:width]


def _csv_row(cells: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()
