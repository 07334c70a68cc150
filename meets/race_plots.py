"""The races of a meet, each with its times as a small plot: bars for what is there, marks for what differs."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from meets.models import Import, Outcome

BINS = 40
# Marks nearer than this would lie on one another: however many times are missing, a plot has 80 marks at most.
MARKS_A_BIN = 2

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
    WHERE import_id = %s AND outcome = 'held' AND race_id IS NOT NULL AND time_cs IS NOT NULL"""

TimesOfRaces = Mapping[UUID, list[int]]


@dataclass(frozen=True)
class Differences:
    """What the comparison found, race by race: `time_cs` of lines without a result, and of results without a line."""

    missing: TimesOfRaces = field(default_factory=dict)
    extra: TimesOfRaces = field(default_factory=dict)


def races_of_meet(meet_id: UUID, latest: Import | None, found: Differences | None = None) -> list[dict[str, Any]]:
    """Without the comparison's differences, which take longer, only the lines that wait are marked."""
    with connection.cursor() as cursor:
        cursor.execute(RACES, {"meet": meet_id, "bins": BINS})
        names = [column.name for column in cursor.description or ()]
        races = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        held: dict[UUID, list[int]] = {}
        if latest is not None and latest.outcomes.get(Outcome.HELD):
            cursor.execute(HELD, [latest.pk])
            for race_id, time_cs in cursor.fetchall():
                held.setdefault(race_id, []).append(time_cs)
    shown = found or Differences(missing=held)
    for race in races:
        race["held"] = len(held.get(race["id"], []))
        _plot(race, shown.missing.get(race["id"], []), shown.extra.get(race["id"], []))
    return races


def one_course(races: list[dict[str, Any]]) -> str | None:
    """The course that all of them were run on, if it is one."""
    courses = {race["course"] for race in races}
    return courses.pop() if len(courses) == 1 else None


def _plot(race: dict[str, Any], missing: list[int], extra: list[int]) -> None:
    race["missing"], race["extra"] = len(missing), len(extra)
    race["bins"] = json.loads(race["bins"] or "{}")  # Django leaves JSON of raw queries as text
    race["bars"] = bars(race["bins"])
    fastest, upper = race["fastest"], race["upper"]
    if fastest is None and missing:
        fastest, upper = min(missing), max(missing)
    race["missing_marks"] = marks(missing, fastest, upper)
    race["extra_marks"] = marks(extra, fastest, upper)


def bars(bins: dict[str, int]) -> list[dict[str, float]]:
    """Bars of a plot 40 wide and 10 high."""
    top = max(bins.values(), default=1)
    return [
        {"x": int(bin_) - 1, "y": round(10 - 10 * n / top, 2), "height": round(10 * n / top, 2)}
        for bin_, n in bins.items()
    ]


def marks(times: Iterable[int], fastest: int | None, upper: int | None) -> list[float]:
    """Where on the plot's 40 units marks half a unit wide begin; a time off the plot is marked at its nearer end."""
    if not fastest or not upper or upper <= fastest:
        return [0.0] if any(True for _ in times) else []
    last = BINS * MARKS_A_BIN - 1
    steps = {int((time - fastest) / (upper - fastest) * BINS * MARKS_A_BIN) for time in times}
    return sorted({min(max(step, 0), last) / MARKS_A_BIN for step in steps})
