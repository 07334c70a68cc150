"""Resolve, second half: the meet, its venue and its courses are written. A handful of rows, so plain Python."""

from datetime import date
from typing import Any
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb

from meets.bundles.problems import BadBundle, Problem
from meets.names import name_key
from meets.pipeline.job import JobInfo
from meets.pipeline.which_meet import MeetFound, dicts

Cursor = psycopg.Cursor[Any]


def write_meet(cur: Cursor, job: JobInfo, found: MeetFound) -> UUID:
    """Create the meet and its venue, or fill in the venue and id that it lacked. Returns the meet's id."""
    venue = _venue(cur, job, found.venue_name)
    if found.id is None:
        if not found.name or found.meet_date == date.min:
            raise BadBundle(
                Problem(
                    "meet.absent",
                    "meets.csv",
                    f"Meet {found.ref} is not on the site yet and the bundle has no meets.csv that describes it.",
                    "Add meets.csv with the meet's name and date.",
                )
            )
        found.id = _create(
            cur,
            job,
            "meets",
            {
                "name": found.name,
                "meet_date": found.meet_date,
                "season_year": found.season_year,
                "venue_id": venue,
                "meet_type": found.meet_type or None,
                "athletic_net_id": found.ref or None,
            },
        )
        found.venue_id = venue
    else:
        fill(cur, job, "meets", found.id, "athletic_net_id", found.ref or None)
        if found.venue_id is None:
            fill(cur, job, "meets", found.id, "venue_id", venue)
            found.venue_id = venue
    return found.id


def _venue(cur: Cursor, job: JobInfo, name: str) -> UUID | None:
    rows = dicts(cur, "SELECT * FROM b_venue", [])
    key = name_key(name) or (rows[0]["name_key"] if len(rows) == 1 else "")
    if not key:
        return None
    return _venue_ids(cur, job, {key: name}).get(key)


def _venue_ids(cur: Cursor, job: JobInfo, names: dict[str, str]) -> dict[str, UUID]:
    """Venue ids by name key; absent ones are created from venues.csv or from the name alone."""
    cur.execute(
        "SELECT importadmin.name_key(name), id FROM venues WHERE importadmin.name_key(name) = ANY(%s) ORDER BY id DESC",
        [list(names)],
    )
    ids: dict[str, UUID] = dict(cur.fetchall())
    described = {row["name_key"]: row for row in dicts(cur, "SELECT * FROM b_venue", [])}
    for key, name in names.items():
        if key and key not in ids and key in described and (known := _venue_of_ref(cur, described[key]["ref"])):
            # Renamed on the site since: its athletic.net id is unique there.
            ids[key] = known
        elif key and key not in ids:
            row = described.get(key, {"name": name, "ref": "", "city": "", "state": "", "notes": ""})
            values = {
                "name": row["name"],
                "city": row["city"] or None,
                "state": row["state"] or "CA",
                "athletic_net_id": row["ref"] or None,
                "notes": row["notes"] or None,
            }
            ids[key] = _create(cur, job, "venues", values)
    return ids


def _venue_of_ref(cur: Cursor, ref: str) -> UUID | None:
    cur.execute("SELECT id FROM venues WHERE athletic_net_id = %s AND %s <> ''", [ref, ref])
    row = cur.fetchone()
    return row[0] if row else None


def write_courses(cur: Cursor, job: JobInfo, meet: MeetFound) -> UUID | None:
    """Fill the temporary table course_map(name_key, course_id); return the course of races that name none."""
    cur.execute("CREATE TEMPORARY TABLE course_map (name_key text PRIMARY KEY, course_id uuid) ON COMMIT DROP")
    rows = dicts(cur, "SELECT DISTINCT ON (name_key) * FROM b_course ORDER BY name_key, ctid", [])
    names = {name_key(row["venue_name"]): row["venue_name"] for row in rows}
    venues = _venue_ids(cur, job, names)
    ids = []
    for row in rows:
        venue = venues.get(name_key(row["venue_name"])) or meet.venue_id
        if venue is not None:
            course = _course(cur, job, row, venue)
            cur.execute("INSERT INTO course_map VALUES (%s, %s)", [row["name_key"], course])
            ids.append(course)
    return ids[0] if len(set(ids)) == 1 else None


def _course(cur: Cursor, job: JobInfo, row: dict[str, Any], venue: UUID) -> UUID:
    cur.execute(
        """SELECT id, difficulty_rating FROM courses
            WHERE (venue_id = %s AND importadmin.name_key(name) = %s) OR (athletic_net_id = %s AND %s <> '')
            ORDER BY athletic_net_id = %s DESC NULLS LAST, id LIMIT 1""",
        [venue, row["name_key"], row["ref"], row["ref"], row["ref"]],
    )
    if known := cur.fetchone():
        if known[1] is None and row["difficulty_rating"] is not None:
            # A rating changes every normalised time on this course, so here the triggers do their work.
            cur.execute("SET LOCAL importadmin.bulk = 'off'")
            fill(cur, job, "courses", known[0], "difficulty_rating", row["difficulty_rating"])
            cur.execute("SET LOCAL importadmin.bulk = 'on'")
        return known[0]
    meters = row["distance_meters"]
    return _create(
        cur,
        job,
        "courses",
        {
            "name": row["name"],
            "venue_id": venue,
            "distance_meters": meters or 0,
            "distance_display": row["distance_display"] or None,
            "difficulty_rating": row["difficulty_rating"],
            "athletic_net_id": row["ref"] or None,
        },
    )


def fill(cur: Cursor, job: JobInfo, table: str, row_id: UUID, column: str, value: Any) -> bool:
    """Give an empty column its value and journal it. What is there stays: the site's people may have put it there."""
    if value is None:
        return False
    name, field = psycopg.sql.Identifier(table), psycopg.sql.Identifier(column)
    cur.execute(
        psycopg.sql.SQL("UPDATE {} SET {} = %s, updated_at = now() WHERE id = %s AND {} IS NULL").format(
            name, field, field
        ),
        [value, row_id],
    )
    if cur.rowcount:
        _journal(cur, job, table, row_id, {column: None}, {column: value})
    return cur.rowcount == 1


def _create(cur: Cursor, job: JobInfo, table: str, values: dict[str, Any]) -> UUID:
    columns = psycopg.sql.SQL(", ").join(map(psycopg.sql.Identifier, values))
    marks = psycopg.sql.SQL(", ").join([psycopg.sql.Placeholder()] * len(values))
    cur.execute(
        psycopg.sql.SQL("INSERT INTO {} ({}) VALUES ({}) RETURNING id").format(
            psycopg.sql.Identifier(table), columns, marks
        ),
        list(values.values()),
    )
    row = cur.fetchone()
    assert row is not None  # noqa: S101
    _journal(cur, job, table, row[0], None, values)
    return row[0]


def _journal(cur: Cursor, job: JobInfo, table: str, row_id: UUID, old: Any, new: dict[str, Any]) -> None:
    cur.execute(
        "INSERT INTO import_journal (import_id, table_name, row_id, old, new) VALUES (%s, %s, %s, %s, %s)",
        [job.import_id, table, row_id, Jsonb(old) if old else None, Jsonb({k: _plain(v) for k, v in new.items()})],
    )


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | str) else str(value)
