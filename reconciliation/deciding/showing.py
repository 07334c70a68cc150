"""What a piece of work changes, in words and lines for a page: read from its journal before it is rolled back."""

import json
from typing import Any
from uuid import UUID

from reconciliation.actions.preview import NewAthlete, Preview, RecordChange, ResultLine, UndoPreview
from reconciliation.deciding.work import Row, Work

TOP = 10
RECORDS = """
    SELECT 'course' AS list, c.name AS of, t.gender, t.rank, t.course_id::text || t.gender || t.rank AS place,
           t.athlete_name AS athlete, t.time_cs
      FROM public.course_records t JOIN public.courses c ON c.id = t.course_id
     WHERE t.course_id = ANY (%(courses)s::uuid[]) AND t.rank <= %(top)s
    UNION ALL
    SELECT 'school hall of fame', s.name, t.gender, t.rank, t.school_id::text || t.gender || t.rank,
           t.athlete_name, t.time_cs
      FROM public.school_hall_of_fame t JOIN public.schools s ON s.id = t.school_id
     WHERE t.school_id = ANY (%(schools)s::uuid[]) AND t.rank <= %(top)s
    UNION ALL
    SELECT 'school course record', s.name || ', ' || c.name || ', grade ' || t.grade, t.gender, 1,
           t.school_id::text || t.course_id || t.gender || t.grade, t.athlete_name, t.time_cs
      FROM public.school_course_records t JOIN public.schools s ON s.id = t.school_id
      JOIN public.courses c ON c.id = t.course_id
     WHERE t.school_id = ANY (%(schools)s::uuid[]) AND t.course_id = ANY (%(courses)s::uuid[])"""
LINES = """
    SELECT x.id, x.athlete_id, coalesce(a.name, '') AS athlete, coalesce(m.name, '') AS meet,
           coalesce(ra.name, '') AS race, x.time_cs, x.place_overall AS place
      FROM jsonb_populate_recordset(NULL::public.results, %s) x
      LEFT JOIN public.athletes a ON a.id = x.athlete_id LEFT JOIN public.meets m ON m.id = x.meet_id
      LEFT JOIN public.races ra ON ra.id = x.race_id
     ORDER BY m.meet_date, x.time_cs, x.id"""


def fill(preview: Preview | UndoPreview, work: Work, names: dict[str, str]) -> None:
    """`names`: athletes as they were called before ({id: name}), for those who are gone afterwards."""
    results = work.of("results")
    final = {row["id"]: (old, new) for old, new in _first_to_last(results) for row in [new or old] if row}
    written = [new for old, new in final.values() if new and not old]
    moved = [(old, new) for old, new in final.values() if old and new and old["athlete_id"] != new["athlete_id"]]
    gone = [old for old, new in final.values() if old and not new]
    preview.writes = _lines(work, written, names)
    preview.moves = _lines(work, [new for _, new in moved], names, {old["id"]: old["athlete_id"] for old, _ in moved})
    preview.removes = _lines(work, gone, names)
    preview.records = records_changed(work)
    if isinstance(preview, Preview):
        preview.creates = [
            NewAthlete(UUID(new["id"]), new["name"], new["slug"], new["grad_year"], new["gender"])
            for old, new in work.of("athletes")
            if new and not old
        ]
        _count_rows(preview, work)


def _count_rows(preview: Preview, work: Work) -> None:
    touched = {}
    for old, new in work.of("import_rows"):
        if old and new and old["outcome"] != new["outcome"]:
            touched[new["import_id"], new["line"]] = new["outcome"]
    preview.rows = len(touched)
    for outcome in touched.values():
        preview.outcomes[outcome] = preview.outcomes.get(outcome, 0) + 1
    imports = list({import_id for import_id, _ in touched})
    counted = "SELECT count(DISTINCT meet_id) AS n FROM importadmin.imports WHERE id = ANY (%s::uuid[])"
    preview.meets = work.rows(counted, [imports])[0]["n"]
    for old, new in work.of("slug_redirects"):
        if new and not old:
            led = work.rows("SELECT slug FROM public.athletes WHERE id = %s", [new["athlete_id"]])
            preview.redirects.append((new["slug"], led[0]["slug"] if led else ""))


def _first_to_last(changes: list[tuple[Row | None, Row | None]]) -> list[tuple[Row | None, Row | None]]:
    told: dict[str, list[Any]] = {}
    for old, new in changes:
        told.setdefault((new or old or {})["id"], [old, None])[1] = new
    return [(old, new) for old, new in told.values()]


def _lines(work: Work, rows: list[Row], names: dict[str, str], was: dict[str, str] | None = None) -> list[ResultLine]:
    if not rows:
        return []
    return [
        ResultLine(
            row["id"],
            row["athlete_id"],
            row["athlete"] or names.get(str(row["athlete_id"]), ""),
            row["meet"],
            row["race"],
            row["time_cs"],
            row["place"],
            names.get((was or {}).get(str(row["id"]), ""), ""),
        )  # fmt: skip
        for row in work.rows(LINES, [json.dumps(rows, default=str)])
    ]


def keep_records(work: Work, people: list[str]) -> dict[str, str]:
    """Before the work: remember the first ten of every list that these people stand in or may. Returns their names."""
    keys = work.rows(
        """SELECT coalesce(array_agg(DISTINCT ra.course_id::text) FILTER (WHERE ra.course_id IS NOT NULL), '{}')
                  AS courses
             FROM public.results r JOIN public.races ra ON ra.id = r.race_id WHERE r.athlete_id = ANY (%s::uuid[])""",
        [people],
    )[0]
    found = work.rows(
        "SELECT id::text, name, school_id::text AS school FROM public.athletes WHERE id = ANY (%s::uuid[])", [people]
    )
    work.watched = {"courses": set(keys["courses"]), "schools": {row["school"] for row in found}}
    work.before = _records(work)
    return {row["id"]: row["name"] for row in found}


def watch_rows(work: Work, rows: list[Row], schools: list[str]) -> None:
    """The lists that results of these races and schools may enter."""
    races = [str(row["race_id"]) for row in rows if row["race_id"]]
    courses = work.rows(
        "SELECT DISTINCT course_id::text AS id FROM public.races WHERE id = ANY (%s::uuid[]) AND course_id IS NOT NULL",
        [races],
    )
    work.watched["courses"] |= {row["id"] for row in courses}
    work.watched["schools"] |= set(schools)
    work.before = _records(work)


def _records(work: Work) -> dict[str, Row]:
    params = {key: sorted(ids) for key, ids in work.watched.items()} | {"top": TOP}
    return {row["list"] + row["place"]: row for row in work.rows(RECORDS, params)}


def records_changed(work: Work) -> list[RecordChange]:
    before, after = work.before, _records(work)
    changed = []
    for place in sorted({*before, *after}):
        old, new = before.get(place), after.get(place)
        if (old and (old["athlete"], old["time_cs"])) != (new and (new["athlete"], new["time_cs"])):
            row = new or old or {}
            changed.append(RecordChange(row["list"], row["of"], row["gender"], row["rank"], _holder(old), _holder(new)))
    return changed


def _holder(row: Row | None) -> dict[str, Any] | None:
    return {"athlete": row["athlete"], "time_cs": row["time_cs"]} if row else None
