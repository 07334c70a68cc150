"""What the reference database holds besides its meet: courses, older meets, those who have graduated."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from meets.sample.people import Person, Rosters, name_fold
from meets.sample.races import BASE_CS
from meets.sample.reference import MEET, SEED, reference

SHARE_OF_RUNNERS = 0.21
ALUMNI_A_SCHOOL = 3


@dataclass(frozen=True, slots=True)
class OldCourse:
    name: str
    venue: str
    city: str
    distance_meters: int
    rating: str | None

    @property
    def distance_display(self) -> str:
        return f"{self.distance_meters:,} Meters"


@dataclass(frozen=True, slots=True)
class OldMeet:
    ref: str
    name: str
    meet_date: date
    course: OldCourse
    meet_type: str = "invitational"


@dataclass(frozen=True, slots=True)
class OldResult:
    """A result of an older meet; `race` is 'Varsity' or 'Junior Varsity' of the runner's gender."""

    meet: OldMeet
    race: str
    person: Person
    time_cs: int
    place: int


LOOP = OldCourse(MEET.course, MEET.venue, MEET.city, MEET.distance_meters, MEET.rating)
HILLS = OldCourse("Kestrelridge Hills 5K", "Kestrelridge Open Space", "Kestrelridge", 5_000, "1.213000000")
TWILIGHT = OldCourse("Redham Twilight 2 Mile", "Redham Fairgrounds", "Redham", 3_218, "1.021500000")
# Nobody has rated this one: its results have no normalised time.
FLAT = OldCourse("Orchard Flat 5K", "Orchardview Sports Park", "Orchardview", 5_000, None)
COURSES = (LOOP, HILLS, TWILIGHT, FLAT)
MEETS = (
    OldMeet("221904", MEET.name, date(2022, 10, 8), LOOP),
    OldMeet("231207", "Kestrelridge Classic", date(2023, 9, 16), HILLS),
    OldMeet("234410", MEET.name, date(2023, 10, 14), LOOP),
    OldMeet("240233", "Redham Twilight", date(2024, 9, 7), TWILIGHT),
    OldMeet("241158", "Kestrelridge Classic", date(2024, 9, 28), HILLS),
    OldMeet("244391", MEET.name, date(2024, 10, 12), LOOP),
    OldMeet("247702", "Orchard Section Finals", date(2024, 11, 16), FLAT, "championship"),
    OldMeet("250181", "Redham Twilight", date(2025, 9, 6), TWILIGHT),
    OldMeet("251120", "Kestrelridge Classic", date(2025, 9, 20), HILLS),
)


@cache
def alumni() -> tuple[Person, ...]:
    """Graduates of 2023 to 2025: Person.grade goes on counting, 13 being last season's seniors.

    None at the schools of the eleven who are written otherwise: nobody else there may look like them.
    """
    rng = random.Random(SEED + 1)
    case = reference()
    renamed = {p.school for p in case.people if p.key in case.database_names and p.key in case.absent}
    names = {(name_fold(p.name), p.school) for p in case.people}
    rosters = Rosters(rng, clear=True)
    found: list[Person] = []
    for here in case.schools:
        if here in renamed:
            continue
        for person in rosters.fill(here, ALUMNI_A_SCHOOL, ALUMNI_A_SCHOOL):
            if (name_fold(person.name), here) not in names:
                names.add((name_fold(person.name), here))
                found.append(replace(person, key=f"old-{person.key}", grade=13 + len(found) % 3))
    return tuple(found)


@cache
def database_people() -> tuple[Person, ...]:
    """Everybody in the reference database, written as the database writes them."""
    case = reference()
    return (*(case.in_database(person) for person in case.people), *alumni())


def old_results() -> Iterator[OldResult]:
    """The results of the older meets. Whoever the old import left out ran last month."""
    rng = random.Random(SEED + 2)
    case = reference()
    strength = {line.person.key: line.time_cs for line in case.lines}
    for person in alumni():
        strength[person.key] = round(BASE_CS[person.gender] * rng.lognormvariate(0.02, 0.1))
    for meet in MEETS:
        ago = MEET.season - meet.meet_date.year
        runners = [
            person
            for person in database_people()
            if 9 <= person.grade - ago <= 12
            and (rng.random() < SHARE_OF_RUNNERS or (meet is MEETS[-1] and person.key in case.absent))
        ]
        for gender in "MF":
            times = sorted(
                (_time(strength[person.key], meet.course, ago, rng), person.key, person)
                for person in runners
                if person.gender == gender
            )
            yield from _places(meet, [(time, person) for time, _, person in times])


def _time(strength: int, course: OldCourse, ago: int, rng: random.Random) -> int:
    """This season's time, made longer by the years since, and fitted to the course."""
    harder = float(course.rating or 1.1) / float(MEET.rating)
    farther = (course.distance_meters / MEET.distance_meters) ** 1.06
    return round(strength * harder * farther * (1 + 0.025 * ago) * rng.gauss(1, 0.015))


def _places(meet: OldMeet, times: list[tuple[int, Person]]) -> Iterator[OldResult]:
    """The faster 40 % ran varsity."""
    varsity = len(times) * 2 // 5
    for race, runners in (("Varsity", times[:varsity]), ("Junior Varsity", times[varsity:])):
        for place, (time, person) in enumerate(runners, start=1):
            yield OldResult(meet, race, person, time, place)


def old_race_name(race: str, gender: str, course: OldCourse) -> str:
    return f"{'Mens' if gender == 'M' else 'Womens'} {course.distance_meters:,} Meters {race}"
