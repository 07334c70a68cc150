"""A pair's evidence for people to read: fields, levels, weights in bits, and the agreement in words."""

import math
from typing import Any

from reconciliation.matching import compare as c
from reconciliation.matching.odds import Edges, Prior, gender_class, name_log
from reconciliation.matching.people import Ints
from reconciliation.matching.weights import FIELDS, Weights

_BIT = math.log(2.0)
_WORDS = {
    ("given", "nickname"): "one first name is short for the other",
    ("given", "typo"): "first names differ in a letter or two",
    ("given", "middle"): "goes by the middle name",
    ("given", "initial"): "one first name is an initial",
    ("given", "alike"): "first names look alike",
    ("surname", "part"): "one of two surnames in common",
    ("surname", "typo"): "surnames differ in a letter or two",
    ("surname", "half"): "one surname in common, one not",
    ("surname", "part_typo"): "one of two surnames in common but for a letter",
    ("surname", "initial"): "one surname is an initial",
    ("surname", "alike"): "surnames look alike",
    ("order", "swapped"): "same names in another order",
    ("middle", "same"): "same middle name",
    ("middle", "initial"): "middle initial fits",
    ("middle", "different"): "other middle name",
    ("suffix", "same"): "same suffix",
    ("suffix", "different"): "other suffix",
    ("year", "same"): "same grad year",
    ("year", "one_apart"): "grad year one apart",
    ("year", "blank"): "a grad year is not known",
    ("school", "same"): "same school",
    ("school", "other"): "other school",
    ("school", "blank"): "a school is not known",
}
_SHOWN = {"year": "grad_year"}


def levels_of(levels: c.Levels, at: int) -> dict[str, str]:
    """Field → level's word, of one pair."""
    found = {name: words[int(getattr(levels, name)[at])] for name, words in FIELDS.items()}
    found["school"] = c.SCHOOL_LEVELS[int(levels.school[at])]
    return found


def supports_of(levels: dict[str, str]) -> list[str]:
    """Sentences, name first."""
    found = []
    if levels["given"] == levels["surname"] == "same" and levels["order"] == "as_written":
        found.append("same first and last name")
    elif levels["surname"] == "same":
        found.append("same surname")
    elif levels["given"] == "same":
        found.append("same first name")
    return found + [_WORDS[name, level] for name, level in levels.items() if (name, level) in _WORDS]


class Explainer:
    """Takes scores of one matching apart. Weights are looked up for all pairs at once: an import explains thousands."""

    def __init__(self, edges: Edges, positions: Ints, weights: Weights, prior: Prior) -> None:
        self._version = weights.version
        some = _some(edges, positions)
        self._levels = some.levels
        self._given_agrees = gender_class(some.levels)
        self._prior = prior.log(some)
        self._name = name_log(some.levels, weights)
        self._rare = some.rare
        self._fields = {field: weights.field_weight(field) for field in ("middle", "suffix", "year", "gender")}

    def levels(self, row: int) -> dict[str, str]:
        """Field → level's word. `row` counts in the positions that were given."""
        return levels_of(self._levels, row)

    def evidence(self, row: int, score: float) -> dict[str, Any]:
        """{version, score, fields, levels, weights}: weights in bits, log2 of how much likelier each makes one person.

        What is known before looking (newcomers, size of the school) and what the rivals take away are weights too, so
        that they add up to the score: score = 1 / (1 + 2 ** -sum).
        """
        levels = self.levels(row)
        steps: dict[str, tuple[str, float]] = {
            "prior": ("newcomers and schoolmates", float(self._prior[row])),
            "name": (_name_words(levels), float(self._name[row])),
            "rarity": ("", float(self._rare[row])),
        }
        for field, weights in self._fields.items():
            weight = float(weights[int(getattr(self._levels, field)[row])])
            if field == "gender" and levels[field] == "same" and self._given_agrees[row]:
                weight = 0.0
            if weight:
                steps[_SHOWN.get(field, field)] = (levels[field], weight)
        reached = math.log(max(score, 1e-9)) - math.log(max(1 - score, 1e-9))
        total = sum(weight for _, weight in steps.values())
        # Beyond a billion to one the score says no more; that is no work of rivals.
        if total - reached > 0.05 and score < 1 - 1e-8:
            steps["rival"] = ("others fit too, or too little to decide", reached - total)
        return {
            "version": self._version,
            "score": round(score, 6),
            "fields": list(steps),
            "levels": {field: level for field, (level, _) in steps.items()} | {"school": levels["school"]},
            "weights": {field: round(weight / _BIT, 2) for field, (_, weight) in steps.items()},
            "compared": levels,
        }


def _name_words(levels: dict[str, str]) -> str:
    words = f"given {levels['given']}, surname {levels['surname']}"
    return words + (", swapped" if levels["order"] == "swapped" else "")


def _some(edges: Edges, at: Ints) -> Edges:
    levels = c.Levels(*(getattr(edges.levels, name)[at] for name in c.Levels.__slots__))
    return Edges(edges.left[at], edges.right[at], levels, edges.rare[at])
