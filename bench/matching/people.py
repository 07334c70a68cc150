"""A made-up population: schools of very different size, each with its own mix of communities, families in them."""

from bisect import bisect
from dataclasses import dataclass, replace
from itertools import accumulate
from random import Random

from bench.matching import names
from bench.matching.names import COMMUNITIES, Community

PEOPLE_PER_SCHOOL = 140
YEARS = range(2022, 2030)
# Files of the last seasons are fuller than those of the first.
YEAR_WEIGHTS = (4, 7, 10, 13, 16, 18, 17, 15)
SUFFIXES = ("Jr.", "Jr", "II", "III", "IV")


@dataclass(slots=True)
class School:
    id: str
    size: float
    mix: list[float]


@dataclass(slots=True)
class Person:
    """Who somebody is; what a file says of them is an Observation.

    shows_middle: "", "full" or "initial". shows_second: whether the second surname is written. joiner: what stands
    between two surnames. accented: whether they write their accents.
    """

    given: str
    middle: str
    surname: str
    second: str
    suffix: str
    gender: str
    year: int
    school: School
    community: Community
    accented: bool
    shows_middle: str
    shows_second: bool
    joiner: str


class Population:
    """twins, siblings: share of people who have one. common: share with a very common given name and surname."""

    def __init__(self, rng: Random, people: int, *, twins: float, siblings: float, common: float) -> None:
        self.rng, self.common, self.twins, self.siblings = rng, common, twins, siblings
        self.schools = [self._school(number) for number in range(max(5, people // PEOPLE_PER_SCHOOL))]
        self._sizes = list(accumulate(school.size for school in self.schools))
        self.people: list[Person] = []
        while len(self.people) < people:
            self._family()
        del self.people[people:]

    def any_school(self) -> School:
        return self.schools[bisect(self._sizes, self.rng.random() * self._sizes[-1])]

    def _school(self, number: int) -> School:
        # A Dirichlet draw: at small concentration a few communities make up most of a school.
        parts = [self.rng.gammavariate(3 * community.share, 1) + 1e-6 for community in COMMUNITIES]
        return School(f"school_{number:04d}", self.rng.lognormvariate(0, 0.9), list(accumulate(parts)))

    def _family(self) -> None:
        first = self._person()
        self.people.append(first)
        drawn = self.rng.random()
        if drawn < self.twins / 2:
            self.people.append(self._sibling(first, twin=True))
        elif drawn < (self.twins + self.siblings) / 2:
            self.people.append(self._sibling(first, twin=False))

    def _person(self) -> Person:
        rng, school = self.rng, self.any_school()
        community = COMMUNITIES[bisect(school.mix, rng.random() * school.mix[-1])]
        gender = rng.choice("MF")
        common = rng.random() < self.common
        surnames = names.common("surname", community.name) if common else names.surnames(community.name)
        return Person(
            given=self._given(community, gender, common),
            middle=self._given(community, gender, False) if rng.random() < 0.75 else "",
            surname=surnames(rng),
            second=names.surnames(community.name)(rng) if rng.random() < community.two_surnames else "",
            suffix=rng.choice(SUFFIXES) if gender == "M" and rng.random() < 0.025 else "",
            gender=gender,
            year=rng.choices(YEARS, YEAR_WEIGHTS)[0],
            school=school,
            community=community,
            accented=rng.random() < 0.5,
            shows_middle=rng.choices(("", "full", "initial"), (84, 11, 5))[0],
            shows_second=rng.random() < 0.5,
            joiner="-" if rng.random() < (0.3 if community.name == "hispanic" else 0.9) else " ",
        )

    def _given(self, community: Community, gender: str, common: bool) -> str:
        native = self.rng.random() < community.native_given
        source = community.name if native else "us"
        draw = names.common("given", source, gender) if common else names.given_names(source, gender)
        given = draw(self.rng)
        if native and community.name == "hispanic" and " " not in given and self.rng.random() < names.COMPOUND:
            given = f"{given} {draw(self.rng)}"
        return given

    def _sibling(self, first: Person, *, twin: bool) -> Person:
        rng = self.rng
        gender = first.gender if rng.random() < 0.65 else rng.choice("MF")
        given = first.given
        while given == first.given:
            given = self._given(first.community, gender, False)
        alike = names.given_names("us", gender).sounding_alike(first.given) if rng.random() < 0.3 else []
        if alike:
            given = rng.choice(alike)
        year = first.year if twin else min(max(first.year + rng.choice((-3, -2, -1, 1, 2, 3)), YEARS[0]), YEARS[-1])
        middle = self._given(first.community, gender, False) if rng.random() < 0.75 else ""
        return replace(first, given=given, middle=middle, gender=gender, year=year, suffix="")
