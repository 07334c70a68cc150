"""Everything that a case's page shows of its people, in a handful of queries whatever the number of candidates."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from meets.models import Athlete, Meet, School
from reconciliation.evidence.finishers import HeldLine, held_lines
from reconciliation.evidence.people import Person, athletes_by_id, candidate_person, subject_person, values_of
from reconciliation.evidence.plot import Plot, plot_of
from reconciliation.evidence.timeline import SQL, Run, Runner, TimeLine, time_line
from reconciliation.models import Case, CaseKind

# The keys 1 to 9 choose a candidate.
MOST_CANDIDATES = 9
SPELLINGS_SHOWN = 6


@dataclass
class Evidence:
    people: list[Person]
    lines: list[HeldLine]
    time_line: TimeLine
    plot: Plot | None
    meet: Meet | None
    school: School | None
    standing: list[dict[str, Any]] = field(default_factory=list)

    @property
    def subject(self) -> Person:
        return self.people[0]

    @property
    def candidates(self) -> list[Person]:
        return self.people[1:]


def evidence_of(case: Case) -> Evidence:
    meet = Meet.objects.select_related("venue").filter(pk=case.meet_id).first() if case.meet_id else None
    lines = held_lines(case)
    people, athletes = _people_and_athletes(case)
    school_id = _uuid(case.subject.get("school_id")) or case.school_id
    runners = [Runner(0, people[0].athlete_id, school_id)]
    runners += [
        Runner(person.number, person.athlete_id, athletes[person.athlete_id].school_id)
        for person in people[1:]
        if person.athlete_id in athletes
    ]
    held = [_held_run(line, meet) for line in lines if line.row.time_cs]
    found = time_line(runners, held)
    _add_spellings(people)
    _add_summary(people, found)
    school = School.objects.filter(pk=case.school_id).first() if case.school_id else None
    return Evidence(people, lines, found, plot_of(found.runs), meet, school, case.evidence.get("standing") or [])


def people_of(case: Case) -> list[Person]:
    """The people alone, fields marked; one query."""
    return _people_and_athletes(case)[0]


def _people_and_athletes(case: Case) -> tuple[list[Person], dict[UUID, Athlete]]:
    stored = list(case.candidates)[:MOST_CANDIDATES]
    ids = [UUID(str(one["athlete_id"])) for one in [case.subject, *stored] if one.get("athlete_id")]
    athletes = athletes_by_id(ids)
    return _people(case, stored, athletes), athletes


def _people(case: Case, stored: list[dict[str, Any]], athletes: dict[UUID, Athlete]) -> list[Person]:
    own_id = _uuid(case.subject.get("athlete_id"))
    own = athletes.get(own_id) if own_id else None
    left = values_of(own) if own else dict(case.subject)
    first = athletes.get(UUID(str(stored[0]["athlete_id"]))) if stored and stored[0].get("athlete_id") else None
    against = values_of(first) if first else (stored[0] if stored else None)
    subject = subject_person(left, against, "Athlete" if own_id else "In the CSV")
    subject.athlete_id = own_id
    subject.there = own_id is None or own is not None
    people = [subject]
    for number, one in enumerate(stored, 1):
        title = f"Candidate {number}" if len(stored) > 1 else "In the database"
        if case.kind == CaseKind.TWO_TIMES:
            title = "The athlete"
        elif own_id:
            title = "The other athlete" if len(stored) == 1 else f"Other athlete {number}"
        athlete_id = _uuid(one.get("athlete_id"))
        people.append(candidate_person(number, title, left, one, athletes.get(athlete_id) if athlete_id else None))
    return people


def _held_run(line: HeldLine, meet: Meet | None) -> Run:
    race, row = line.race, line.row
    course = race.course if race else None
    return Run(
        person=0,
        meet_date=meet.meet_date if meet else None,
        season_year=meet.season_year if meet else None,
        meet=meet.name if meet else "",
        meet_id=meet.pk if meet else None,
        race=race.name if race else "",
        race_id=row.race_id,
        course=course.name if course else "",
        distance_meters=(race.distance_meters or (course.distance_meters if course else 0)) if race else None,
        place=row.place,
        time_cs=row.time_cs,
        normalized_time_cs=_normalised(row.time_cs, race),
        venue_id=meet.venue_id if meet else None,
    )


def _normalised(time_cs: int | None, race: Any) -> int | None:
    """By the rule of batch_rebuild_normalized_times(): the race's distance, else the course's; a rating is needed."""
    course = race.course if race else None
    metres = (race.distance_meters or (course.distance_meters if course else 0)) if race else 0
    if not time_cs or not metres or course is None or not course.difficulty_rating:
        return None
    return round(time_cs * 1609.344 / (metres * float(course.difficulty_rating)))


def _add_spellings(people: list[Person]) -> None:
    ids = [person.athlete_id for person in people if person.athlete_id]
    if not ids:
        return
    with connection.cursor() as cursor:
        rows = SQL.fetch(cursor, "spellings", athletes=ids)  # type: ignore[arg-type]
    for person in people:
        seen = [(row["name"], row["seen"]) for row in rows if row["athlete_id"] == person.athlete_id]
        person.spellings = [(name, times) for name, times in seen if name != person.name][:SPELLINGS_SHOWN]


def _add_summary(people: list[Person], found: TimeLine) -> None:
    for person in people:
        runs = [run for run in found.runs if run.person == person.number]
        years = sorted({run.season_year for run in runs if run.season_year})
        person.results = len(runs)
        person.seasons = f"{years[0]} to {years[-1]}" if len(years) > 1 else str(years[0]) if years else ""
        person.mates = found.shared.get(person.number, [])


def _uuid(value: Any) -> UUID | None:
    try:
        return UUID(str(value)) if value else None
    except ValueError:
        return None
