"""Runs the comparison's SQL (sql/): the figures of one meet, and the rows that need a closer look."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg import capabilities, sql

FOLDER = Path(__file__).parent / "sql"
# As many contested finishes come back with the figures (figures.sql).
FEW = 2000
# Rows that come at a time; a libpq before 17 can only stream one by one.
CHUNK = 500 if capabilities.has_stream_chunked() else 1
# Stands for "no import" and "no race": nothing carries this id.
NOBODY = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True, slots=True)
class CsvLine:
    """One line of results.csv that carries a time."""

    line: int
    name: str
    key: str
    race_id: UUID | None
    time_cs: int
    place: int | None
    grade: int | None
    outcome: str
    school_id: UUID | None


@dataclass(frozen=True, slots=True)
class DbResult:
    """One result of the meet; `keys` are the name keys that it answers to."""

    result_id: UUID
    athlete_id: UUID
    name: str
    keys: tuple[str, ...]
    race_id: UUID | None
    time_cs: int
    place: int | None
    grad_year: int | None
    gender: str | None
    school_id: UUID | None
    data_source: str
    ours: bool


@dataclass(frozen=True, slots=True)
class Finish:
    """Everybody who finished one race in one time, as the CSV has them and as the database has them."""

    lines: list[CsvLine]
    results: list[DbResult]


def read(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def figures(cursor: Any, meet_id: str, import_id: str | None) -> dict[str, Any]:
    cursor.execute(bind(read("exact.sql") + read("figures.sql"), meet_id, import_id))
    names = [column[0] for column in cursor.description]
    return dict(zip(names, cursor.fetchone(), strict=True))


def contested(cursor: Any, meet_id: str, import_id: str | None, counted: dict[str, Any]) -> Iterator[Finish]:
    """The finishes that fold: something is left over by exact name on both sides."""
    if counted["contested"] > FEW:
        yield from _finishes(cursor, bind(_with_groups("contested.sql"), meet_id, import_id))
        return
    races, times = counted["contested_races"], counted["contested_times"]
    groups = sql.SQL("SELECT * FROM unnest({}::uuid[], {}::int[]) AS g (race_id, time_cs)").format(races, times)
    text = "WITH groups AS MATERIALIZED ({groups})\n" + read("rows.sql")
    yield from _finishes(cursor, bind(text, meet_id, import_id, groups=groups))


def leftover(cursor: Any, meet_id: str, import_id: str | None) -> Iterator[Finish]:
    """The finishes that differ at all."""
    yield from _finishes(cursor, bind(_with_groups("leftover.sql"), meet_id, import_id))


def _with_groups(groups: str) -> str:
    return read("exact.sql") + f", groups AS MATERIALIZED ({read(groups)})\n" + read("rows.sql")


def _finishes(cursor: Any, statement: sql.Composed) -> Iterator[Finish]:
    # Streamed: when a whole meet of a million stands there in capitals, every row of it comes by here.
    rows = cursor.stream(statement, size=CHUNK)
    for _, members in groupby(rows, key=lambda row: (row[0], row[1])):
        lines: list[CsvLine] = []
        results: list[DbResult] = []
        for row in members:
            if row[2] is not None:
                lines.append(_line(row))
            else:
                results.append(_result(row))
        yield Finish(lines, results)


def _line(row: tuple[Any, ...]) -> CsvLine:
    race_id, time_cs, line, name, keys, place, grade, outcome, school_id, *_ = row
    return CsvLine(line, name, keys[0], race_id, time_cs, place, grade, outcome, school_id)


def _result(row: tuple[Any, ...]) -> DbResult:
    race_id, time_cs, _, name, keys, place, _, _, school_id, result_id, athlete_id, *person, ours = row
    year, gender, source = person
    return DbResult(
        result_id=result_id,
        athlete_id=athlete_id,
        name=name,
        keys=tuple(keys),
        race_id=race_id,
        time_cs=time_cs,
        place=place,
        grad_year=year,
        gender=gender,
        school_id=school_id,
        data_source=source,
        ours=ours,
    )


def bind(text: str, meet_id: str, import_id: str | None, **parts: sql.Composable) -> sql.Composed:
    """The ids as literals. A join on the meet's id out of another table reads all of `results`."""
    literals = {
        "nothing": sql.SQL("{}::uuid").format(sql.Literal(NOBODY)),
        "meet": sql.SQL("{}::uuid").format(sql.Literal(str(meet_id))),
        "import": sql.SQL("{}::uuid").format(sql.Literal(str(import_id or NOBODY))),
    }
    return sql.SQL(text).format(**literals, **parts)
