"""A made-up bundle of any size. Memory does not grow with the number of results.

Schools are written one after the other, their people going to one scratch file a gender, in records of equal
length. A race then takes its runners from there in an order that looks shuffled and meets everybody once.
"""

import random
import tempfile
from array import array
from collections.abc import Iterator
from math import gcd
from pathlib import Path
from typing import IO

from meets.sample.files import BundleWriter, MeetFacts
from meets.sample.people import Person, Rosters
from meets.sample.races import Race, make_races, share, times
from meets.sample.schools import school

RECORD = 224
NO_TIME = ("DNF", "DNF", "DNS", "", "DQ")
NO_TIME_SHARE = 0.012
BLANK_PLACE_SHARE = 0.002
TWICE_A_RACE = 40  # about one in so many races' runners has run another race too
Cells = tuple[str, str, str, str, str, str]


class Slots:
    """The runners of one gender in a scratch file, handed out once each in a scattered order."""

    def __init__(self, scratch: IO[bytes], count: int, rng: random.Random) -> None:
        self.scratch, self.count, self.given = scratch, count, 0
        self.start = rng.randrange(count) if count else 0
        self.step = next((s for s in range(int(count * 0.618) + 1, 2 * count + 2) if gcd(s, count) == 1), 1)

    def add(self, person: Person) -> None:
        cells = (person.key, person.name, person.first, person.last, person.school.ref, str(person.grade))
        record = "\t".join(cells).encode()
        if len(record) > RECORD:
            raise ValueError(f"The made-up name {person.name!r} is too long for its record.")
        self.scratch.write(record.ljust(RECORD))

    def take(self) -> Cells:
        index = (self.start + self.given * self.step) % self.count
        self.given += 1
        self.scratch.seek(index * RECORD)
        key, name, first, last, ref, grade = self.scratch.read(RECORD).decode().rstrip().split("\t")
        return key, name, first, last, ref, grade


def meet_facts(seed: int) -> MeetFacts:
    return MeetFacts(
        ref=str(900_000 + seed),
        name=f"Made-up Harvest Invitational {seed}",
        meet_date="10/11/25",
        season=2025,
        venue="Alderbrook Regional Park",
        city="Alderbrook",
        course="Alderbrook 5K Loop",
        distance_meters=5_000,
        rating="1.082500000",
        scraped_at="20251012_081500",
    )


def make_bundle(out: Path, *, results: int, races: int, schools: int, seed: int, meet: MeetFacts | None = None) -> Path:
    """Write the bundle of exactly `results` lines and return its folder; the truth goes beside it."""
    if min(results, races, schools) < 1:
        raise ValueError("A bundle needs at least one result, one race and one school.")
    rng = random.Random(seed)
    planned = make_races(races, 1_000_000 + seed % 1000 * 1_000)
    sizes = share(results, [rng.uniform(0.5, 1.5) for _ in planned])
    with (
        BundleWriter(out, meet or meet_facts(seed)) as writer,
        tempfile.TemporaryFile() as boys,
        tempfile.TemporaryFile() as girls,
    ):
        twice = _runners_of_two_races(planned, sizes)
        slots = {}
        for gender, scratch in (("M", boys), ("F", girls)):
            lines = [
                size - extra for race, size, extra in zip(planned, sizes, twice, strict=True) if race.gender == gender
            ]
            slots[gender] = Slots(scratch, sum(lines), rng)
        _write_schools(writer, slots, schools, rng)
        writer.races(planned)
        before: dict[str, list[Cells]] = {"M": [], "F": []}
        for race, size, extra in zip(planned, sizes, twice, strict=True):
            _write_race(writer, race, size, slots[race.gender], before[race.gender][:extra], before, rng)
    return writer.folder


def _runners_of_two_races(planned: list[Race], sizes: list[int]) -> list[int]:
    """How many of each race's lines are runners of the race before: none in a gender's first race."""
    last: dict[str, int] = {}
    extras = []
    for race, size in zip(planned, sizes, strict=True):
        extras.append(min(size, last.get(race.gender, 0)) // TWICE_A_RACE)
        # Only those who first appear in a race can be taken on into the next: nobody runs twice in one race.
        last[race.gender] = min(size - extras[-1], 40 * TWICE_A_RACE)
    return extras


def _write_schools(writer: BundleWriter, slots: dict[str, Slots], schools: int, rng: random.Random) -> None:
    weights = array("d", (min(4.0, max(0.2, rng.lognormvariate(0, 0.6))) for _ in range(schools)))
    boys, girls = (array("l", share(slots[g].count, list(weights))) for g in "MF")
    rosters = Rosters(rng)
    for index in range(schools):
        here = school(index)
        writer.school(here)
        folded: set[str] = set()
        for person in rosters.fill(here, boys[index], girls[index], keep_taken=index == 13):
            slots[person.gender].add(person)
            if person.name not in folded:
                folded.add(person.name)
                writer.athlete(person)


def _write_race(
    writer: BundleWriter,
    race: Race,
    size: int,
    slots: Slots,
    again: list[Cells],
    before: dict[str, list[Cells]],
    rng: random.Random,
) -> None:
    without_time = round(size * NO_TIME_SHARE * rng.uniform(0.5, 1.5))
    finishers = size - without_time
    newcomers: list[Cells] = []
    runners = _line_up(size, slots, again, newcomers)
    for place, time in enumerate(times(rng, race, finishers), start=1):
        writer.result(race, next(runners), time, "" if rng.random() < BLANK_PLACE_SHARE else place)
    for _ in range(without_time):
        writer.result(race, next(runners), rng.choice(NO_TIME), "")
    before[race.gender] = newcomers


def _line_up(size: int, slots: Slots, again: list[Cells], newcomers: list[Cells]) -> Iterator[Cells]:
    """The race's runners in order of place: those of the race before spread among new ones."""
    repeats = {(index * size) // (len(again) + 1): cells for index, cells in enumerate(again, start=1)}
    for place in range(size):
        if place in repeats:
            yield repeats[place]
        else:
            cells = slots.take()
            if len(newcomers) < 40:
                newcomers.append(cells)
            yield cells
