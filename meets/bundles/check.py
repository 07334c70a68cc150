"""What is understood of a bundle before anything runs.

check_bundle returns (JSON, for the check page):

name             the bundle's name
blocked          True: a file can't be read, so no import can start
files            kind → {kind, name, rows, lines, size, sha256, encoding, delimiter (both in words), blank_lines,
                 repeated_headers}
rows             data lines of results.csv, counted independently of the reader
statuses         {ok, skipped, rejected}: rows by what the reader made of them
races, schools   how many the results name
people           how many (name, school, grade) the results name; null above 200,000 rows
meet             {athletic_net_id, name, date, season, venue, source}; '' where unknown, source 'meets.csv',
                 'races.csv', 'results.csv', 'folder' or ''
meets            [{id, name, date, season, venue}], one for each line of meets.csv (or the one known otherwise)
headers          [{kind, file, header, samples, suggestion, sure, choices}]: columns that nobody knows
implausible      [{line, name, race, time_cs, reason}], the first 50; implausible_count: all of them
fields_too_fast  [{race, name, runners, median_cs, distance}]: races whose distance or times can't be right
size_class       '', 'medium', 'large' or 'x-large'
free_bytes       space left where uploads are kept, or null
ignored_files    what else the upload held
bundle_problems  of the bundle as a whole (contradictions between its files), as dicts
problems         the first 200, as dicts; problem_count: all; problem_codes: {code: number}
same_as          [{bundle, imports: [id]}], added by the one who can ask the database
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from meets.bundles.format import FileFormat
from meets.bundles.header import Mappings
from meets.bundles.inspect import FileInspection, Opener, inspect_file
from meets.bundles.kinds import FIELDS, KINDS, MEETS, RACES, RESULTS, SCHOOLS
from meets.bundles.plausible import Plausibility
from meets.bundles.problems import WARNING, Problem
from meets.bundles.results import read_results
from meets.bundles.small import Row, read_small

PROBLEMS_KEPT = 200
PEOPLE_COUNTED_TO = 200_000
SIZE_CLASSES = ((7000, "x-large"), (3000, "large"), (1000, "medium"))


@dataclass(frozen=True, slots=True)
class BundleFile:
    kind: str
    name: str
    opener: Opener


class ProblemBook:
    """Counts every problem and keeps the first ones, so that a million bad lines don't fill the memory."""

    def __init__(self) -> None:
        self.kept: list[dict[str, Any]] = []
        self.codes: Counter[str] = Counter()

    def add(self, problems: Sequence[Problem]) -> None:
        for problem in problems:
            self.codes[problem.code] += 1
            if len(self.kept) < PROBLEMS_KEPT:
                self.kept.append(problem.as_dict())


def size_class(rows: int) -> str:
    return next((name for least, name in SIZE_CLASSES if rows >= least), "")


def inspect_bundle(files: Sequence[BundleFile], mappings: Mappings | None = None) -> dict[str, FileInspection]:
    return {file.kind: inspect_file(file.opener, file.kind, file.name, mappings) for file in files}


def check_bundle(
    files: Sequence[BundleFile],
    *,
    name: str = "",
    meet_id: str = "",
    mappings: Mappings | None = None,
    inspections: Mapping[str, FileInspection] | None = None,
    free_bytes: int | None = None,
    ignored_files: Sequence[str] = (),
) -> dict[str, Any]:
    """Reads every file once more; `meet_id` is what the folder's name says."""
    found = inspections if inspections is not None else inspect_bundle(files, mappings)
    book = ProblemBook()
    for inspection in found.values():
        book.add(inspection.problems)
    openers = {file.kind: file.opener for file in files}
    small = _Small(found, openers, book)
    lines = _Lines(small)
    if RESULTS in found and found[RESULTS].readable:
        with openers[RESULTS]() as stream:
            lines.read(stream, found[RESULTS].format, book)
    meets = small.meets()
    whole: list[Problem] = []
    report: dict[str, Any] = {
        "name": name,
        "blocked": not all(inspection.readable for inspection in found.values()),
        "files": {kind: _file(found[kind]) for kind in KINDS if kind in found},
        "rows": found[RESULTS].data_lines if RESULTS in found else 0,
        "meet": _meet(meets, small, meet_id, whole),
        "headers": [header for inspection in found.values() for header in _headers(inspection)],
        "size_class": size_class(found[RESULTS].data_lines if RESULTS in found else 0),
        "free_bytes": free_bytes,
        "ignored_files": list(ignored_files)[:100],
        **lines.report(book),
    }
    report["meets"] = [_shown(meet) for meet in meets] or _known(report["meet"])
    book.add(whole)
    return report | {
        "bundle_problems": [problem.as_dict() for problem in whole],
        "problems": book.kept,
        "problem_count": sum(book.codes.values()),
        "problem_codes": dict(book.codes),
        "same_as": [],
    }


class _Small:
    """What the check needs of the small files; the rest is only looked through for problems."""

    def __init__(self, found: Mapping[str, FileInspection], openers: Mapping[str, Opener], book: ProblemBook) -> None:
        self.races: dict[str, Row] | None = None
        self.schools: set[str] | None = None
        self._meets: list[Row] = []
        for kind, inspection in found.items():
            if kind == RESULTS or not inspection.readable:
                continue
            with openers[kind]() as stream:
                self._read(kind, stream, inspection.format, book)

    def _read(self, kind: str, stream: BinaryIO, form: FileFormat, book: ProblemBook) -> None:
        if kind == RACES:
            self.races = {}
        elif kind == SCHOOLS:
            self.schools = set()
        problems: list[Problem] = []
        for row in read_small(stream, form, problems):
            if self.races is not None and kind == RACES:
                self._race(row)
            elif self.schools is not None and kind == SCHOOLS:
                self.schools.add(row["athletic_net_id"])
            elif kind == MEETS and len(self._meets) < 100:
                self._meets.append(row)
            if problems:
                book.add(problems)
                problems.clear()
        book.add(problems)

    def _race(self, row: Row) -> None:
        assert self.races is not None  # noqa: S101 - set by the caller
        self.races.setdefault(row["athletic_net_race_id"], row)

    def meets(self) -> list[Row]:
        return self._meets


class _Lines:
    """One pass over results.csv."""

    def __init__(self, small: _Small) -> None:
        self._small = small
        self._statuses: Counter[str] = Counter({"ok": 0, "skipped": 0, "rejected": 0})
        self._races: dict[str, int] = {}
        self._schools: dict[str, int] = {}
        self._people: set[int] | None = set()
        self._plausible = Plausibility(small.races or {})
        self._file = ""
        self._columns = ("", "")

    def read(self, stream: BinaryIO, form: FileFormat, book: ProblemBook) -> None:
        self._file = form.name
        self._columns = (form.header_of("athletic_net_race_id"), form.header_of("athlete_school_id"))
        statuses, races, schools, people = self._statuses, self._races, self._schools, self._people
        check_time = self._plausible.look
        for row in read_results(stream, form):
            statuses[row.status] += 1
            if row.problems:
                book.add(row.problems)
            if row.status == "rejected":
                continue
            races.setdefault(row.race_ref, row.line)
            schools.setdefault(row.school_ref, row.line)
            if row.time_cs is not None:
                check_time(row)
            if people is not None:
                people.add(hash((row.athlete_name, row.school_ref, row.grade, row.grad_year)))
                if len(people) > PEOPLE_COUNTED_TO:
                    people = self._people = None

    def report(self, book: ProblemBook) -> dict[str, Any]:
        if self._small.races is not None:
            book.add(self._unknown("race", self._races, self._small.races, self._columns[0], "races.csv"))
        if self._small.schools is not None:
            book.add(self._unknown("school", self._schools, self._small.schools, self._columns[1], "schools.csv"))
        return {
            "statuses": dict(self._statuses),
            "races": len(self._races),
            "schools": len(self._schools),
            "people": None if self._people is None else len(self._people),
            **self._plausible.report(),
        }

    def _unknown(
        self, what: str, named: Mapping[str, int], known: Mapping[str, Any] | set[str], column: str, file: str
    ) -> list[Problem]:
        return [
            Problem(
                f"{what}.not_in_bundle",
                self._file,
                f"The results name a {what} that {file} does not have.",
                f"Add it to {file}; it is looked for in the database as well.",
                line,
                line,
                column,
                ref[:200],
                WARNING,
            )
            for ref, line in named.items()
            if ref not in known
        ]


def _file(found: FileInspection) -> dict[str, Any]:
    return {
        "kind": found.format.kind,
        "name": found.format.name,
        "rows": found.data_lines,
        "lines": found.lines_physical,
        "size": found.size,
        "sha256": found.sha256,
        "encoding": found.format.encoding_label,
        "delimiter": found.format.delimiter_label,
        "blank_lines": found.blank_lines,
        "repeated_headers": found.repeated_headers,
    }


def _headers(found: FileInspection) -> list[dict[str, Any]]:
    form = found.format
    return [
        {
            "kind": form.kind,
            "file": form.name,
            "header": header,
            "samples": found.samples.get(header, []),
            "suggestion": found.suggestions.get(header, ("", 0))[0],
            "sure": found.suggestions.get(header, ("", 0))[1],
            "choices": [name for name in FIELDS[form.kind] if name not in form.columns],
        }
        for header in form.unknown
    ]


def _shown(meet: Row) -> dict[str, Any]:
    day = meet["meet_date"]
    return {
        "id": meet["athletic_net_id"],
        "name": meet["name"],
        "date": day.isoformat() if day else "",
        "season": meet["season_year"],
        "venue": meet["venue_name"],
    }


def _known(meet: dict[str, Any]) -> list[dict[str, Any]]:
    if not meet["athletic_net_id"]:
        return []
    return [{"id": meet["athletic_net_id"], "name": "", "date": "", "season": None, "venue": ""}]


def _meet(meets: list[Row], small: _Small, folder: str, wrong: list[Problem]) -> dict[str, Any]:
    """Which meet this is, by the first file that says so; contradictions are said, not solved."""
    by_races = {row["meet_athletic_net_id"] for row in (small.races or {}).values()} - {""}
    ids = [
        ("meets.csv", meets[0]["athletic_net_id"] if meets else ""),
        ("races.csv", by_races.pop() if len(by_races) == 1 else ""),
        ("folder", folder),
    ]
    known = [(source, number) for source, number in ids if number]
    if len({number for _source, number in known}) > 1:
        said = ", ".join(f"{source}: {number}" for source, number in known)
        wrong.append(
            Problem(
                "meet.contradiction",
                known[0][0],
                f"The bundle names different meets ({said}); {known[0][0]} is believed.",
                "Check that the files belong together.",
                column="athletic_net_id",
                value=known[0][1],
                severity=WARNING,
            )
        )
    shown = _shown(meets[0]) if meets else {"name": "", "date": "", "season": None, "venue": ""}
    shown.pop("id", None)
    source, number = known[0] if known else ("", "")
    return {"athletic_net_id": number, **shown, "source": source}
