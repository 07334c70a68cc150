"""Counts of the derived tables. Large tables are counted by the planner's estimate: a page must not read millions."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

EXACT_UP_TO = 200_000

WHAT = {
    "results": ("Normalised times", "Each result's time on a flat mile, for courses with a rating."),
    "athlete_best_times": ("Best times", "Every athlete's best of each season and of all time."),
    "course_records": ("Course records", "The 100 fastest athletes of each course, boys and girls."),
    "school_hall_of_fame": ("School halls of fame", "The 100 best normalised times of each school."),
    "school_course_records": ("School course records", "The fastest of each school, course and grade."),
}

ESTIMATES = """
    SELECT relname, greatest(reltuples, 0)::bigint FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relname = ANY(%s)"""


@dataclass(frozen=True)
class DerivedTable:
    name: str
    label: str
    what: str
    rows: int
    estimated: bool
    last_written: datetime | None
    function: str


def derived_figures() -> list[DerivedTable]:
    with connection.cursor() as cursor:
        cursor.execute(ESTIMATES, [list(WHAT)])
        estimates = dict(cursor.fetchall())
        figures = []
        for name, (label, what) in WHAT.items():
            estimated = estimates.get(name, 0) > EXACT_UP_TO
            rows, last = estimates[name], None
            condition = " WHERE normalized_time_cs IS NOT NULL" if name == "results" else ""
            if not estimated:
                # Names are this file's constants.
                cursor.execute(f"SELECT count(*), max(updated_at) FROM public.{name}{condition}")  # noqa: S608
                rows, last = cursor.fetchone()
            function = "batch_rebuild_normalized_times" if name == "results" else f"batch_rebuild_{name}"
            figures.append(DerivedTable(name, label, what, rows, estimated, last, function))
    return figures
