"""Resolve, first half: which meet, venue and courses the bundle speaks of. A handful of rows, so plain Python."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb

from meets.bundles.problems import BadBundle, Problem
from meets.names import name_key
from meets.pipeline.job import JobInfo

Question = dict[str, Any]
Cursor = psycopg.Cursor[Any]
NEW = "new"


@dataclass(slots=True)
class MeetFound:
    """The bundle's meet: `id` is None while it is new."""

    id: UUID | None
    ref: str
    name: str
    meet_date: date
    season_year: int
    venue_name: str
    meet_type: str
    venue_id: UUID | None = None


def find_meet(cur: Cursor, job: JobInfo, questions: list[Question]) -> MeetFound | None:
    """The meet that the bundle goes into; None when that is a question. Raises BadBundle on a contradiction."""
    found = _from_bundle(cur, job)
    chosen = job.answers.get("meet") or (str(job.meet_id) if job.meet_id else "")
    if chosen and chosen != NEW:
        return _chosen(cur, chosen, found, job)
    if found is None:
        questions.append(_which_meet(cur, job.bundle_name))
        return None
    rows = _candidates(cur, found)
    if len(rows) == 1 and chosen != NEW and _same_id(rows[0], found):
        return _merge(rows[0], found)
    if rows and chosen != NEW:
        questions.append(_several_meets(rows, found))
        return None
    return found


def _from_bundle(cur: Cursor, job: JobInfo) -> MeetFound | None:
    cur.execute("SELECT ref, name, meet_date, season_year, venue_name, meet_type FROM b_meet ORDER BY ctid")
    rows = cur.fetchall()
    if len({row[0] for row in rows}) > 1:
        raise BadBundle(
            Problem("meet.several", "meets.csv", "The file names several meets.", "Upload one bundle a meet.")
        )
    refs = {row[0] for row in rows if row[0]}
    cur.execute("SELECT DISTINCT meet_ref FROM b_race WHERE meet_ref <> ''")
    race_refs = {row[0] for row in cur.fetchall()}
    if len(race_refs) > 1 or (refs and race_refs and refs != race_refs):
        raise BadBundle(
            Problem(
                "meet.other",
                "races.csv",
                f"The races belong to meet {', '.join(sorted(race_refs))}, "
                f"the bundle to {', '.join(refs) or 'one meet'}.",
                "Upload the files of one meet together.",
                column="meet_athletic_net_id",
                value=", ".join(sorted(race_refs))[:200],
            )
        )
    if not rows:
        ref = next(iter(race_refs), "") or job.meet_key.removeprefix("an:") if job.meet_key.startswith("an:") else ""
        ref = ref or next(iter(race_refs), "")
        return MeetFound(None, ref, "", date.min, 0, "", "") if ref else None
    ref, name, day, season, venue, kind = rows[0]
    return MeetFound(None, ref or next(iter(race_refs), ""), name, day, season or day.year, venue, kind)


def _candidates(cur: Cursor, found: MeetFound) -> list[dict[str, Any]]:
    """Meets with this athletic.net id; without one, meets of the same day and name key."""
    select = "SELECT id, name, meet_date, season_year, venue_id, athletic_net_id FROM meets"
    if found.ref:
        rows = _dicts(cur, f"{select} WHERE athletic_net_id = %s ORDER BY id", [found.ref])
        if rows or not found.name:
            return rows
    # Another tool may have written the meet without its id.
    day = _dicts(
        cur, f"{select} WHERE meet_date = %s AND coalesce(athletic_net_id, '') = '' ORDER BY id", [found.meet_date]
    )
    return [row for row in day if name_key(row["name"]) == name_key(found.name)]


def _same_id(row: dict[str, Any], found: MeetFound) -> bool:
    return not found.ref or row["athletic_net_id"] == found.ref


def _chosen(cur: Cursor, chosen: str, found: MeetFound | None, job: JobInfo) -> MeetFound:
    try:
        key: Any = UUID(chosen)
    except ValueError:
        key = None
    sql = "SELECT id, name, meet_date, season_year, venue_id, athletic_net_id FROM meets WHERE "
    rows = _dicts(cur, sql + ("id = %s" if key else "athletic_net_id = %s"), [key or chosen])
    if len(rows) != 1:
        raise BadBundle(
            Problem(
                "meet.unknown",
                "meets.csv",
                "The chosen meet is not on the site." if not rows else "Several meets have that id.",
                "Choose the meet by its id on the site.",
                value=chosen[:200],
            )
        )
    other = rows[0]["athletic_net_id"]
    if found and found.ref and other and other != found.ref and job.answers.get("meet") != str(rows[0]["id"]):
        raise BadBundle(
            Problem(
                "meet.other",
                "meets.csv",
                f"The bundle is of meet {found.ref}, but {rows[0]['name']} ({other}) was chosen.",
                "Choose the meet that the bundle belongs to, or upload the other bundle.",
                column="athletic_net_id",
                value=found.ref[:200],
            )
        )
    return _merge(rows[0], found)


def _merge(row: dict[str, Any], found: MeetFound | None) -> MeetFound:
    return MeetFound(
        row["id"],
        found.ref if found else row["athletic_net_id"] or "",
        row["name"],
        row["meet_date"],
        row["season_year"],
        found.venue_name if found else "",
        found.meet_type if found else "",
        row["venue_id"],
    )


def _which_meet(cur: Cursor, bundle: str) -> Question:
    rows = _dicts(cur, "SELECT id, name, meet_date FROM meets ORDER BY meet_date DESC LIMIT 50", [])
    return {
        "key": "meet",
        "kind": "which_meet",
        "text": f"Which meet is {bundle} of?",
        "detail": "The bundle has no meets.csv and its name holds no meet id.",
        "options": [_option(row) for row in rows],
    }


def _several_meets(rows: list[dict[str, Any]], found: MeetFound) -> Question:
    return {
        "key": "meet",
        "kind": "which_meet",
        "text": f"Does {found.name or found.ref} go into a meet that is already there?",
        "detail": "The site has a meet that may be this one; its athletic.net id does not decide it alone.",
        "options": [*(_option(row) for row in rows), {"value": NEW, "label": "No, it is a new meet"}],
    }


def _option(row: dict[str, Any]) -> dict[str, str]:
    return {"value": str(row["id"]), "label": f"{row['name']}, {row['meet_date']:%d %b %Y}"}


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
    rows = _dicts(cur, "SELECT * FROM b_venue", [])
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
    described = {row["name_key"]: row for row in _dicts(cur, "SELECT * FROM b_venue", [])}
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
    rows = _dicts(cur, "SELECT DISTINCT ON (name_key) * FROM b_course ORDER BY name_key, ctid", [])
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


def _dicts(cur: Cursor, statement: Any, params: list[Any]) -> list[dict[str, Any]]:
    cur.execute(statement, params)
    names = [column.name for column in cur.description or []]
    return [dict(zip(names, row, strict=True)) for row in cur.fetchall()]
