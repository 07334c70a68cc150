"""Kinds of noise: each takes a person and what the second file would say of them, and says it less well.

A kind returns False where it can't be done to that person (there is no accent to lose); another is drawn then.
"""

from collections.abc import Callable
from random import Random

from bench.matching import names, text_noise
from bench.matching.observation import COMMA, SWAPPED, Observation, without_accents
from bench.matching.people import SUFFIXES, Person, Population

Kind = Callable[[Person, Observation, Random, Population], bool]


def case(person: Person, seen: Observation, rng: Random, population: Population) -> bool:
    how = rng.choice(("upper", "lower", "upper", "surname", "words"))
    if how == "surname":
        seen.surname, seen.second = seen.surname.upper(), seen.second.upper()
        return True
    for part in ("given", "middle", "surname", "second", "suffix"):
        setattr(seen, part, text_noise.other_case(getattr(seen, part), how if how != "words" else "words"))
    return True


def accents(person: Person, seen: Observation, rng: Random, population: Population) -> bool:
    """Lost where the person writes them, written where they don't."""
    before = (seen.given, seen.surname)
    if person.accented:
        seen.given, seen.surname = without_accents(seen.given), without_accents(seen.surname)
        seen.middle, seen.second = without_accents(seen.middle), without_accents(seen.second)
    else:
        seen.given, seen.surname = person.given, person.surname
    return (seen.given, seen.surname) != before


def mojibake(person: Person, seen: Observation, rng: Random, population: Population) -> bool:
    before = (seen.given, seen.surname)
    # A file that has letters to spoil was written with them, whatever the first one did.
    seen.given, seen.surname = text_noise.mojibake(person.given, rng), text_noise.mojibake(person.surname, rng)
    return (seen.given, seen.surname) != before and not (person.given + person.surname).replace("'", "é").isascii()


def spaces(person: Person, seen: Observation, rng: Random, population: Population) -> bool:
    _one_part(seen, rng, text_noise.odd_space)
    return True


def punctuation(person: Person, seen: Observation, rng: Random, population: Population) -> bool:
    if seen.second and rng.random() < 0.7:
        seen.joiner = " " if seen.joiner == "-" else "-"
        return True
    before = (seen.given, seen.surname)
    seen.given = text_noise.other_marks(seen.given, rng)
    seen.surname = text_noise.other_marks(seen.surname, rng)
    return (seen.given, seen.surname) != before


def typo(person: Person, seen: Observation, rng: Random, population: Population) -> bool:
    before = (seen.given, seen.surname)
    for _ in range(2 if rng.random() < 0.12 else 1):
        _one_part(seen, rng, text_noise.typo)
    return (seen.given, seen.surname) != before


def nickname(person: Person, seen: Observation, rng: Random, population: Population) -> bool:
    first, _, rest = person.given.partition(" ")
    others = names.nicknames().get(first)
    if not others:
        return False
    seen.given = rng.choice(others) + (f" {rest}" if rest and rng.random() < 0.3 else "")
    return True


def initial(person: Person, seen: Observation, rng: Random, population: Population) -> bool:
    seen.given = seen.given[:1] + rng.choice((".", ""))
    if len(seen.middle) > 2 and rng.random() < 0.5:
        seen.middle = ""
    return True


def middle_added(person: Person, seen: Observation, rng: Random, population: Population) -> bool:
    if seen.middle or not person.middle:
        return False
    seen.middle = person.middle if rng.random() < 0.6 else person.middle[0] + rng.choice((".", ""))
    return True


def middle_dropped(person: Person, seen: Observation, rng: Random, population: Population) -> bool:
    if not seen.middle:
        return False
    seen.middle = ""
    return True


def middle_as_given(person: Person, seen: Observation, rng: Random, population: Population) -> bool:
    """Somebody who goes by the middle name. Where the first file doesn't have it, only chance could link them."""
    if not person.middle or (person.shows_middle != "full" and rng.random() < 0.95):
        return False
    seen.middle = ""
    seen.given = person.middle if rng.random() < 0.7 else f"{seen.given[:1]}. {person.middle}"
    return True


def second_surname(person: Person, seen: Observation, rng: Random, population: Population) -> bool:
    """Dropped where it was written, written where it wasn't; rarely it alone stays."""
    if not person.second:
        return False
    if seen.second and rng.random() < 0.1:
        seen.surname = seen.second
    seen.second = "" if seen.second else person.second
    return True


def comma(person: Person, seen: Observation, rng: Random, population: Population) -> bool:
    seen.order = COMMA
    return True


def swapped(person: Person, seen: Observation, rng: Random, population: Population) -> bool:
    seen.order = SWAPPED
    return True


def suffix(person: Person, seen: Observation, rng: Random, population: Population) -> bool:
    if person.gender == "F":
        return False
    seen.suffix = "" if seen.suffix else rng.choice(SUFFIXES)
    return True


def year_off(person: Person, seen: Observation, rng: Random, population: Population) -> bool:
    seen.year = str(person.year + rng.choice((-1, 1)))
    return True


def year_missing(person: Person, seen: Observation, rng: Random, population: Population) -> bool:
    seen.year = ""
    return True


def gender_missing(person: Person, seen: Observation, rng: Random, population: Population) -> bool:
    seen.gender = ""
    return True


def gender_wrong(person: Person, seen: Observation, rng: Random, population: Population) -> bool:
    seen.gender = "F" if person.gender == "M" else "M"
    return True


def transfer(person: Person, seen: Observation, rng: Random, population: Population) -> bool:
    seen.school = population.any_school().id
    return seen.school != person.school.id


def surname_change(person: Person, seen: Observation, rng: Random, population: Population) -> bool:
    """A parent's new family: another surname added, or in its place."""
    new = names.surnames(person.community.name)(rng)
    if rng.random() < 0.6:
        seen.joiner, seen.second = rng.choice("- "), new
    else:
        seen.surname, seen.second = new, ""
    return True


def _one_part(seen: Observation, rng: Random, change: Callable[[str, Random], str]) -> None:
    part = rng.choice(("given", "surname"))
    setattr(seen, part, change(getattr(seen, part), rng))


def as_written(seen: Observation) -> tuple[str, ...]:
    return (*seen.parts(), seen.order, seen.gender, seen.year, seen.school)


# How often each kind is drawn, before those that can't be done to the person are drawn again (so the rarely possible
# ones have large numbers), and what it touches: two kinds that touch the same are never put together.
KINDS: dict[str, tuple[Kind, float, str]] = {
    "case": (case, 7, "letters"),
    "accents": (accents, 18, "letters"),
    "mojibake": (mojibake, 13, "letters"),
    "spaces": (spaces, 3, "letters"),
    "punctuation": (punctuation, 24, "letters"),
    "typo": (typo, 16, "typo"),
    "nickname": (nickname, 34, "given"),
    "initial": (initial, 3, "given"),
    "middle-added": (middle_added, 7, "middle"),
    "middle-dropped": (middle_dropped, 30, "middle"),
    "middle-as-given": (middle_as_given, 20, "given"),
    "second-surname": (second_surname, 30, "surname"),
    "comma": (comma, 6, "order"),
    "swapped": (swapped, 4, "order"),
    "suffix": (suffix, 3, "suffix"),
    "year-off": (year_off, 7, "year"),
    "year-missing": (year_missing, 3, "year"),
    "gender-missing": (gender_missing, 2, "gender"),
    "gender-wrong": (gender_wrong, 0.4, "gender"),
    "transfer": (transfer, 7, "school"),
    "surname-change": (surname_change, 1.5, "surname"),
}
# Kinds that replace letters come last, else a nickname would undo the capitals.
LATE = ("typo", "case", "accents", "mojibake", "spaces", "punctuation")
CLEAN = {"case": 0.005, "middle-added": 0.002, "middle-dropped": 0.0015, "punctuation": 0.002}
