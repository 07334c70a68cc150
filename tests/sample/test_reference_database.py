"""The reference database: every figure of its story, computed from the bundle's files and the tables.

Nothing here asks the generator what it meant to do: names are compared as the files and the rows hold them.
"""

import csv
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from importadmin.database import connect
from meets.sample import load
from meets.sample.reference import MEET, row_id, write_reference

# Marked so that the test database is made; the case itself comes through a connection of its own.
pytestmark = pytest.mark.django_db
Connection = psycopg.Connection[Any]
Row = dict[str, str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_reference(tmp_path_factory.mktemp("reference"))


@pytest.fixture(scope="module")
def lines(folder: Path) -> list[Row]:
    """results.csv with the gender of its race and the school's name."""
    races = {r["athletic_net_race_id"]: r["gender"] for r in read(folder / "races.csv")}
    schools = {r["athletic_net_id"]: r["name"] for r in read(folder / "schools.csv")}
    rows = read(folder / "results.csv")
    for row in rows:
        row["gender"] = races[row["athletic_net_race_id"]]
        row["school"] = schools[row["athlete_school_id"]]
        row["grad_year"] = str(2025 + 13 - int(row["grade"]))
    return rows


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def conn(django_db_setup: None, django_db_blocker: Any) -> Iterator[Connection]:
    """A transaction with the reference case in it, rolled back at the end."""
    with django_db_blocker.unblock(), connect() as connection:
        load.load(connection)
        yield connection
        connection.rollback()


@pytest.fixture(scope="module")
def in_meet(conn: Connection) -> list[tuple[str, str, int]]:
    rows = conn.execute(
        """SELECT a.name, r.athletic_net_race_id, x.time_cs FROM results x JOIN athletes a ON a.id = x.athlete_id
           JOIN races r ON r.id = x.race_id JOIN meets m ON m.id = x.meet_id WHERE m.athletic_net_id = '254378'"""
    ).fetchall()
    return [(name, race, time) for name, race, time in rows]


@pytest.fixture(scope="module")
def athletes(conn: Connection) -> list[tuple[str, str, str, str]]:
    """(name, school, gender, graduation year) of everybody in the database."""
    rows = conn.execute(
        "SELECT a.name, s.name, a.gender, a.grad_year::text FROM athletes a JOIN schools s ON s.id = a.school_id"
    ).fetchall()
    return [(name, school, gender, year) for name, school, gender, year in rows]


def triple(line: Row) -> tuple[str, str, int]:
    return line["athlete_name"], line["athletic_net_race_id"], int(line["time_cs"])


@pytest.fixture(scope="module")
def absent(lines: list[Row], in_meet: list[tuple[str, str, int]]) -> list[Row]:
    """The lines of which not even the same letters, whatever their case, are in the database."""
    there = {(name.lower(), race, time) for name, race, time in in_meet}
    return [line for line in lines if (triple(line)[0].lower(), *triple(line)[1:]) not in there]


def letters(name: str) -> str:
    """A name without case, accents, apostrophes and hyphens."""
    plain = unicodedata.normalize("NFD", name.lower().replace("-", " "))
    return "".join(c for c in plain if c.isalpha() or c == " ")


def found(line: Row, athletes: list[tuple[str, str, str, str]], *, folded: bool) -> list[str]:
    """Whoever has the line's name, school, gender and graduation year in the database."""
    same = letters if folded else str
    return [
        name
        for name, school, gender, year in athletes
        if (school, gender, year) == (line["school"], line["gender"], line["grad_year"])
        and same(name) == same(line["athlete_name"])
    ]


def test_4629_results_are_in(in_meet: list[tuple[str, str, int]]) -> None:
    assert len(in_meet) == 4_629


def test_strictly_49_are_missing_and_23_extra(lines: list[Row], in_meet: list[tuple[str, str, int]]) -> None:
    bundle, database = {triple(line) for line in lines}, set(in_meet)
    assert (len(bundle - database), len(database - bundle)) == (49, 23)


def test_23_are_in_under_another_capitalisation(lines: list[Row], in_meet: list[tuple[str, str, int]]) -> None:
    bundle = {(name.lower(), race, time) for name, race, time in map(triple, lines)}
    exact = {triple(line) for line in lines}
    other = [row for row in in_meet if row not in exact]
    assert len(other) == 23
    assert all((name.lower(), race, time) in bundle for name, race, time in other)


def test_26_are_absent(absent: list[Row]) -> None:
    assert len(absent) == 26


def test_15_absent_athletes_are_there_under_exactly_that_name(absent: list[Row], athletes: Any) -> None:
    assert sum(1 for line in absent if found(line, athletes, folded=False)) == 15


def test_the_names_of_the_other_11_are_nobodys(absent: list[Row], athletes: Any) -> None:
    names = {name for name, *_ in athletes}
    assert sum(1 for line in absent if line["athlete_name"] not in names) == 11


def test_8_more_differ_in_apostrophe_hyphen_or_accent_only(absent: list[Row], athletes: Any) -> None:
    exact = [found(line, athletes, folded=False) for line in absent]
    folded = [found(line, athletes, folded=True) for line in absent]
    assert sum(1 for a, b in zip(exact, folded, strict=True) if not a and len(b) == 1) == 8


def test_3_are_doubtful_with_one_candidate_each(absent: list[Row], athletes: Any) -> None:
    doubtful = [line for line in absent if not found(line, athletes, folded=True)]
    candidates = [
        [
            name
            for name, school, gender, year in athletes
            if (school, gender) == (line["school"], line["gender"])
            and abs(int(year) - int(line["grad_year"])) <= 1
            and set(letters(name).split()) & set(letters(line["athlete_name"]).split())
        ]
        for line in doubtful
    ]
    assert sorted(candidates) == [["Daniel Rutledge"], ["Juniper Whitlock"], ["Michael Abernathy"]]


def test_nobody_else_lacks_an_exact_athlete(lines: list[Row], absent: list[Row], athletes: Any) -> None:
    everybody = set(athletes)
    unknown = [
        line
        for line in lines
        if (line["athlete_name"], line["school"], line["gender"], line["grad_year"]) not in everybody
    ]
    assert len(unknown) == 23 + 8 + 3


def test_no_two_athletes_could_be_taken_for_one(athletes: Any) -> None:
    teams: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for name, school, gender, year in athletes:
        teams[letters(name), school, gender].append(int(year))
    for years in teams.values():
        assert all(abs(a - b) > 1 for i, a in enumerate(years) for b in years[i + 1 :])


def test_one_absent_result_is_behind_a_tie(lines: list[Row], absent: list[Row]) -> None:
    shared: dict[tuple[str, int], int] = defaultdict(int)
    for line in lines:
        shared[triple(line)[1:]] += 1
    assert sum(1 for line in absent if shared[triple(line)[1:]] > 1) == 1


@pytest.mark.parametrize("index", range(8))
def test_the_slug_of_another_spelling_is_taken_by_that_athlete(
    conn: Connection, absent: list[Row], athletes: Any, index: int
) -> None:
    line = [
        row for row in absent if not found(row, athletes, folded=False) and len(found(row, athletes, folded=True)) == 1
    ][index]
    taken = conn.execute(
        "SELECT a.name FROM athletes a WHERE a.slug = importadmin.athlete_slug(%s, %s, %s, %s, %s)",
        [
            line["athlete_first_name"],
            line["athlete_last_name"],
            line["athlete_name"],
            line["school"],
            int(line["grad_year"]),
        ],
    ).fetchall()
    assert [name for (name,) in taken] == found(line, athletes, folded=True)


def test_the_name_keys_agree_with_the_folding_used_here(conn: Connection, athletes: Any) -> None:
    keys = dict(conn.execute("SELECT name, name_key FROM athletes").fetchall())
    groups: dict[str, set[str]] = defaultdict(set)
    for name, *_ in athletes:
        groups[letters(name)].add(keys[name])
    assert all(len(same) == 1 for same in groups.values())


def test_the_truth_points_to_living_athletes(conn: Connection, folder: Path) -> None:
    ids = {row["person"]: row_id("athlete", row["person"]) for row in read(folder.parent / "truth.csv")}
    (there,) = conn.execute("SELECT count(*) FROM athletes WHERE id = ANY(%s)", [list(ids.values())]).fetchone()
    assert there == len(ids) == 4_655


def test_result_counts_are_right(conn: Connection) -> None:
    wrong = conn.execute(
        "SELECT m.id FROM meets m WHERE result_count <> (SELECT count(*) FROM results r WHERE r.meet_id = m.id)"
    ).fetchall()
    assert wrong == []


def test_there_are_older_results_also_of_those_left_out(conn: Connection, absent: list[Row]) -> None:
    (older,) = conn.execute(
        "SELECT count(*) FROM results x JOIN meets m ON m.id = x.meet_id WHERE m.athletic_net_id <> %s", [MEET.ref]
    ).fetchone()
    assert 5_000 < older < 10_000
    (without,) = conn.execute(
        "SELECT count(*) FROM athletes a WHERE NOT EXISTS (SELECT FROM results x WHERE x.athlete_id = a.id)"
        " AND a.grad_year > 2025"
    ).fetchone()
    assert without == 0


@pytest.mark.parametrize(
    "table", ["athlete_best_times", "course_records", "school_hall_of_fame", "school_course_records"]
)
def test_the_derived_tables_are_built(conn: Connection, table: str) -> None:
    (rows,) = conn.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert rows > 100


def test_loading_twice_is_noticed(conn: Connection) -> None:
    assert load.is_loaded(conn)
