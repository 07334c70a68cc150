"""People as columns of small numbers: what candidates, comparison and learning work on.

Words become ids of one `Vocabulary` shared by both sides, so that equal words are equal numbers; 0 means "none".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reconciliation.matching.clean import parse
from reconciliation.matching.nicknames import related_names

Ints = npt.NDArray[np.int32]
Small = npt.NDArray[np.int8]

# (id, name, first_name, last_name, gender, grad_year, school_id), all text, blank where unknown.
Row = Sequence[str]
_GENDERS = {
    "m": 1,
    "male": 1,
    "boy": 1,
    "boys": 1,
    "men": 1,
    "f": 2,
    "female": 2,
    "girl": 2,
    "girls": 2,
    "women": 2,
    "w": 2,
}
_PREFIXES = ("dela", "delos", "de", "del", "la", "van", "mc", "mac", "o", "san", "von", "da", "di")
# Fields that hold words, in the order of the columns of `People.words`.
GIVEN, GIVEN2, GIVEN_ALL, SURNAME, SURNAME2, SURNAME_ALL, BAG, INITIALS = range(8)


class Vocabulary:
    """Words and their numbers. Number 0 is the empty word."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {"": 0}
        self.words: list[str] = [""]

    def add(self, word: str) -> int:
        found = self.ids.get(word)
        if found is None:
            found = self.ids[word] = len(self.words)
            self.words.append(word)
        return found

    def shapes(self) -> tuple[Small, Small, npt.NDArray[np.uint32]]:
        """Of every word: its length (at most 100), its first letter's code, and a bit for each letter that it holds."""
        lengths = np.fromiter((min(len(word), 100) for word in self.words), np.int8, len(self.words))
        first = np.fromiter((ord(word[0]) % 127 if word else 0 for word in self.words), np.int8, len(self.words))
        bits = {letter: 1 << (ord(letter) & 31) for word in self.words for letter in word}
        masks = np.fromiter(
            (sum(bits[letter] for letter in set(word)) & 0xFFFFFFFF for word in self.words), np.uint32, len(self.words)
        )
        return lengths, first, masks

    def related(self) -> npt.NDArray[np.int64]:
        """Pairs a * size + b, sorted: words that may be one given name, or a surname with and without its particle."""
        size = len(self.words)
        pairs: set[int] = set()
        names = related_names()
        for word, at in self.ids.items():
            for other in names.get(word, ()):
                if other in self.ids:
                    pairs.add(at * size + self.ids[other])
                    pairs.add(self.ids[other] * size + at)
            if not word.startswith(_PREFIXES):
                continue
            for start in _PREFIXES:
                if word.startswith(start) and len(word) - len(start) >= 3 and word[len(start) :] in self.ids:
                    rest = self.ids[word[len(start) :]]
                    pairs.update((at * size + rest, rest * size + at))
        return np.array(sorted(pairs), np.int64)


@dataclass(slots=True)
class People:
    """n people. words: int32 (n, 8), see the field numbers above; year 0, gender 0, school 0 mean blank."""

    ids: list[str]
    words: Ints
    suffix: Small
    gender: Small
    year: npt.NDArray[np.int16]
    school: Ints

    def __len__(self) -> int:
        return len(self.ids)


def year_of(text: str) -> int:
    """A grad year as a number, 0 when there is none ("2027.0" is one, "n/a" is not)."""
    head = text.strip().partition(".")[0]
    return int(head) if head.isdecimal() and 1900 < int(head) < 2200 else 0


class Reader:
    """Turns rows into People; both sides go through one reader, for the shared numbers."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self.schools: dict[str, int] = {"": 0}
        # All words of a name in alphabetical order, numbered apart: they are only ever compared as a whole.
        self.bags: dict[str, int] = {"": 0}

    def read(self, rows: Iterable[Row]) -> People:
        ids: list[str] = []
        flat: list[int] = []
        suffix = bytearray()
        gender = bytearray()
        years: list[int] = []
        schools: list[int] = []
        for key, name, first, last, sex, year, school in rows:
            ids.append(key)
            parsed = parse(name, first, last)
            self._words(flat, parsed.given, parsed.surname)
            suffix.append(int(parsed.suffix or 0))
            gender.append(_GENDERS.get(sex.strip().lower(), 0))
            years.append(year_of(year))
            schools.append(self.schools.setdefault(school.strip(), len(self.schools)))
        return People(
            ids,
            np.array(flat, np.int32).reshape(-1, 8),
            np.frombuffer(bytes(suffix), np.int8),
            np.frombuffer(bytes(gender), np.int8),
            np.array(years, np.int16),
            np.array(schools, np.int32),
        )

    def _words(self, flat: list[int], given: tuple[str, ...], surname: tuple[str, ...]) -> None:
        add = self.vocabulary.add
        flat += (
            add(given[0]) if given else 0,
            add(given[1]) if len(given) > 1 else 0,
            add("".join(given)),
            add(surname[0]) if surname else 0,
            add(surname[-1]) if len(surname) > 1 else 0,
            add("".join(surname)),
            self.bags.setdefault(" ".join(sorted(given + surname)), len(self.bags)),
            add("".join(word[0] for word in given)) if len(given) > 1 else 0,
        )
