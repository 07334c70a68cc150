"""What a file is, before anybody reads its rows: encoding, delimiter, header, columns, number of records."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

from meets.bundles.count import Count, count_records
from meets.bundles.encoding import MIXED, Fingerprint, fingerprint, mixed_warning
from meets.bundles.format import FileFormat, is_blank
from meets.bundles.header import (
    Mappings,
    choose_delimiter,
    plan_columns,
    split_header,
    suggest,
    unknown_column,
)
from meets.bundles.kinds import known_field
from meets.bundles.problems import ERROR, WARNING, BadBundle, Problem, shorten
from meets.bundles.text import Record, line_too_long, physical_lines, quote_not_closed, records

Opener = Callable[[], BinaryIO]
SAMPLE_ROWS = 200
SAMPLES = 5


@dataclass(slots=True)
class FileInspection:
    """`problems` of severity 'error' mean that the file can't be read at all; its rows are not looked at here."""

    format: FileFormat
    lines_physical: int = 0
    data_lines: int = 0
    problems: list[Problem] = field(default_factory=list)
    # unknown header -> a few of its values; and the field that it probably is
    samples: dict[str, list[str]] = field(default_factory=dict)
    suggestions: dict[str, tuple[str, int]] = field(default_factory=dict)
    size: int = 0
    sha256: str = ""
    blank_lines: int = 0
    repeated_headers: int = 0

    @property
    def readable(self) -> bool:
        return not any(problem.severity == ERROR for problem in self.problems)


def inspect_file(opener: Opener, kind: str, name: str, mappings: Mappings | None = None) -> FileInspection:
    """Streams the file three times (bytes, header, count), each in flat memory."""
    with opener() as stream:
        print_ = fingerprint(stream)
    found = FileInspection(FileFormat(kind, name, print_.encoding), size=print_.size, sha256=print_.sha256)
    if problem := _not_a_csv(print_, name):
        found.problems.append(problem)
        return found
    if print_.encoding == MIXED:
        found.problems.append(mixed_warning(name, print_.wrong_line, print_.wrong_text))
    try:
        _read_header(opener, found, mappings or {})
        if found.format.header:
            _count(opener, found)
            _sample(opener, found)
    except BadBundle as bad:
        known = {(problem.code, problem.line) for problem in found.problems}
        found.problems += [problem for problem in bad.problems if (problem.code, problem.line) not in known]
    return found


def _not_a_csv(print_: Fingerprint, name: str) -> Problem | None:
    if print_.size == 0:
        return Problem(
            "file.empty",
            name,
            f"{name} is empty.",
            "Have the meet scraped again, or leave the file out if it is not needed.",
        )
    if not print_.not_text:
        return None
    return Problem(
        "file.not_csv",
        name,
        f"{name} is no CSV file: it is {print_.not_text}.",
        "Save it as CSV (UTF-8) and upload that.",
    )


def _read_header(opener: Opener, found: FileInspection, mappings: Mappings) -> None:
    """The first record that is not blank, or the one behind Excel's `sep=` line."""
    form = found.format
    start = _first_line(opener, form)
    if start is None:
        found.problems.append(_no_header(form))
        return
    line, text = start
    delimiter = choose_delimiter(form.kind, text)
    with opener() as stream:
        every = records(stream, form.encoding, delimiter, form.name)
        record = next(record for record in every if record.line >= line)
    header = split_header(record.raw, delimiter)
    if len(header) == 1 and known_field(form.kind, header[0]) is None:
        found.problems.append(_no_columns(form, record))
        return
    plan = plan_columns(form.kind, header, mappings, form.name, record.line)
    found.problems += plan.problems
    found.format = FileFormat(
        form.kind,
        form.name,
        form.encoding,
        delimiter,
        header,
        plan.columns,
        record.line,
        record.line_last,
        plan.unknown,
    )
    if not plan.columns:
        found.problems.insert(0, _no_known_column(found.format, record.raw))


def _first_line(opener: Opener, form: FileFormat) -> tuple[int, str] | None:
    with opener() as stream:
        for line, text in enumerate(physical_lines(stream, form.encoding, form.name), 1):
            text = text.replace("\0", "")
            if not is_blank(text, ",;\t|") and not text.lower().startswith("sep="):
                return line, text
    return None


def _no_header(form: FileFormat) -> Problem:
    return Problem(
        "file.empty",
        form.name,
        f"{form.name} holds only blank lines.",
        "Have the meet scraped again and upload that.",
    )


def _no_columns(form: FileFormat, record: Record) -> Problem:
    return Problem(
        "file.not_csv",
        form.name,
        f"{form.name} is no CSV file: its first line has no columns.",
        "Upload the CSV that the scraper wrote; columns are parted by commas, semicolons or tabs.",
        line=record.line,
        value=shorten(record.raw),
    )


def _no_known_column(form: FileFormat, raw: str) -> Problem:
    return Problem(
        "header.missing",
        form.name,
        f"Line {form.header_line} of {form.name} holds no column name that is known.",
        "The first line must name the columns; check that it is there and that the file is the right one.",
        line=form.header_line,
        value=shorten(raw),
    )


def _count(opener: Opener, found: FileInspection) -> None:
    form = found.format
    with opener() as stream:
        count = count_records(stream, form.encoding, form.delimiter, form.header_line, form.header_line_last)
    found.lines_physical, found.data_lines = count.lines_physical, count.data_lines
    found.blank_lines, found.repeated_headers = count.blank_lines, count.repeated_headers
    found.problems += _count_problems(form, count)


def _count_problems(form: FileFormat, count: Count) -> list[Problem]:
    problems = []
    if count.too_long_at is not None:
        problems.append(line_too_long(form.name, count.too_long_at))
    if count.unclosed_at is not None:
        problems.append(quote_not_closed(form.name, count.unclosed_at, count.unclosed_text))
    if count.repeated_headers:
        times = "once more" if count.repeated_headers == 1 else f"{count.repeated_headers} times more"
        problems.append(
            Problem(
                "header.repeated",
                form.name,
                f"The header line comes {times} further down, first on line {count.repeated_at}; it is no result.",
                "Nothing to do, if the file was put together from several.",
                line=count.repeated_at,
                value=shorten(form.delimiter.join(form.header)),
                severity=WARNING,
            )
        )
    if not problems and not count.data_lines:
        message = f"{form.name} has a header and no {'result' if form.kind == 'results' else 'data'} lines."
        problems.append(
            Problem(
                "file.header_only",
                form.name,
                message,
                "Nothing to do, if the meet has none.",
                line=form.header_line,
                value=shorten(form.delimiter.join(form.header)),
                severity=WARNING,
            )
        )
    return problems


def _sample(opener: Opener, found: FileInspection) -> None:
    """A few values of each unknown column, and what it probably is."""
    form = found.format
    if not form.unknown:
        return
    where = {name: form.header.index(name) for name in form.unknown}
    samples: dict[str, list[str]] = {name: [] for name in form.unknown}
    with opener() as stream:
        rows = (row for row in records(stream, form.encoding, form.delimiter) if row.line > form.header_line_last)
        for row in itertools.islice(rows, SAMPLE_ROWS):
            for name, index in where.items():
                value = row.fields[index].strip() if index < len(row.fields) else ""
                if value and value not in samples[name] and len(samples[name]) < SAMPLES:
                    samples[name].append(shorten(value))
    found.samples = samples
    taken = list(form.columns)
    for name in form.unknown:
        field_, sure = suggest(form.kind, name, samples[name], taken)
        if field_:
            taken.append(field_)
        found.suggestions[name] = (field_, sure)
        found.problems.append(unknown_column(form.name, form.header_line, name, field_))
