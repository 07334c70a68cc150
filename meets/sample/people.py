"""Made-up runners, school by school: siblings, twins, namesakes, and all the ways to write a name."""

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from meets.sample import names
from meets.sample.schools import School, words

GRADES = (9, 10, 11, 12)
GRADE_WEIGHTS = (24, 50, 76, 100)
MIDDLES = words("Luis James Marie Rose Lee Ann Jose Grace Thomas Elena Ray A. B. D. J. K. M. R. S.")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of one school. `name` is how the bundle writes it."""

    key: str
    name: str
    first: str
    last: str
    school: School
    gender: str
    grade: int


def name_fold(name: str) -> str:
    """Enough of the name key to tell whether two made-up names would count as one."""
    decomposed = unicodedata.normalize("NFKD", name)
    kept = "".join(c for c in decomposed if c.isalnum() or c in " -")
    return " ".join(kept.replace("-", " ").lower().split())


def pick(rng: random.Random, table: names.Weighted, plain: float = 0.8) -> str:
    """A name by its weight; one with two spellings in the plain one most of the time."""
    spellings, running = table
    found = rng.choices(spellings, cum_weights=running)[0]
    return found[0] if len(found) == 1 or rng.random() < plain else found[1]


class Rosters:
    """People of one school after the other. Two of one school never share name, gender and grade."""

    def __init__(self, rng: random.Random, *, clear: bool = False) -> None:
        """`clear`: namesakes of a school are two grades apart or more, also a boy and a girl."""
        self.rng = rng
        self.clear = clear
        self._taken: set[tuple[str, str, int]] = set()

    def fill(self, school: School, boys: int, girls: int, *, keep_taken: bool = False) -> Iterator[Person]:
        """`keep_taken` when the school is the one before under another spelling."""
        if not keep_taken:
            self._taken = set()
        mates: list[Person] = []
        for place in range(boys + girls):
            person = self._distinct(school, "M" if place < boys else "F", mates)
            person = replace(person, key=f"{school.index:05d}-{place:03d}")
            mates.append(person)
            yield person

    def _distinct(self, school: School, gender: str, mates: list[Person]) -> Person:
        while True:
            person = self._draw(school, gender, mates)
            folded = name_fold(person.name)
            gap, bearer = (2, "") if self.clear else (1, gender)
            near = range(person.grade - gap + 1, person.grade + gap)
            if not any((folded, bearer, grade) in self._taken for grade in near):
                self._taken.add((folded, bearer, person.grade))
                return person

    def _draw(self, school: School, gender: str, mates: list[Person]) -> Person:
        rng = self.rng
        grade = rng.choices(GRADES, cum_weights=GRADE_WEIGHTS)[0]
        first = pick(rng, names.boys() if gender == "M" else names.girls())
        last = pick(rng, names.surnames())
        chance = rng.random()
        if mates and chance < 0.045:
            mate = rng.choice(mates)
            if chance < 0.006 and mate.gender == gender:
                # A namesake in the same school: only the grade tells them apart.
                other = rng.choice([g for g in GRADES if g != mate.grade])
                return replace(mate, grade=other)
            last = mate.last
            if chance < 0.012:
                grade = mate.grade
        return self._write(school, gender, grade, first, last)

    def _write(self, school: School, gender: str, grade: int, first: str, last: str) -> Person:
        """One of the ways in which a name gets written."""
        rng = self.rng
        chance = rng.random()
        if chance < 0.02:
            last = f"{rng.choice(MIDDLES)} {last}"
        elif chance < 0.03:
            last = f"{last}-{pick(rng, names.surnames())}".replace(" ", "")
        elif chance < 0.034:
            last = f"{last} {rng.choice(('Jr.', 'Jr', 'III', 'II'))}"
        if "'" in last and rng.random() < 0.15:
            last = last.replace("'", "’")
        if 0.034 <= chance < 0.042:
            first, last = first.upper(), last.upper()
        return Person("", f"{first} {last}", first, last, school, gender, grade)
