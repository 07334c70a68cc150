"""Resolve, first half: which meet the bundle speaks of, or the question that only a person can answer."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import psycopg

from meets.bundles.format import FileFormat
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
    if len(rows) == 1 and chosen != NEW and _surely(rows[0], found):
        return _merge(rows[0], found)
    if rows and chosen != NEW:
        questions.append(_several_meets(rows, found))
        return None
    return found


def _from_bundle(cur: Cursor, job: JobInfo) -> MeetFound | None:
    cur.execute("SELECT ref, name, meet_date, season_year, venue_name, meet_type, line FROM b_meet ORDER BY line")
    rows = cur.fetchall()
    for row in rows[1:]:
        if row[0] != rows[0][0] or (not row[0] and name_key(row[1]) != name_key(rows[0][1])):
            raise BadBundle(_several_in_file(job, row[0] or row[1], row[6]))
    refs = {row[0] for row in rows if row[0]}
    cur.execute("SELECT meet_ref, min(line) FROM b_race WHERE meet_ref <> '' GROUP BY 1 ORDER BY 2")
    race_refs: dict[str, int] = dict(cur.fetchall())
    if len(race_refs) > 1 or (refs and race_refs and refs != race_refs.keys()):
        raise BadBundle(_races_of_another(job, refs, race_refs))
    if not rows:
        ref = next(iter(race_refs), "") or job.meet_key.removeprefix("an:") if job.meet_key.startswith("an:") else ""
        ref = ref or next(iter(race_refs), "")
        return MeetFound(None, ref, "", date.min, 0, "", "") if ref else None
    ref, name, day, season, venue, kind, _line = rows[0]
    return MeetFound(None, ref or next(iter(race_refs), ""), name, day, season or day.year, venue, kind)


def _file_and_column(job: JobInfo, kind: str, field: str) -> tuple[str, str]:
    """Both as the bundle writes them."""
    form = FileFormat.from_json(job.files[kind]["format"])
    return form.name, form.header_of(field)


def _several_in_file(job: JobInfo, other: str, line: int) -> Problem:
    file, column = _file_and_column(job, "meets", "athletic_net_id")
    message = "The file names several meets."
    return Problem(
        "meet.several", file, message, "Upload one bundle a meet.", line, line, column=column, value=other[:200]
    )


def _races_of_another(job: JobInfo, refs: set[str], race_refs: dict[str, int]) -> Problem:
    """The place is the first race that is not of the bundle's meet."""
    file, column = _file_and_column(job, "races", "meet_athletic_net_id")
    own = next(iter(refs), next(iter(race_refs)))
    other = next(ref for ref in race_refs if ref != own)
    return Problem(
        "meet.other",
        file,
        f"The races belong to meet {', '.join(sorted(race_refs))}, the bundle to {', '.join(refs) or 'one meet'}.",
        "Upload the files of one meet together.",
        race_refs[other],
        race_refs[other],
        column=column,
        value=other[:200],
    )


def _candidates(cur: Cursor, found: MeetFound) -> list[dict[str, Any]]:
    """Meets with this athletic.net id; without one on either side, meets of the same day and name key."""
    select = """SELECT m.id, m.name, m.meet_date, m.season_year, m.venue_id, m.athletic_net_id, v.name AS venue_name
                  FROM meets m LEFT JOIN venues v ON v.id = m.venue_id"""
    if found.ref:
        rows = dicts(cur, f"{select} WHERE m.athletic_net_id = %s ORDER BY m.id", [found.ref])
        if rows or not found.name:
            return rows
    # Another tool may have written the meet without its id; or the bundle was written without it.
    day = dicts(
        cur,
        f"{select} WHERE m.meet_date = %s AND (%s = '' OR coalesce(m.athletic_net_id, '') = '') ORDER BY m.id",
        [found.meet_date, found.ref],
    )
    return [row for row in day if name_key(row["name"]) == name_key(found.name)]


def _surely(row: dict[str, Any], found: MeetFound) -> bool:
    """Same id; without one, no other venue: leagues hold their "Meet 1" on one day at several places."""
    if found.ref:
        return bool(row["athletic_net_id"] == found.ref)
    here, there = name_key(found.venue_name), name_key(row["venue_name"] or "")
    return here == there or not here or not there


def _chosen(cur: Cursor, chosen: str, found: MeetFound | None, job: JobInfo) -> MeetFound:
    try:
        key: Any = UUID(chosen)
    except ValueError:
        key = None
    sql = "SELECT id, name, meet_date, season_year, venue_id, athletic_net_id FROM meets WHERE "
    rows = dicts(cur, sql + ("id = %s" if key else "athletic_net_id = %s"), [key or chosen])
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
    rows = dicts(cur, "SELECT id, name, meet_date FROM meets ORDER BY meet_date DESC LIMIT 50", [])
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


def dicts(cur: Cursor, statement: Any, params: list[Any]) -> list[dict[str, Any]]:
    cur.execute(statement, params)
    names = [column.name for column in cur.description or []]
    return [dict(zip(names, row, strict=True)) for row in cur.fetchall()]
