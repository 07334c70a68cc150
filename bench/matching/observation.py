"""What one file says of a person, as parts that noise can change, and how they are written out."""

import unicodedata
from dataclasses import dataclass
from random import Random

from bench.matching.people import Person

PLAIN, COMMA, SWAPPED = "plain", "comma", "swapped"
STROKES = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss", "ı": "i"})
HEADER = ("id", "name", "first_name", "last_name", "gender", "grad_year", "school_id")
Row = tuple[str, str, str, str, str, str, str]


@dataclass(slots=True)
class Observation:
    given: str
    middle: str
    surname: str
    second: str
    suffix: str
    gender: str
    year: str
    school: str
    joiner: str = " "
    order: str = PLAIN
    # How a scraper cut the name: "true", or at the first or last space.
    cut: str = "true"

    def parts(self) -> tuple[str, str]:
        """(given names, surnames) as they are written."""
        last = self.surname + (self.joiner + self.second if self.second else "")
        return _join(self.given, self.middle), _join(last, self.suffix)


def observe(person: Person, rng: Random, *, clean: bool) -> Observation:
    """The person as they write themselves."""
    middle = person.middle if person.shows_middle == "full" else ""
    if person.shows_middle == "initial" and person.middle:
        middle = person.middle[0] + "."
    spell = str if person.accented else without_accents
    return Observation(
        given=spell(person.given),
        middle=spell(middle),
        surname=spell(person.surname),
        second=spell(person.second) if person.shows_second else "",
        suffix=person.suffix,
        gender=person.gender,
        year=str(person.year),
        school=person.school.id,
        joiner=person.joiner,
        cut="first" if clean else cut(rng),
    )


def cut(rng: Random) -> str:
    return rng.choices(("true", "first", "last"), (70, 20, 10))[0]


def without_accents(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.translate(STROKES))
    return "".join(letter for letter in folded if not unicodedata.combining(letter))


def write_out(seen: Observation, id_: str) -> Row:
    first, last = seen.parts()
    if seen.order == COMMA:
        name = f"{last}, {first}"
        if seen.cut != "true":
            first, last = f"{last},", first
    elif seen.order == SWAPPED:
        name = f"{last} {first}"
        first, last = last, first
    else:
        name = f"{first} {last}"
        if seen.cut == "first":
            first, _, last = name.partition(" ")
        elif seen.cut == "last":
            first, _, last = name.rpartition(" ")
    return (id_, name, first, last, seen.gender, seen.year, seen.school)


def _join(*words: str) -> str:
    return " ".join(word for word in words if word)
