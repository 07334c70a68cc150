"""All results of the people of a case on one time line, the held lines of the CSV among them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from meets.pipeline.sqlfile import SqlFolder

SQL = SqlFolder(Path(__file__).parent / "sql")
# The latest of them: enough to see whether two careers fit into one. The athletes' own pages have all.
MOST_RESULTS = 120
MATES_SHOWN = 3


@dataclass
class Run:
    """One result, or one held line of the CSV (`result_id` None)."""

    person: int
    meet_date: date | None
    season_year: int | None
    meet: str
    meet_id: UUID | None
    race: str
    race_id: UUID | None
    course: str
    distance_meters: int | None
    place: int | None
    time_cs: int | None
    normalized_time_cs: int | None = None
    venue_id: UUID | None = None
    result_id: UUID | None = None
    mates: list[str] = field(default_factory=list)
    more_mates: int = 0
    clash: str = ""


@dataclass(frozen=True)
class Runner:
    """Who runs: the person's number in the case, the athlete (None in the CSV) and the school."""

    person: int
    athlete_id: UUID | None
    school_id: UUID | None


@dataclass
class TimeLine:
    runs: list[Run]
    more: bool
    # {person: names of teammates whom the first person ran with too}
    shared: dict[int, list[str]]

    @property
    def seasons(self) -> list[tuple[int | None, list[Run]]]:
        """The runs by season, newest first."""
        found: dict[int | None, list[Run]] = {}
        for run in self.runs:
            found.setdefault(run.season_year, []).append(run)
        return list(found.items())


def time_line(runners: Sequence[Runner], held: Sequence[Run]) -> TimeLine:
    """Two queries: the results, and who of their schools ran in the same races."""
    by_athlete = {runner.athlete_id: runner for runner in runners if runner.athlete_id}
    rows = _fetch("results", athletes=list(by_athlete), most=MOST_RESULTS + 1) if by_athlete else []
    runs = [_run(by_athlete[row["athlete_id"]].person, row) for row in rows[:MOST_RESULTS]]
    everyone = sorted([*held, *runs], key=lambda run: (run.meet_date or date.min, -(run.time_cs or 0)), reverse=True)
    shared = _add_mates(everyone, runners)
    _add_clashes(everyone)
    return TimeLine(everyone, len(rows) > MOST_RESULTS, shared)


def _fetch(name: str, **literals: Any) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        return SQL.fetch(cursor, name, **literals)  # type: ignore[arg-type]


def _run(person: int, row: dict[str, Any]) -> Run:
    return Run(
        person=person,
        meet_date=row["meet_date"],
        season_year=row["season_year"],
        meet=row["meet"],
        meet_id=row["meet_id"],
        race=row["race"] or "",
        race_id=row["race_id"],
        course=row["course"] or "",
        distance_meters=row["distance_meters"],
        place=row["place"],
        time_cs=row["time_cs"],
        normalized_time_cs=row["normalized_time_cs"],
        venue_id=row["venue_id"],
        result_id=row["result_id"],
    )


def _add_mates(runs: Sequence[Run], runners: Sequence[Runner]) -> dict[int, list[str]]:
    school_of = {runner.person: runner.school_id for runner in runners}
    own = {runner.athlete_id for runner in runners if runner.athlete_id}
    races = list({run.race_id for run in runs if run.race_id})
    schools = list({school for school in school_of.values() if school})
    if not races or not schools:
        return {}
    there: dict[tuple[UUID, UUID], dict[UUID, str]] = defaultdict(dict)
    for row in _fetch("mates", races=races, schools=schools):
        if row["athlete_id"] not in own:
            there[row["race_id"], row["school_id"]][row["athlete_id"]] = row["name"]
    ran_with: dict[int, dict[UUID, str]] = defaultdict(dict)
    for run in runs:
        school = school_of.get(run.person)
        mates = there.get((run.race_id, school), {}) if run.race_id and school else {}
        run.mates, run.more_mates = list(mates.values())[:MATES_SHOWN], max(len(mates) - MATES_SHOWN, 0)
        ran_with[run.person].update(mates)
    return {
        person: sorted(name for mate, name in mates.items() if mate in ran_with[0])
        for person, mates in ran_with.items()
        if person
    }


def _add_clashes(runs: Sequence[Run]) -> None:
    """Runs of two people in one race, or on one day at two venues: whoever sees them knows that they can't be one."""
    by_day: dict[date, list[Run]] = defaultdict(list)
    for run in runs:
        if run.meet_date:
            by_day[run.meet_date].append(run)
    for runs_of_day in by_day.values():
        for run in runs_of_day:
            others = [other for other in runs_of_day if other.person != run.person]
            if any(other.race_id and other.race_id == run.race_id and other.time_cs != run.time_cs for other in others):
                run.clash = "both in this race"
            elif any(run.venue_id and other.venue_id and other.venue_id != run.venue_id for other in others):
                run.clash = "another venue, same day"
            elif any(other.race_id and other.race_id == run.race_id for other in others):
                run.clash = "same race, same time"
