"""Read and stage: the bundle's files into temporary tables, each file read once, as a stream."""

from collections.abc import Iterator
from typing import Any, BinaryIO, cast

import psycopg
from django.core.files.storage import default_storage

from meets.bundles.format import FileFormat
from meets.bundles.problems import ERROR, BadBundle, Problem
from meets.bundles.results import read_results
from meets.bundles.small import read_small
from meets.bundles.staged import StagedLine
from meets.bundles.text import records
from meets.names import athlete_slug, name_key
from meets.pipeline.job import JobInfo, Monitor
from meets.pipeline.problems import ProblemSpool
from meets.pipeline.sqlfile import PIPELINE

CHUNK = 2000
# Of an import that fails. One that is done keeps every problem.
PROBLEMS_KEPT = 1000
# table → (kind of file, its columns; the last, name_key, is made here)
_SMALL: dict[str, tuple[str, tuple[str, ...]]] = {
    "b_venue": ("venues", ("athletic_net_id", "name", "city", "state", "notes")),
    "b_course": (
        "courses",
        ("athletic_net_id", "name", "venue_name", "distance_meters", "distance_display", "difficulty_rating"),
    ),
    "b_meet": ("meets", ("line", "athletic_net_id", "name", "meet_date", "venue_name", "season_year", "meet_type")),
    "b_school": ("schools", ("line", "athletic_net_id", "name", "short_name", "city", "state", "league")),
}
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_TYPED = {"distance_meters", "difficulty_rating", "meet_date", "season_year", "grad_year"}


def stage_small_files(cur: "psycopg.Cursor[Any]", job: JobInfo) -> int:
    """Fill the b_ tables; return the rows read. Raises BadBundle when a file can't be used at all."""
    problems = ProblemSpool()
    problems.add(_noticed(job))
    rows = 0
    for table, (kind, columns) in _SMALL.items():
        with cur.copy(f"COPY {table} FROM STDIN") as copy:
            for row in _small_rows(job, kind, problems):
                copy.write_row([*(_value(row, name) for name in columns), name_key(row.get("name") or "")])
                rows += 1
    with cur.copy("COPY b_race FROM STDIN") as copy:
        for row in _small_rows(job, "races", problems):
            copy.write_row(
                [
                    row["line"],
                    *(_value(row, name) for name in ("athletic_net_race_id", "meet_athletic_net_id", "name", "gender")),
                    row.get("distance_meters"),
                    _value(row, "course_name"),
                    name_key(row.get("name") or ""),
                ]
            )
            rows += 1
    rows += _stage_athletes(cur, job, problems)
    problems.copy_to(cur)
    PIPELINE.run(cur, "11_checked", **_names(job, "schools", "athletic_net_id"), **_names(job, "races", "gender"))
    return rows


def _names(job: JobInfo, kind: str, column: str) -> dict[str, str]:
    """The file and one of its columns as the bundle writes them."""
    found = job.files.get(kind)
    form = FileFormat.from_json(found["format"]) if found else FileFormat(kind, f"{kind}.csv")
    return {f"{kind}_file": form.name, f"{kind}_column": form.header_of(column)}


def _noticed(job: JobInfo) -> list[Problem]:
    """What the check noticed of whole files and of the bundle: no reader of lines comes upon it."""
    of_files = [one for found in job.files.values() for one in found.get("problems") or []]
    of_bundle = [*(job.check.get("notes") or []), *(job.check.get("bundle_problems") or [])]
    return [Problem(**one) for one in (*of_files, *of_bundle) if one["severity"] != ERROR]


def _stage_athletes(cur: "psycopg.Cursor[Any]", job: JobInfo, problems: ProblemSpool) -> int:
    """Only athletes that carry an id: names, grades and genders of the others come with their results."""
    if not _any_athlete_id(job):
        return 0
    rows = 0
    with cur.copy("COPY b_athlete FROM STDIN") as copy:
        for row in _small_rows(job, "athletes", problems):
            rows += 1
            if row.get("athletic_net_id"):
                copy.write_row(
                    [
                        row["athletic_net_id"],
                        name_key(row.get("name") or ""),
                        _value(row, "school_athletic_net_id"),
                        row.get("grad_year"),
                        _value(row, "gender"),
                    ]
                )
    return rows


def _any_athlete_id(job: JobInfo) -> bool:
    """Whether athletes.csv holds any id. Usually it holds none, and grows with the results: then it isn't parsed."""
    found = job.files.get("athletes")
    if found is None:
        return False
    fmt = FileFormat.from_json(found["format"])
    column = fmt.columns.get("athletic_net_id")
    if column is None:
        return False
    with default_storage.open(found["storage"], "rb") as stream:
        return any(
            len(record.fields) > column and record.fields[column].strip()
            for record in records(cast(BinaryIO, stream), fmt.encoding, fmt.delimiter, fmt.name)
            if record.line > fmt.header_line_last
        )


def stage_results(cur: "psycopg.Cursor[Any]", job: JobInfo, monitor: Monitor) -> int:
    """COPY every line of results.csv into `staged`; return how many there are."""
    lines = 0
    kept = ProblemSpool()
    block: list[str] = []
    found = job.files["results"]
    fmt = FileFormat.from_json(found["format"])
    with default_storage.open(found["storage"], "rb") as stream, cur.copy("COPY staged FROM STDIN") as copy:
        for row in read_results(cast(BinaryIO, stream), fmt):
            name = row[4]
            # Nearly every name is plain letters and blanks, and then its key is just its lower case.
            plain = name.isascii() and name.replace(" ", "").isalpha()
            key = name.lower() if plain else name_key(name)
            slug = (
                key.replace(" ", "-")
                if plain and f"{row[5]} {row[6]}" == name
                else athlete_slug(row[5], row[6], name, "", None)
            )
            block.append(_copy_line(row, key, slug))
            if row[15]:
                kept.add(row[15])
            lines += 1
            if lines % CHUNK == 0:
                copy.write("".join(block))
                block.clear()
                monitor.advance(CHUNK)
        copy.write("".join(block))
    monitor.advance(lines % CHUNK)
    kept.copy_to(cur)
    # Only what is joined by: statistics of raw lines cost more than they tell.
    cur.execute("ANALYZE staged (line, race_ref, school_ref, athlete_name, status)")
    return lines


def _copy_line(row: StagedLine, key: str, slug: str) -> str:
    """A line in COPY's text format, made here: adapting seventeen values one by one costs more than reading them."""
    line, last, raw, race, name, first, second, school, cs, place, grade, athlete, year, gender, status, _ = row
    texts = "\t".join((raw, race, name, first, second, school))
    if "\\" in texts or texts.count("\t") > 5 or "\n" in texts or "\r" in texts:
        texts = "\t".join(text.translate(_ESCAPES) for text in (raw, race, name, first, second, school))
    athlete = athlete.translate(_ESCAPES) if athlete else ""
    numbers = f"{_null(cs)}\t{_null(place)}\t{_null(grade)}"
    return f"{line}\t{last}\t{texts}\t{numbers}\t{athlete}\t{_null(year)}\t{gender}\t{status}\t{key}\t{slug}\n"


def _null(value: int | None) -> int | str:
    return "\\N" if value is None else value


def kept_problems(conn: "psycopg.Connection[Any]") -> list[Problem]:
    """What the readers found wrong so far, errors first."""
    names = ("code", "severity", "file", "line", "line_last", "column", "value", "message", "remedy")
    with conn.cursor() as cur:
        cur.execute(
            """SELECT code, severity, file, line, line_last, "column", value, message, remedy
                 FROM problem ORDER BY severity, file, line LIMIT %s""",
            [PROBLEMS_KEPT],
        )
        return [Problem(**dict(zip(names, row, strict=True))) for row in cur.fetchall()]


def create_tables(cur: "psycopg.Cursor[Any]") -> None:
    PIPELINE.run(cur, "10_staging")


def _small_rows(job: JobInfo, kind: str, problems: ProblemSpool) -> Iterator[dict[str, Any]]:
    found = job.files.get(kind)
    if found is None:
        return
    with default_storage.open(found["storage"], "rb") as stream:
        wrong: list[Problem] = []
        for row in read_small(cast(BinaryIO, stream), FileFormat.from_json(found["format"]), wrong):
            problems.add(wrong)
            wrong.clear()
            yield row
        problems.add(wrong)


def _value(row: dict[str, Any], name: str) -> Any:
    """Typed values may be absent; text is '' when absent, so that SQL needs no second kind of nothing."""
    value = row.get(name)
    return value if name in _TYPED else (value or "")


def require_results(job: JobInfo) -> None:
    """Raise BadBundle when what was received is no longer in storage, or can't be read."""
    missing = [
        Problem(
            "file.gone",
            found["name"],
            "The uploaded file is no longer in storage.",
            "Upload the bundle again.",
        )
        for found in job.files.values()
        if not default_storage.exists(found["storage"])
    ]
    # Nothing starts with such a file; a worker still must not take what it can't read.
    unreadable = [Problem(**one) for found in job.files.values() for one in found.get("problems") or []]
    wrong = missing + [problem for problem in unreadable if problem.severity == ERROR]
    if wrong:
        raise BadBundle(wrong)
