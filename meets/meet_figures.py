"""Figures of one meet's page: the three counts and what tells them apart, races with their times. SQL over sets."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from meets.models import Course, Import, Mode, Outcome, State

BINS = 40
IN_DATABASE = (Outcome.INSERTED, Outcome.ALREADY_PRESENT, Outcome.VARIANT_PRESENT)

# A single time of 46 hours must not press all others into one bin: the last bin takes what is slower than 2.2 × the
# fastest. One pass for the bounds, one for the bins.
RACES = """
    WITH bounds AS (
        SELECT race_id, count(*) AS n, min(time_cs) AS fastest, max(time_cs) AS slowest,
               least(max(time_cs), (min(time_cs) * 2.2)::int) AS upper
        FROM results WHERE meet_id = %(meet)s GROUP BY race_id
    ), binned AS (
        SELECT r.race_id, least(width_bucket(r.time_cs, b.fastest, b.upper + 1, %(bins)s), %(bins)s) AS bin,
               count(*) AS n
        FROM results r JOIN bounds b ON b.race_id IS NOT DISTINCT FROM r.race_id
        WHERE r.meet_id = %(meet)s GROUP BY 1, 2
    ), plots AS (SELECT race_id, jsonb_object_agg(bin, n) AS bins FROM binned GROUP BY race_id)
    SELECT ra.id, ra.name, ra.gender, ra.distance_meters, ra.athletic_net_race_id, c.name AS course,
           coalesce(b.n, 0) AS results, b.fastest, b.slowest, b.upper, p.bins
    FROM races ra
    LEFT JOIN courses c ON c.id = ra.course_id
    LEFT JOIN bounds b ON b.race_id = ra.id
    LEFT JOIN plots p ON p.race_id = ra.id
    WHERE ra.meet_id = %(meet)s
    ORDER BY ra.gender DESC, ra.distance_meters DESC, ra.name"""

HELD = """
    SELECT race_id, time_cs FROM import_rows
    WHERE import_id = %s AND outcome = 'held' AND race_id IS NOT NULL AND time_cs IS NOT NULL LIMIT 2000"""


@dataclass(frozen=True)
class Counts:
    """CSV, database and cached count, and a sentence for each difference."""

    lines: int | None
    database: int
    cached: int
    csv_sentence: str
    csv_ok: bool | None
    cached_ok: bool


def latest_import(meet_id: UUID) -> Import | None:
    return imports_of(meet_id).filter(mode=Mode.IMPORT, state=State.DONE).first()


def imports_of(meet_id: UUID) -> QuerySet[Import]:
    return Import.objects.filter(meet_id=meet_id).select_related("bundle", "created_by").order_by("-created_at", "-pk")


def counts_of(meet_id: UUID, cached: int, latest: Import | None) -> Counts:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM results WHERE meet_id = %s", [meet_id])
        (database,) = cursor.fetchone()
    if latest is None:
        sentence = "No bundle of this meet has been imported here, so there is no CSV to compare with."
        return Counts(None, database, cached, sentence, None, cached == database)
    sentence, ok = explain(latest.outcomes, latest.lines, database)
    return Counts(latest.lines, database, cached, sentence, ok, cached == database)


def explain(outcomes: dict[str, int], lines: int, database: int) -> tuple[str, bool]:
    """Why the CSV has another number of lines than the database has results; whether the ledger explains it all."""
    there = sum(outcomes.get(outcome, 0) for outcome in IN_DATABASE)
    others = [
        f"{outcomes[outcome]:,} {words}"
        for outcome, words in (
            (Outcome.HELD, "waiting for review"),
            (Outcome.SKIPPED, "without a time"),
            (Outcome.REJECTED, "in need of repair"),
            (Outcome.REPEATED, "written twice"),
            (Outcome.DISMISSED, "set aside"),
        )
        if outcomes.get(outcome)
    ]
    parts = " + ".join([f"{there:,} in the database", *others])
    sentence = f"{lines:,} lines = {parts}." if others else f"All {lines:,} lines are in the database."
    if database > there:
        sentence += f" The database has {database - there:,} more that this CSV does not have."
    if database < there:
        sentence += f" But {there - database:,} of them are no longer there."
    return sentence, database == there


def races_of_meet(meet_id: UUID, latest: Import | None) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(RACES, {"meet": meet_id, "bins": BINS})
        names = [column.name for column in cursor.description or ()]
        races = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        held: dict[Any, list[int]] = {}
        if latest is not None and latest.outcomes.get(Outcome.HELD):
            cursor.execute(HELD, [latest.pk])
            for race_id, time_cs in cursor.fetchall():
                held.setdefault(race_id, []).append(time_cs)
    for race in races:
        race["held"] = len(held.get(race["id"], []))
        race["bins"] = json.loads(race["bins"] or "{}")  # Django leaves JSON of raw queries as text
        race["bars"] = bars(race["bins"])
        race["marks"] = [mark(time, race["fastest"], race["upper"]) for time in held.get(race["id"], [])]
    return races


def bars(bins: dict[str, int]) -> list[dict[str, float]]:
    """Bars of a plot 40 wide and 10 high."""
    top = max(bins.values(), default=1)
    return [
        {"x": int(bin_) - 1, "y": round(10 - 10 * n / top, 2), "height": round(10 * n / top, 2)}
        for bin_, n in bins.items()
    ]


def mark(time_cs: int, fastest: int | None, upper: int | None) -> float:
    """Where on the plot a time stands that is not in the database."""
    if not fastest or not upper or upper <= fastest:
        return 0.0
    return round(min(max((time_cs - fastest) / (upper - fastest), 0), 1) * BINS, 2)


def courses_to_rate(meet_id: UUID) -> list[Course]:
    return list(Course.objects.filter(race__meet_id=meet_id, difficulty_rating=None).select_related("venue").distinct())
