"""The odds of candidate pairs: what their levels weigh, and what is known before looking at any name."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from reconciliation.matching import compare as c
from reconciliation.matching.people import Ints, People
from reconciliation.matching.rarity import Rarity
from reconciliation.matching.weights import Weights

Floats = npt.NDArray[np.float64]
_FIELDS = ("middle", "suffix", "year")
# A school that few people come from says little about its share of newcomers.
_SHARE_STRENGTH = 8.0
_SHARES = 0.02, 0.995


@dataclass(slots=True)
class Edges:
    """Candidate pairs with their levels; `rare` is the rarity's addition, which no learning changes."""

    left: Ints
    right: Ints
    levels: c.Levels
    rare: npt.NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.left)


def gender_class(levels: c.Levels) -> npt.NDArray[np.int8]:
    """1 where the given names agree in some way: then the gender agrees anyhow and says next to nothing."""
    return (levels.given < c.G_DIFFERENT).astype(np.int8)


def name_log(levels: c.Levels, weights: Weights) -> Floats:
    within, across = weights.name_weight(False), weights.name_weight(True)
    cell = levels.name_cell
    return np.where(levels.school == 0, within[cell], across[cell])


def field_log(levels: c.Levels, weights: Weights) -> Floats:
    """Weights of all fields beside the name, added up."""
    total = np.zeros(len(levels))
    for name in _FIELDS:
        total += weights.field_weight(name)[getattr(levels, name)]
    gender = weights.field_weight("gender")
    agreeing = gender.copy()
    agreeing[0] = 0.0
    return total + np.where(gender_class(levels) == 1, agreeing[levels.gender], gender[levels.gender])


@dataclass(frozen=True, slots=True)
class Known:
    """What is settled before the matcher is asked. matched: school number → people found under their exact name.

    everybody: how many people there are in all, where the first list holds only those worth a look.
    """

    matched: dict[int, int] = field(default_factory=dict)
    everybody: int = 0

    @property
    def total(self) -> int:
        return sum(self.matched.values())


class Prior:
    """What is likely before any name is looked at: the share of newcomers, by school, and the number of rivals."""

    def __init__(self, first: People, second: People, weights: Weights, known: Known | None = None) -> None:
        self._second = second
        self._known = known or Known()
        self._everybody = max(self._known.everybody or len(first), 1)
        schools = int(max(first.school.max(initial=0), second.school.max(initial=0))) + 1
        self._there = np.bincount(first.school, minlength=schools).astype(float)
        self._here = np.bincount(second.school, minlength=schools).astype(float)
        self.share = np.full(schools, weights.match_share)
        self.transfers = weights.transfer_share

    def learn(self, matched: Floats) -> float:
        """Take over the expected matches of everybody in the second list; returns the share in all."""
        school = self._second.school
        before = np.zeros(len(self.share))
        for known, count in self._known.matched.items():
            if known < len(before):
                before[known] = count
        there = self._known.total
        total = float((matched.sum() + there) / max(len(matched) + there, 1))
        found = np.bincount(school, matched, len(self.share)) + before
        share = (found + _SHARE_STRENGTH * total) / (self._here + before + _SHARE_STRENGTH)
        self.share = np.clip(share, *_SHARES)
        return min(max(total, _SHARES[0]), _SHARES[1])

    def log(self, edges: Edges) -> Floats:
        """ln of the odds that this one of the first list, and not nobody, is meant."""
        school = self._second.school[edges.right]
        share = self.share[school]
        odds = np.log(share / (1 - share))
        everybody = np.log(self._everybody)
        level = edges.levels.school
        within = np.log1p(-self.transfers) - np.log(np.maximum(self._there[school], 1.0))
        across = np.log(self.transfers) - everybody
        return odds + np.where(level == 0, within, np.where(level == 1, across, -everybody))


def pair_log(edges: Edges, weights: Weights) -> Floats:
    """ln(m / u) of each pair, rarity included."""
    return name_log(edges.levels, weights) + field_log(edges.levels, weights) + edges.rare


def family_of(levels: c.Levels, weights: Weights) -> Floats:
    """Relatives share a surname, but within a school only."""
    return np.where(levels.school == 0, weights.family, 0.0)


def build(levels: c.Levels, left: Ints, right: Ints, rarity: Rarity, weights: Weights) -> Edges:
    return Edges(left, right, levels, rarity.of(levels, family_of(levels, weights)))
