"""How much more a rare name says than a common one: ln(average share / share of this name)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reconciliation.matching import compare as c
from reconciliation.matching.people import GIVEN, SURNAME, SURNAME2, SURNAME_ALL, People

# How far each level rests on the very word that is looked up: a typo or nickname agrees with less of it.
_GIVEN_FORCE = np.array([1, 0.5, 0.8, 0.8, 0, 0.5, 0, 0], np.float32)
_SURNAME_FORCE = np.array([1, 1, 0.8, 0.8, 0.5, 0, 0.5, 0, 0], np.float32)
# What a short list can't tell: a name seen once in it is about as common as names of its kind are.
_STRENGTH, _USUAL, _MEAN_GIVEN, _MEAN_SURNAME = 500.0, 1 / 1500, 0.004, 0.003
# Of two different names that look alike, the share of the rarer one.
_MEAN_SLIP = 0.0006
_LEAST, _MOST = -3.0, 5.0
Floats = npt.NDArray[np.float32]


@dataclass(slots=True)
class Rarity:
    """Shares of words among people, and the mean share that two people at random have in common."""

    given: Floats
    surname: Floats
    mean_given: float
    mean_surname: float

    def of(self, levels: c.Levels, family: float | npt.NDArray[np.float64]) -> Floats:
        """Addition to the weight of each pair. `family`: how often schoolmates share a surname as relatives."""
        slip = (levels.given == c.G_TYPO) | (levels.given == c.G_ALIKE)
        mean = np.where(slip, _MEAN_SLIP, self.mean_given)
        given = np.log(mean / self.given[levels.given_word]) * _GIVEN_FORCE[levels.given]
        slip = (levels.surname == c.S_TYPO) | (levels.surname == c.S_ALIKE)
        mean = np.where(slip, _MEAN_SLIP, self.mean_surname + family)
        surname = np.log(mean / (self.surname[levels.surname_word] + np.where(slip, 0, family)))
        surname *= _SURNAME_FORCE[levels.surname]
        given[levels.given_word == 0] = 0
        surname[levels.surname_word == 0] = 0
        found: Floats = np.clip(given + surname, _LEAST, _MOST).astype(np.float32)
        return found


def rarity_of(sides: list[People], words: int) -> Rarity:
    """From everybody on all sides; `words` is the size of their vocabulary."""
    people = np.concatenate([side.words for side in sides])
    given = np.bincount(people[:, GIVEN], minlength=words).astype(np.float64)
    surname = np.zeros(words)
    for at in (SURNAME, SURNAME2):
        surname += np.bincount(people[:, at], minlength=words)
    double = people[:, SURNAME2] > 0
    surname += np.bincount(people[double, SURNAME_ALL], minlength=words)
    given[0] = surname[0] = 0
    return _build(given, surname, len(people))


def _build(given: npt.NDArray[np.float64], surname: npt.NDArray[np.float64], people: int) -> Rarity:
    total = people + _STRENGTH

    def mean(counts: npt.NDArray[np.float64], usual: float) -> float:
        seen = float((counts * np.maximum(counts - 1, 0)).sum()) / max(people * (people - 1.0), 1.0)
        return (people * seen + _STRENGTH * usual) / total

    return Rarity(
        ((given + _STRENGTH * _USUAL) / total).astype(np.float32),
        ((surname + _STRENGTH * _USUAL) / total).astype(np.float32),
        mean(given, _MEAN_GIVEN),
        mean(surname, _MEAN_SURNAME),
    )
