"""A line of results.csv as it goes into the database."""

from typing import NamedTuple

from meets.bundles.problems import Problem

OK, SKIPPED, REJECTED = "ok", "skipped", "rejected"
FIELDS_READ = (
    "athletic_net_race_id",
    "athlete_name",
    "athlete_first_name",
    "athlete_last_name",
    "athlete_school_id",
    "time_cs",
    "place_overall",
    "grade",
    "athletic_net_athlete_id",
    "grad_year",
    "gender",
)


class StagedLine(NamedTuple):
    """Everything but `problems` is copied, in this order."""

    line: int
    line_last: int
    raw: str
    race_ref: str
    athlete_name: str
    first_name: str
    last_name: str
    school_ref: str
    time_cs: int | None
    place: int | None
    grade: int | None
    athlete_ref: str
    grad_year: int | None
    gender: str
    status: str
    problems: tuple[Problem, ...]
