"""The six small files: rows as dicts of parsed values. (Small is relative: athletes.csv grows with the results,
so `read_small` streams and `read_small_file` is for those that can't grow.)

A value that is wrong where the row can live without it is left blank, with a warning; a row without what makes it
useful (its id, its name, a meet's date) is left out, with an error.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO, NamedTuple

from meets.bundles.format import FileFormat, header_key, is_blank
from meets.bundles.kinds import ATHLETES, COURSES, FIELDS, MEETS, RACES, SCHOOLS, VENUES
from meets.bundles.names import LONGEST, TOO_LONG_REMEDY, name_problem, name_warning
from meets.bundles.problems import ERROR, WARNING, Problem, shorten
from meets.bundles.text import Record, quote_not_closed, records, squeeze
from meets.bundles.values import (
    WrongValue,
    clean_id,
    distance_in,
    parse_date,
    parse_distance,
    parse_gender,
    parse_grad_year,
    parse_rating,
    parse_year,
)

MEET_TYPES = ("invitational", "dual", "league", "championship", "scrimmage")
Row = dict[str, Any]


def parse_meet_type(text: str) -> str:
    word = text.strip().lower()
    if word and word not in MEET_TYPES:
        raise WrongValue("This is no kind of meet that is known.", f"Use one of {', '.join(MEET_TYPES)}.")
    return word


def parse_text(text: str) -> str:
    text = squeeze(text)
    if len(text) > LONGEST:
        raise WrongValue(f"This has {len(text):,} characters; at most {LONGEST} are taken.", TOO_LONG_REMEDY)
    return text


def parse_id(text: str) -> str:
    return clean_id(parse_text(text))


_PARSERS: Mapping[str, Callable[[str], Any]] = {
    "athletic_net_id": parse_id,
    "athletic_net_race_id": parse_id,
    "meet_athletic_net_id": parse_id,
    "school_athletic_net_id": parse_id,
    "grad_year": parse_grad_year,
    "gender": parse_gender,
    "distance_meters": parse_distance,
    "difficulty_rating": parse_rating,
    "meet_date": parse_date,
    "season_year": parse_year,
    "meet_type": parse_meet_type,
    "notes": squeeze,
}
_TYPED = frozenset({"grad_year", "distance_meters", "difficulty_rating", "meet_date", "season_year"})
# Without these a row is of no use.
_ESSENTIAL: Mapping[str, tuple[str, ...]] = {
    ATHLETES: ("name", "school_athletic_net_id"),
    SCHOOLS: ("athletic_net_id", "name"),
    RACES: ("athletic_net_race_id", "name"),
    MEETS: ("name", "meet_date"),
    COURSES: ("name",),
    VENUES: ("name",),
}


class SmallFile(NamedTuple):
    rows: list[Row]
    problems: list[Problem]


def read_table(stream: BinaryIO, fmt: FileFormat) -> Iterator[tuple[Record, dict[str, str]]]:
    """Data records with their fields by name, as written. Records of another width come with an empty dict."""
    header = header_key(fmt.header, fmt.delimiter)
    width = len(fmt.header)
    for record in records(stream, fmt.encoding, fmt.delimiter, fmt.name):
        if record.line <= fmt.header_line_last or is_blank(record.raw, fmt.delimiter):
            continue
        fields = record.fields
        if header_key(fields, fmt.delimiter) == header:
            continue
        if record.unclosed or len(fields) < width or any(text.strip() for text in fields[width:]):
            yield record, {}
        else:
            yield record, {name: fields[index] for name, index in fmt.columns.items()}


def read_small(stream: BinaryIO, fmt: FileFormat, problems: list[Problem]) -> Iterator[Row]:
    """Rows that can be used, as they come; what is wrong with these and the others is added to `problems`.

    A row holds every field of its kind, `line` and `line_last`; races and courses also `distance_offered`, which
    the name tells where the distance is 0 or blank.
    """
    reader = _Rows(fmt)
    for record, values in read_table(stream, fmt):
        row, wrong = reader.read(record, values)
        problems += wrong
        if row is not None:
            yield row


def read_small_file(stream: BinaryIO, fmt: FileFormat) -> SmallFile:
    problems: list[Problem] = []
    rows = list(read_small(stream, fmt, problems))
    return SmallFile(rows, problems)


class _Rows:
    def __init__(self, fmt: FileFormat) -> None:
        self._fmt = fmt
        self._essential = _ESSENTIAL[fmt.kind]

    def read(self, record: Record, values: dict[str, str]) -> tuple[Row | None, list[Problem]]:
        if not values:
            return None, [self._broken(record)]
        problems: list[Problem] = []
        row: Row = {"line": record.line, "line_last": record.line_last}
        for name in FIELDS[self._fmt.kind]:
            row[name] = self._value(record, name, values.get(name, ""), problems)
        self._complete(row)
        if row.get("distance_offered"):
            problems.append(self._distance_offered(record, row, values))
        for name in self._essential:
            if not row[name] and not any(problem.column == self._fmt.header_of(name) for problem in problems):
                message = f"The line has no {name}."
                problems.append(self._problem(record, "value.blank", message, "Fill it in.", name, ""))
        self._check_name(record, row, problems)
        if record.had_nul:
            message = "The line held NUL bytes, which no text holds; they are left out."
            remedy = "Look at the line; the file may have been damaged on its way."
            problems.append(self._problem(record, "text.nul", message, remedy, "", record.raw, WARNING))
        good = not any(problem.severity == ERROR for problem in problems)
        return (row if good else None), problems

    def _value(self, record: Record, name: str, text: str, problems: list[Problem]) -> Any:
        try:
            return _PARSERS.get(name, parse_text)(text)
        except WrongValue as wrong:
            essential = name in self._essential
            message = wrong.message if essential else f"{wrong.message} It is left blank."
            code = f"{name}.wrong"
            severity = ERROR if essential else WARNING
            problems.append(self._problem(record, code, message, wrong.remedy, name, text, severity))
            return None if name in _TYPED else ""

    def _complete(self, row: Row) -> None:
        kind = self._fmt.kind
        if kind == ATHLETES and not row["name"]:
            row["name"] = f"{row['first_name']} {row['last_name']}".strip()
        if kind == MEETS and row["season_year"] is None and row["meet_date"]:
            row["season_year"] = row["meet_date"].year
        if kind == RACES:
            row["distance_offered"] = None if row["distance_meters"] else distance_in(row["name"])
        if kind == COURSES:
            offered = distance_in(row["distance_display"]) or distance_in(row["name"])
            row["distance_offered"] = None if row["distance_meters"] else offered

    def _distance_offered(self, record: Record, row: Row, values: dict[str, str]) -> Problem:
        """Offered, not taken: a wrong distance would give everybody in the race a wrong normalised time."""
        message = f"“{row['name']}” has no distance; its name says {row['distance_offered']:,} metres."
        remedy = f"Write {row['distance_offered']} there if that is right; until then the distance counts as unknown."
        written = values.get("distance_meters", "")
        return self._problem(record, "distance.offered", message, remedy, "distance_meters", written, WARNING)

    def _check_name(self, record: Record, row: Row, problems: list[Problem]) -> None:
        name = row["name"]
        if not name:
            return
        if (wrong := name_problem(name)) and self._fmt.kind == ATHLETES:
            problems.append(self._problem(record, *wrong, "name", name))
        elif doubtful := name_warning(name):
            code, message, remedy = doubtful
            remedy = remedy if self._fmt.kind == ATHLETES else "Correct the name in the file."
            problems.append(self._problem(record, code, message, remedy, "name", name, WARNING))

    def _broken(self, record: Record) -> Problem:
        if record.unclosed:
            return quote_not_closed(self._fmt.name, record.line, record.raw)
        count, width = len(record.fields), len(self._fmt.header)
        many = "more" if count > width else "fewer"
        message = f"The line has {count} fields, {many} than the {width} columns of the header."
        remedy = "A value with a delimiter in it must stand in quotation marks; no column may be left out."
        return self._problem(record, "line.ragged", message, remedy, "", record.raw)

    def _problem(
        self,
        record: Record,
        code: str,
        message: str,
        remedy: str,
        name: str,
        value: str,
        severity: str = ERROR,
    ) -> Problem:
        fmt = self._fmt
        column = fmt.header_of(name) if name else ""
        return Problem(code, fmt.name, message, remedy, record.line, record.line_last, column, shorten(value), severity)
