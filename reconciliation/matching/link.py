"""The whole matcher over two lists: candidates, levels, weights, competition. Deterministic, no database."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reconciliation.matching import compare as c
from reconciliation.matching.candidates import across, within
from reconciliation.matching.compete import Floats, one_to_one, probabilities
from reconciliation.matching.learn import counted, learn_chance, learn_matches
from reconciliation.matching.odds import Edges, Known, Prior, build, pair_log
from reconciliation.matching.people import Ints, People, Reader
from reconciliation.matching.rarity import Rarity, rarity_of
from reconciliation.matching.weights import Weights

# Who is nearly certain in the own school is not looked for in others.
_SETTLED = 0.97
_BATCH = 250_000
_SURE_LOG = 60.0
# A pair that agrees in too little to decide by itself is a question at most.
ASKED_AT_MOST = 0.9


@dataclass(slots=True)
class Matches:
    """Candidate pairs with the probability that each is one person, and what it rests on."""

    edges: Edges
    score: Floats
    weights: Weights
    prior: Prior
    sizes: tuple[int, int]

    def linked(self, least: float) -> Ints:
        """Positions of the pairs linked one to one, best first."""
        return one_to_one(self.score, self.edges.left, self.edges.right, least)

    def odds(self) -> Floats:
        """Of each pair, before any rival is seen."""
        return _odds(self.edges, self.prior, self.weights)

    def judge(self, barred: npt.NDArray[np.bool_]) -> None:
        """Score anew with the barred pairs out of the competition; they keep what they would have had alone."""
        alone = self.odds()
        found = probabilities(np.where(barred, 0.0, alone), self.edges.left, self.edges.right, *self.sizes)
        score = np.where(barred, alone / (1 + alone), found)
        self.score = np.where(too_little(self.edges.levels), np.minimum(score, ASKED_AT_MOST), score)


def match_people(
    reader: Reader,
    first: People,
    second: People,
    weights: Weights,
    *,
    learn: bool = True,
    known: Known | None = None,
) -> Matches:
    """Match `second` against `first`. `weights` is changed where `learn` is set.

    With `known`, `second` holds those whom exact names did not settle, and less is learned: an import has little time.
    """
    words = c.Words(reader.vocabulary)
    words.count = np.bincount(
        np.concatenate([first.words[:, :6].ravel(), second.words[:, :6].ravel()]), minlength=len(words.count)
    ).astype(np.int32)
    rarity = rarity_of([first, second], len(reader.vocabulary.words))
    if learn:
        learn_chance(weights, words, reader.vocabulary, first, rarity, quick=known is not None)
    pairs = within(first, second, reader.vocabulary)
    edges = _edges(words, first, second, pairs.left, pairs.right, rarity, weights)
    prior = Prior(first, second, weights, known)
    if learn:
        learn_matches(weights, edges, prior, first, second, known.total if known else 0)
    score = _score(edges, prior, weights, first, second)
    more = _elsewhere(edges, score, words, reader, first, second)
    edges = joined(edges, _edges(words, first, second, *more, rarity, weights))
    for _ in range(4 if learn else 1):
        score = _score(edges, prior, weights, first, second)
        if learn:
            _learn_shares(edges, score, prior, weights, second)
    return Matches(edges, score, weights, prior, (len(first), len(second)))


def _odds(edges: Edges, prior: Prior, weights: Weights) -> Floats:
    found: Floats = np.exp(np.minimum(prior.log(edges) + pair_log(edges, weights), _SURE_LOG))
    return found


def _learn_shares(edges: Edges, score: Floats, prior: Prior, weights: Weights, second: People) -> None:
    weights.match_share = prior.learn(counted(edges.right, len(second), score))
    other = edges.levels.school == 1
    moved = float(score[other].sum()) / max(float(score.sum()), 1.0)
    strength = 200.0 / (200.0 + float(score.sum()))
    weights.transfer_share = float(np.clip(moved * (1 - strength) + 0.02 * strength, 0.001, 0.15))
    prior.transfers = weights.transfer_share


def _score(edges: Edges, prior: Prior, weights: Weights, first: People, second: People) -> Floats:
    found = probabilities(_odds(edges, prior, weights), edges.left, edges.right, len(first), len(second))
    return np.where(too_little(edges.levels), np.minimum(found, ASKED_AT_MOST), found)


def too_little(levels: c.Levels) -> npt.NDArray[np.bool_]:
    """What never decides, however likely: a surname alone, a given name alone, a whole name alone."""
    half_a_name = (levels.given >= c.G_DIFFERENT) | (levels.surname >= c.S_DIFFERENT)
    name_alone = (levels.school != 0) & (levels.year != 0)
    return half_a_name | name_alone


def _elsewhere(
    edges: Edges, score: Floats, words: c.Words, reader: Reader, first: People, second: People
) -> tuple[Ints, Ints]:
    """Candidates of other or unknown schools, for those who are not settled in their own."""
    sure = score >= _SETTLED
    left = np.ones(len(first), bool)
    right = np.ones(len(second), bool)
    left[edges.left[sure]] = False
    right[edges.right[sure]] = False
    pairs = across(
        first, second, reader.vocabulary, np.flatnonzero(left).astype(np.int32), np.flatnonzero(right).astype(np.int32)
    )
    a, b = pairs.left, pairs.right
    # Somebody of another gender, or years away, is not looked for in other schools.
    fits = (first.gender[a] == second.gender[b]) | (first.gender[a] == 0) | (second.gender[b] == 0)
    fits &= (np.abs(first.year[a] - second.year[b]) <= 1) | (first.year[a] == 0) | (second.year[b] == 0)
    return a[fits], b[fits]


def _edges(
    words: c.Words, first: People, second: People, left: Ints, right: Ints, rarity: Rarity, weights: Weights
) -> Edges:
    """Compare in batches: the working memory of a comparison is ten times its result."""
    parts = []
    for at in range(0, max(len(left), 1), _BATCH):
        a, b = left[at : at + _BATCH], right[at : at + _BATCH]
        parts.append(build(c.compare(words, first, second, a, b), a, b, rarity, weights))
    found = parts[0]
    for part in parts[1:]:
        found = joined(found, part)
    return found


def joined(one: Edges, two: Edges) -> Edges:
    levels = c.Levels(
        *(np.concatenate([getattr(one.levels, name), getattr(two.levels, name)]) for name in c.Levels.__slots__)
    )
    return Edges(
        np.concatenate([one.left, two.left]),
        np.concatenate([one.right, two.right]),
        levels,
        np.concatenate([one.rare, two.rare]),
    )
