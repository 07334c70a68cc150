"""Loads the reference case by COPY, in one transaction: the database as the old import left it."""

from collections.abc import Iterable
from typing import Any

import psycopg
from psycopg import sql

from meets.sample.history import COURSES, MEETS, OldMeet, database_people, old_race_name, old_results
from meets.sample.reference import MEET, reference, row_id

Connection = psycopg.Connection[Any]
Row = tuple[Any, ...]
REBUILDS = (
    "normalized_times",
    "athlete_best_times",
    "course_records",
    "school_hall_of_fame",
    "school_course_records",
)


def is_loaded(conn: Connection) -> bool:
    found = conn.execute("SELECT id FROM public.meets WHERE id = %s", [row_id("meet", MEET.ref)])
    return found.fetchone() is not None


def load(conn: Connection) -> dict[str, int]:
    """Write the reference database into `conn`'s transaction; return the rows of each table."""
    # The triggers would refresh everything statement by statement; it is all rebuilt once at the end.
    conn.execute("SELECT set_config('importadmin.bulk', 'on', true)")
    rows = {
        "venues": copy_rows(conn, "venues", "id name city state athletic_net_id", _venues()),
        "courses": copy_rows(
            conn,
            "courses",
            "id name venue_id location distance_meters distance_display difficulty_rating",
            _courses(),
        ),
        "meets": copy_rows(conn, "meets", "id name meet_date season_year venue_id meet_type athletic_net_id", _meets()),
        "races": copy_rows(
            conn,
            "races",
            "id meet_id course_id name gender distance_meters athletic_net_race_id",
            (*_races(), *_old_races()),
        ),
        "schools": copy_rows(conn, "schools", "id name short_name city state league athletic_net_id", _schools()),
        "athletes": copy_rows(conn, "athletes", "id school_id name first_name last_name grad_year gender", _athletes()),
        "results": copy_rows(
            conn,
            "results",
            "id athlete_id meet_id race_id time_cs place_overall data_source",
            (*_results(), *_old_results()),
        ),
    }
    conn.execute(
        "UPDATE public.meets m SET result_count ="
        " (SELECT count(*) FROM public.results r WHERE r.meet_id = m.id) WHERE m.id = ANY(%s)",
        [[row[0] for row in _meets()]],
    )
    for name in REBUILDS:
        conn.execute(sql.SQL("SELECT {}()").format(sql.Identifier("public", f"batch_rebuild_{name}")))
    return rows


def copy_rows(conn: Connection, table: str, columns: str, rows: Iterable[Row]) -> int:
    """COPY into one of the site's tables; `columns` parted by spaces. Returns the number of rows."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns.split()))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier("public", table), names)
    written = 0
    with conn.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
            written += 1
    return written


def _venues() -> list[Row]:
    return [
        (
            row_id("venue", course.venue),
            course.venue,
            course.city,
            "CA",
            f"venue_{MEET.ref}" if course.venue == MEET.venue else None,
        )
        for course in COURSES
    ]


def _courses() -> list[Row]:
    return [
        (
            row_id("course", course.name),
            course.name,
            row_id("venue", course.venue),
            course.city,
            course.distance_meters,
            course.distance_display,
            course.rating,
        )
        for course in COURSES
    ]


def _meets() -> list[Row]:
    month, day, _ = MEET.meet_date.split("/")
    here = (
        row_id("meet", MEET.ref),
        MEET.name,
        f"{MEET.season}-{month}-{day}",
        MEET.season,
        row_id("venue", MEET.venue),
        "invitational",
        MEET.ref,
    )
    return [
        here,
        *(
            (
                row_id("meet", meet.ref),
                meet.name,
                meet.meet_date,
                meet.meet_date.year,
                row_id("venue", meet.course.venue),
                meet.meet_type,
                meet.ref,
            )
            for meet in MEETS
        ),
    ]


def _races() -> list[Row]:
    meet, course = row_id("meet", MEET.ref), row_id("course", MEET.course)
    return [
        (row_id("race", race.ref), meet, course, race.name, race.gender, race.distance_meters, race.ref)
        for race in reference().races
    ]


def _old_race_id(meet: OldMeet, race: str, gender: str) -> Any:
    return row_id("race", f"{meet.ref} {race} {gender}")


def _old_races() -> list[Row]:
    return [
        (
            _old_race_id(meet, race, gender),
            row_id("meet", meet.ref),
            row_id("course", meet.course.name),
            old_race_name(race, gender, meet.course),
            gender,
            meet.course.distance_meters,
            f"{meet.ref}{number}",
        )
        for meet in MEETS
        for number, (race, gender) in enumerate(
            ((race, gender) for race in ("Varsity", "Junior Varsity") for gender in "MF"), start=1
        )
    ]


def _schools() -> list[Row]:
    return [
        (row_id("school", here.ref), here.name, here.short_name, here.city, "CA", here.league, here.ref)
        for here in reference().schools
    ]


def _athletes() -> list[Row]:
    return [
        (
            row_id("athlete", person.key),
            row_id("school", person.school.ref),
            person.name,
            person.first,
            person.last,
            MEET.season + 13 - person.grade,
            person.gender,
        )
        for person in database_people()
    ]


def _results() -> list[Row]:
    case = reference()
    meet = row_id("meet", MEET.ref)
    return [
        (
            row_id("result", line.person.key),
            row_id("athlete", line.person.key),
            meet,
            row_id("race", line.race.ref),
            line.time_cs,
            line.place,
            "athletic_net",
        )
        for line in case.lines
        if line.person.key not in case.absent
    ]


def _old_results() -> list[Row]:
    return [
        (
            row_id("result", f"{old.meet.ref} {old.person.key}"),
            row_id("athlete", old.person.key),
            row_id("meet", old.meet.ref),
            _old_race_id(old.meet, old.race, old.person.gender),
            old.time_cs,
            old.place,
            "athletic_net",
        )
        for old in old_results()
    ]
