"""What a correction would change in records: the lists it touches, remembered before and compared after."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

LINES = 50
# Whose results a correction is about.
RESULTS = {"race": "r.race_id = %(key)s", "meet": "r.meet_id = %(key)s", "athlete": "r.athlete_id = %(key)s"}

TOUCHED = """
    CREATE TEMPORARY TABLE touched ON COMMIT DROP AS
    SELECT DISTINCT r.id, r.athlete_id, ra.course_id, a.school_id, r.normalized_time_cs
    FROM public.results r JOIN public.athletes a ON a.id = r.athlete_id LEFT JOIN public.races ra ON ra.id = r.race_id
    WHERE {}"""
LISTS = """
    SELECT 'Course record' AS list, c.name || ', ' || CASE t.gender WHEN 'M' THEN 'boys' ELSE 'girls' END AS of,
           t.rank, t.athlete_id, t.athlete_name, t.time_cs
    FROM public.course_records t JOIN public.courses c ON c.id = t.course_id
    WHERE t.course_id IN (SELECT course_id FROM touched UNION SELECT %(course)s::uuid)
    UNION ALL
    SELECT 'Hall of fame', s.name || ', ' || CASE t.gender WHEN 'M' THEN 'boys' ELSE 'girls' END, t.rank, t.athlete_id,
           t.athlete_name, t.normalized_time_cs
    FROM public.school_hall_of_fame t JOIN public.schools s ON s.id = t.school_id
    WHERE t.school_id IN (SELECT school_id FROM touched UNION SELECT %(school)s::uuid)"""
CHANGED = """
    SELECT coalesce(n.list, o.list), coalesce(n.of, o.of), coalesce(n.rank, o.rank), o.athlete_name, o.time_cs,
           n.athlete_name, n.time_cs, count(*) OVER ()
    FROM records_before o FULL JOIN records_after n ON (n.list, n.of, n.rank) = (o.list, o.of, o.rank)
    WHERE o.athlete_id IS DISTINCT FROM n.athlete_id OR o.time_cs IS DISTINCT FROM n.time_cs
    ORDER BY 3, 1, 2 LIMIT %s"""
NORMALIZED = """
    SELECT count(*), count(*) FILTER (WHERE r.normalized_time_cs IS DISTINCT FROM t.normalized_time_cs)
    FROM touched t JOIN public.results r ON r.id = t.id"""


@dataclass(frozen=True)
class RecordLine:
    """One place of a list whose holder or time changes; times in centiseconds."""

    list: str
    of: str
    rank: int
    was: str | None
    was_cs: int | None
    becomes: str | None
    becomes_cs: int | None


@dataclass
class Effects:
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    results: int = 0
    renormalized: int = 0
    records: int = 0
    lines: list[RecordLine] = field(default_factory=list)


def remember_records(kind: str, key: UUID, values: Mapping[str, Any]) -> None:
    """Before the change, in its transaction. `values` may name another course or school: its lists count too."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.touched, pg_temp.records_before, pg_temp.records_after")
        cursor.execute(TOUCHED.format(RESULTS[kind]), {"key": key})
        cursor.execute("ANALYZE touched")
        _lists(cursor, "records_before", values)


def effects_of(before: Mapping[str, Any], after: Mapping[str, Any]) -> Effects:
    """After the change, in the same transaction."""
    found = Effects(before, after)
    with connection.cursor() as cursor:
        _lists(cursor, "records_after", after)
        cursor.execute(NORMALIZED)
        found.results, found.renormalized = cursor.fetchone()
        cursor.execute(CHANGED, [LINES])
        for *line, total in cursor.fetchall():
            found.records = total
            found.lines.append(RecordLine(*line))
    return found


def _lists(cursor: Any, name: str, values: Mapping[str, Any]) -> None:
    # The name is one of two constants.
    cursor.execute(
        f"CREATE TEMPORARY TABLE {name} ON COMMIT DROP AS {LISTS}",
        {"course": values.get("course_id") or None, "school": values.get("school_id") or None},
    )
