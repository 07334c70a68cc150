"""The reference case: a made-up meet, and the database as an old import left it, miss by miss.

4,655 lines, of which the old import brought in 4,629, 23 of them under another capitalisation. Of the 26
that it left out, 15 athletes are in the database under exactly that name, 8 under a spelling that differs in
an apostrophe, a hyphen or an accent only, and 3 under a name that may or may not be theirs.
"""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from uuid import UUID, uuid5

from meets.sample.files import BundleWriter, MeetFacts
from meets.sample.people import Person, Rosters, name_fold
from meets.sample.races import Race, make_races, share, times
from meets.sample.schools import School, school

SEED = 254378
LINES, RACES, SCHOOLS = 4_655, 26, 265
ABSENT_EXACT, CAPITALISED, TIES, TRIPLE_TIES = 15, 23, 86, 4
NAMESPACE = UUID("5eed2543-7800-4000-8000-000000000000")

MEET = MeetFacts(
    ref="254378",
    name="Clovis Invitational",
    meet_date="10/11/25",
    season=2025,
    venue="Alderbrook Regional Park",
    city="Clovis",
    course="Alderbrook 5K Loop",
    distance_meters=5_000,
    rating="1.140294291",
    scraped_at="20251012_081500",
)


@dataclass(frozen=True, slots=True)
class Spelling:
    """One person's name as the bundle writes it and as the database has it."""

    gender: str
    bundle: tuple[str, str]
    database: tuple[str, str]


# Equal but for an apostrophe, a hyphen or an accent: one name key, one slug.
SAME_KEY = (
    Spelling("M", ("Cormac", "O’Rourke"), ("Cormac", "O'Rourke")),
    Spelling("F", ("Chiara", "D'Agostino"), ("Chiara", "D’Agostino")),
    Spelling("M", ("Declan", "O'Shea"), ("Declan", "O’Shea")),
    Spelling("F", ("Mary-Kate", "Hightower"), ("Mary Kate", "Hightower")),
    Spelling("M", ("Tobias", "Garrison-Penrose"), ("Tobias", "Garrison Penrose")),
    Spelling("F", ("Willa", "Thornton Yates"), ("Willa", "Thornton-Yates")),
    Spelling("M", ("Andrés", "Quiñones"), ("Andres", "Quinones")),
    Spelling("F", ("Zoe", "Villasenor"), ("Zoë", "Villaseñor")),
)
# A middle name, a nickname, an initial: nobody can be sure.
DOUBTFUL = (
    Spelling("M", ("Daniel Luis", "Rutledge"), ("Daniel", "Rutledge")),
    Spelling("M", ("Mike", "Abernathy"), ("Michael", "Abernathy")),
    Spelling("F", ("J.", "Whitlock"), ("Juniper", "Whitlock")),
)


@dataclass(slots=True)
class Line:
    """One line of results.csv."""

    race: Race
    person: Person
    time_cs: int
    place: int


@dataclass(slots=True)
class Reference:
    races: list[Race] = field(default_factory=list)
    schools: list[School] = field(default_factory=list)
    # Everybody of the bundle, written as the bundle writes them, in the order of the schools.
    people: list[Person] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    # How the database writes those whom it writes otherwise: key → (first name, last name).
    database_names: dict[str, tuple[str, str]] = field(default_factory=dict)
    # Whose result the old import left out, and why: 'exact', 'same_key' or 'doubtful'.
    absent: dict[str, str] = field(default_factory=dict)
    capitalised: set[str] = field(default_factory=set)

    def in_database(self, person: Person) -> Person:
        first, last = self.database_names.get(person.key, (person.first, person.last))
        return replace(person, name=f"{first} {last}", first=first, last=last)


def row_id(table: str, key: str) -> UUID:
    """The id of a row of the reference database: the same in every installation."""
    return uuid5(NAMESPACE, f"{table}:{key}")


@cache
def reference() -> Reference:
    rng = random.Random(SEED)
    case = Reference(races=make_races(RACES, 1_007_000))
    sizes = share(LINES, [rng.uniform(0.5, 1.5) for _ in case.races])
    case.schools = [school(index, curly_twin=False) for index in range(SCHOOLS)]
    case.people = _people(case, sizes, rng)
    _rename(case, rng)
    case.lines = _lines(case, sizes, rng)
    _leave_out(case, rng)
    _capitalise(case, rng)
    return case


def _people(case: Reference, sizes: list[int], rng: random.Random) -> list[Person]:
    boys, girls = (
        sum(size for race, size in zip(case.races, sizes, strict=True) if race.gender == gender) for gender in "MF"
    )
    weights = [min(4.0, max(0.2, rng.lognormvariate(0, 0.6))) for _ in case.schools]
    rosters = Rosters(rng, clear=True)
    return [
        person
        for here, m, f in zip(case.schools, share(boys, weights), share(girls, weights), strict=True)
        for person in rosters.fill(here, m, f)
    ]


def words_of(*names: str) -> set[str]:
    return {word for name in names for word in name_fold(name).split()}


def stands_apart(person: Person, names: Iterable[str], everybody: Iterable[Person]) -> bool:
    """No schoolmate of that gender shares any part of these names."""
    mates = [p for p in everybody if p.school == person.school and p.gender == person.gender and p != person]
    return not words_of(*names) & words_of(*(mate.name for mate in mates))


def _rename(case: Reference, rng: random.Random) -> None:
    """Give eleven people the names that the database writes otherwise, each in a school of their own."""
    places = list(range(len(case.people)))
    rng.shuffle(places)
    used: set[School] = set()
    for spelling in (*SAME_KEY, *DOUBTFUL):
        names = (" ".join(spelling.bundle), " ".join(spelling.database))
        place = next(
            place
            for place in places
            if (old := case.people[place]).gender == spelling.gender
            and old.school not in used
            and old.grade in (10, 11)
            and stands_apart(old, names, case.people)
        )
        first, last = spelling.bundle
        case.people[place] = person = replace(case.people[place], name=f"{first} {last}", first=first, last=last)
        used.add(person.school)
        case.database_names[person.key] = spelling.database
        case.absent[person.key] = "doubtful" if spelling in DOUBTFUL else "same_key"


def _lines(case: Reference, sizes: list[int], rng: random.Random) -> list[Line]:
    lines: list[Line] = []
    waiting = {gender: [p for p in case.people if p.gender == gender] for gender in "MF"}
    for people in waiting.values():
        rng.shuffle(people)
    for race, size in zip(case.races, sizes, strict=True):
        before = 0
        for place, time in enumerate(times(rng, race, size, ties=0.0), start=1):
            before = max(time, before + 1)
            lines.append(Line(race, waiting[race.gender].pop(), before, place))
    _tie(lines, rng)
    return lines


def _tie(lines: list[Line], rng: random.Random) -> None:
    """Make exactly so many times of a race shared, by giving a runner the time of the one just ahead."""
    tied: set[int] = set()
    made = 0
    for first in rng.sample(range(len(lines) - 3), len(lines) - 3):
        runners = 3 if made < TRIPLE_TIES else 2
        group = range(first, first + runners)
        if tied & set(group) or lines[first].race != lines[group[-1]].race:
            continue
        for index in group:
            lines[index].time_cs = lines[first].time_cs
        tied.update(group)
        made += 1
        if made == TIES:
            return


def shared_times(lines: Iterable[Line]) -> set[tuple[str, int]]:
    """The (race, time) pairs that two or more athletes hold."""
    counted = Counter((line.race.ref, line.time_cs) for line in lines)
    return {pair for pair, runners in counted.items() if runners > 1}


def _leave_out(case: Reference, rng: random.Random) -> None:
    """Fifteen whose athlete is there under exactly that name; one of the absent is behind a tie."""
    shared = shared_times(case.lines)
    by_key = {line.person.key: line for line in case.lines}
    for key in list(case.absent):
        # The eleven are not to be behind a tie: they change places with somebody of their race who is not.
        _untie(case, by_key, key, shared)
    common = Counter(name_fold(p.name) for p in case.people)
    free = [
        line for line in case.lines if line.person.key not in case.absent and common[name_fold(line.person.name)] == 1
    ]
    tied = [line for line in free if (line.race.ref, line.time_cs) in shared]
    alone = [line for line in free if (line.race.ref, line.time_cs) not in shared]
    for line in (rng.choice(tied), *rng.sample(alone, ABSENT_EXACT - 1)):
        case.absent[line.person.key] = "exact"


def _untie(case: Reference, by_key: dict[str, Line], key: str, shared: set[tuple[str, int]]) -> None:
    line = by_key[key]
    if (line.race.ref, line.time_cs) not in shared:
        return
    other = next(
        each
        for each in case.lines
        if each.race == line.race and (each.race.ref, each.time_cs) not in shared and each.person.key not in case.absent
    )
    line.person, other.person = other.person, line.person
    by_key[line.person.key], by_key[other.person.key] = line, other


def _capitalise(case: Reference, rng: random.Random) -> None:
    """Twenty-three whom the database has under another capitalisation of a name that nobody else bears."""
    common = Counter(name_fold(p.name) for p in case.people)
    shared = shared_times(case.lines)
    free = [
        line.person
        for line in case.lines
        if line.person.key not in case.absent
        and common[name_fold(line.person.name)] == 1
        and (line.race.ref, line.time_cs) not in shared
    ]
    rng.shuffle(free)
    particles = [p for p in free if p.last.lower().startswith("de la ")][:6]
    inner = [p for p in free if p.last[:2] in ("Mc", "De", "Di", "La") and p.last[2:3].isupper()][:5]
    chosen = particles + inner
    chosen += [p for p in free if p not in chosen and p.name.title() == p.name][: CAPITALISED - len(chosen)]
    for person in chosen:
        case.database_names[person.key] = _other_capitals(person)
        case.capitalised.add(person.key)


def _other_capitals(person: Person) -> tuple[str, str]:
    last = person.last
    if last.lower().startswith("de la "):
        cased = last.replace("De La", "de la") if "De La" in last else last.title()
        return person.first, cased
    if last[2:3].isupper():
        return person.first, last.capitalize()
    return person.first.upper(), last.upper()


def write_reference(out: Path) -> Path:
    """Write the reference bundle and its truth below `out`; return the bundle's folder."""
    case = reference()
    with BundleWriter(out, MEET) as writer:
        writer.races(case.races)
        for here in case.schools:
            writer.school(here)
        folded = {(person.name, person.school): person for person in reversed(case.people)}
        for person in reversed(folded.values()):
            writer.athlete(person)
        for line in case.lines:
            who = line.person
            cells = (who.key, who.name, who.first, who.last, who.school.ref, str(who.grade))
            writer.result(line.race, cells, line.time_cs, line.place)
    return writer.folder
