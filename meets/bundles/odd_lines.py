"""The long way through a line of results.csv: value by value, saying everything that is wrong with it."""

from collections.abc import Callable
from operator import itemgetter
from typing import TypeVar

from meets.bundles.format import FileFormat
from meets.bundles.kinds import ALIASES, FIELDS, RESULTS
from meets.bundles.names import LONGEST, TOO_LONG_REMEDY, name_problem, name_warning
from meets.bundles.problems import ERROR, WARNING, Problem, shorten
from meets.bundles.staged import FIELDS_READ, OK, REJECTED, SKIPPED, StagedLine
from meets.bundles.text import Record, quote_not_closed, squeeze
from meets.bundles.times import WrongTime, is_no_result, parse_time
from meets.bundles.values import (
    WrongValue,
    clean_id,
    is_nothing,
    parse_gender,
    parse_grad_year,
    parse_grade,
    parse_place,
)

# A quoted field over so many lines is a quotation mark that lost its partner, not a name.
LONG_QUOTE_LINES = 10
# A line with so many column names in it is a header.
HEADER_WORDS = 3
_COLUMN_NAMES = frozenset(FIELDS[RESULTS]) | frozenset(ALIASES[RESULTS])
Value = TypeVar("Value")


class OddLines:
    """The long way: a line of which something is not plain."""

    def __init__(self, fmt: FileFormat) -> None:
        self._fmt = fmt
        self._pick = itemgetter(*(fmt.columns.get(name, -1) for name in FIELDS_READ))

    def read(self, record: Record) -> StagedLine:
        problems: list[Problem] = []
        if whole := self._whole_line(record):
            return self._rejected(record, [whole])
        fields = [*record.fields[: len(self._fmt.header)], ""]
        race, name, first, second, school, time, place, grade, athlete, year, gender = self._pick(fields)
        if record.had_nul:
            problems.append(self._nul(record))
        first, second = squeeze(first), squeeze(second)
        name = squeeze(name) or f"{first} {second}".strip()
        code = place if is_no_result(place) and not is_nothing(place) else ""
        time_cs = None if code else self._time(record, time, problems)
        skipped = bool(code) or (time_cs is None and is_no_result(time))
        values = self._values(record, problems, "" if code else place, grade, year, gender, skipped)
        race, school = clean_id(race), clean_id(school)
        self._references(record, problems, race, school)
        self._name(record, problems, name)
        self._lengths(record, problems, first, second, athlete)
        bad = any(problem.severity == ERROR for problem in problems)
        status = REJECTED if bad else SKIPPED if skipped else OK
        return StagedLine(
            record.line,
            record.line_last,
            record.raw,
            race,
            name,
            first,
            second,
            school,
            None if skipped else time_cs,
            values[0],
            values[1],
            clean_id(athlete),
            values[2],
            values[3],
            status,
            tuple(problems),
        )

    def _time(self, record: Record, text: str, problems: list[Problem]) -> int | None:
        try:
            return parse_time(text)
        except WrongTime as wrong:
            remedy = "Write minutes and seconds (15:32.40) or whole centiseconds (93240), or DNF, DNS, DQ, NT."
            problems.append(self._problem(record, wrong.code, str(wrong), remedy, "time_cs", text))
            return None

    def _values(
        self,
        record: Record,
        problems: list[Problem],
        place: str,
        grade: str,
        year: str,
        gender: str,
        skipped: bool,
    ) -> tuple[int | None, int | None, int | None, str]:
        def value(parser: Callable[[str], Value], code: str, name: str, text: str) -> Value | None:
            try:
                return parser(text)
            except WrongValue as wrong:
                problems.append(self._problem(record, code, wrong.message, wrong.remedy, name, text))
                return None

        found = (
            value(parse_place, "place.not_a_number", "place_overall", place),
            value(parse_grade, "grade.not_a_number", "grade", grade),
            value(parse_grad_year, "grad_year.wrong", "grad_year", year),
            value(parse_gender, "gender.wrong", "gender", gender) or "",
        )
        if place.strip() and found[0] is None and not problems and not skipped and place.strip(" 0.") == "":
            message = "A place of 0 is no place; the result comes in without one."
            problems.append(
                self._problem(
                    record,
                    "place.zero",
                    message,
                    "Write the place, if known.",
                    "place_overall",
                    place,
                    WARNING,
                )
            )
        return found

    def _references(self, record: Record, problems: list[Problem], race: str, school: str) -> None:
        if not race:
            problems.append(
                self._problem(
                    record,
                    "race.blank",
                    "The line does not say which race it belongs to.",
                    "Write the race's athletic.net number, as in races.csv.",
                    "athletic_net_race_id",
                    "",
                )
            )
        if not school:
            problems.append(
                self._problem(
                    record,
                    "school.blank",
                    "The line does not say which school the runner is from.",
                    "Write the school's id, as in schools.csv.",
                    "athlete_school_id",
                    "",
                )
            )

    def _name(self, record: Record, problems: list[Problem], name: str) -> None:
        if wrong := name_problem(name):
            problems.append(self._problem(record, *wrong, "athlete_name", name))
        elif doubtful := name_warning(name):
            problems.append(self._problem(record, *doubtful, "athlete_name", name, WARNING))

    def _lengths(self, record: Record, problems: list[Problem], *texts: str) -> None:
        columns = ("athlete_first_name", "athlete_last_name", "athletic_net_athlete_id")
        for name, text in zip(columns, texts, strict=True):
            if len(text) > LONGEST:
                message = f"This has {len(text):,} characters; at most {LONGEST} are taken."
                problems.append(self._problem(record, "text.too_long", message, TOO_LONG_REMEDY, name, text))

    def _nul(self, record: Record) -> Problem:
        return self._problem(
            record,
            "text.nul",
            "The line held NUL bytes, which no text holds; they are left out.",
            "Look at the line; the file may have been damaged on its way.",
            "",
            record.raw,
            WARNING,
        )

    def _whole_line(self, record: Record) -> Problem | None:
        """What is wrong with the line before its values can be told apart."""
        fmt, width = self._fmt, len(self._fmt.header)
        if record.unclosed:
            return quote_not_closed(fmt.name, record.line, record.raw)
        if record.line_last - record.line >= LONG_QUOTE_LINES:
            return self._problem(
                record,
                "quote.long",
                f"One quoted field runs from line {record.line} to line {record.line_last}: a quotation mark is "
                f"missing or too many, and the lines between were taken for one.",
                f"Look for a single quotation mark on line {record.line} and on line {record.line_last}.",
                "",
                record.raw,
            )
        count = len(record.fields)
        if count != width and _header_words(record.fields) >= HEADER_WORDS:
            return self._second_header(record)
        if count < width or any(text.strip() for text in record.fields[width:]):
            many = "more" if count > width else "fewer"
            remedy = (
                "A value with a comma in it must stand in quotation marks."
                if count > width
                else "Fill the missing columns up with nothing between the delimiters, or mend the broken line."
            )
            message = f"The line has {count} fields, {many} than the {width} columns of the header."
            return self._problem(record, "line.ragged", message, remedy, "", record.raw)
        if _header_words(record.fields) >= HEADER_WORDS:
            return self._second_header(record)
        return None

    def _second_header(self, record: Record) -> Problem:
        return self._problem(
            record,
            "header.second",
            "The line looks like a second header that differs from the first.",
            "Put files with different columns into bundles of their own.",
            "",
            record.raw,
        )

    def _rejected(self, record: Record, problems: list[Problem]) -> StagedLine:
        fields = [*record.fields, *[""] * len(self._fmt.header)][: len(self._fmt.header)] + [""]
        race, name, first, second, school, *_, athlete, _year, _gender = self._pick(fields)
        return StagedLine(
            record.line,
            record.line_last,
            record.raw,
            clean_id(race),
            squeeze(name),
            squeeze(first),
            squeeze(second),
            clean_id(school),
            None,
            None,
            None,
            clean_id(athlete),
            None,
            "",
            REJECTED,
            tuple(problems),
        )

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
        column = self._fmt.header_of(name) if name else ""
        return Problem(
            code,
            self._fmt.name,
            message,
            remedy,
            record.line,
            record.line_last,
            column,
            shorten(value),
            severity,
        )


def _header_words(fields: list[str]) -> int:
    return sum(text.strip().lower().replace(" ", "_") in _COLUMN_NAMES for text in fields)
