"""Weights from the data at hand: chance agreement counted inside one list, agreement of one person by EM.

Two different lines of one list are two different people, so what agrees there agrees by chance, siblings and
namesakes included: `u` is counted, not guessed. `m` is learned by expectation and maximisation from candidates
of one school only; learned from other schools too, it collapses: there nearly every pair is chance. Both lean on the
shipped weights, the more so the fewer people there are.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from reconciliation.matching import compare as c
from reconciliation.matching.candidates import across, within
from reconciliation.matching.compete import probabilities
from reconciliation.matching.odds import Edges, Prior, gender_class, pair_log
from reconciliation.matching.people import People, Vocabulary
from reconciliation.matching.rarity import Rarity
from reconciliation.matching.weights import FIELDS, SILENT, Floats, Weights

_SAMPLE_WITHIN = 8_000
_SAMPLE_QUICK = 2_500
_SAMPLE_ACROSS = 10_000
# Shipped weights count like so many chance pairs, and so many matches.
_CHANCE_STRENGTH = 20_000.0
_ACROSS_STRENGTH = 2e7
_MATCH_STRENGTH = 60.0
_ROUNDS = 8
_LEAST_M = 1e-5
_SAME_WHEN_EXACT = frozenset(("given", "surname", "order", "year", "gender"))


def _sample(people: People, most: int) -> People:
    """Every k-th person, so that at most `most` are left; the same ones every time."""
    step = max(1, -(-len(people) // most))
    at = np.arange(0, len(people), step)
    return People(
        [people.ids[k] for k in at],
        people.words[at],
        people.suffix[at],
        people.gender[at],
        people.year[at],
        people.school[at],
    )


def counted(values: npt.NDArray[Any], size: int, weights: Floats | None = None) -> Floats:
    """How often each of 0 … size - 1 occurs, or the sum of its weights."""
    return np.bincount(values, weights, size).astype(np.float64)


def learn_chance(
    weights: Weights, words: c.Words, vocabulary: Vocabulary, people: People, rarity: Rarity, *, quick: bool = False
) -> None:
    """Set `u`, `within`, `across` and `family` from pairs inside `people`; `quick` looks at fewer."""
    most = _SAMPLE_QUICK if quick else _SAMPLE_WITHIN
    some = _sample(people, most)
    step = max(1, -(-len(people) // most))
    pairs = within(people, some, vocabulary)
    other = pairs.left != pairs.right * step
    levels = c.compare(words, people, some, pairs.left[other], pairs.right[other])
    sizes = np.bincount(people.school, minlength=int(some.school.max(initial=0)) + 1)
    total = float(np.maximum(sizes[some.school[some.school > 0]] - 1, 0).sum())
    cells = counted(levels.name_cell, c.NAME_CELLS)
    weights.within = (cells + _CHANCE_STRENGTH * weights.within) / (total + _CHANCE_STRENGTH)
    surname = levels.surname == c.S_SAME
    shared = (float(surname.sum()) + _CHANCE_STRENGTH * 0.006) / (total + _CHANCE_STRENGTH)
    weights.family = max(shared - rarity.mean_surname, 0.0005)
    _learn_fields(weights, levels)
    if not quick:
        _learn_across(weights, words, vocabulary, people)


def _learn_fields(weights: Weights, levels: c.Levels) -> None:
    """Fields beside the name, among candidates of one list; the gender only where the names differ."""
    different = levels.given >= c.G_DIFFERENT
    for name in ("middle", "suffix", "year"):
        counts = counted(getattr(levels, name), len(FIELDS[name]))
        weights.u[name] = _blend(counts, weights.u[name], 500.0, name)
    genders = counted(levels.gender[different & (gender_class(levels) == 0)], len(FIELDS["gender"]))
    weights.u["gender"] = _blend(genders, weights.u["gender"], 500.0, "gender")


def _blend(counts: Floats, prior: Floats, strength: float, name: str) -> Floats:
    """Shares of the levels that say something, leaning on the prior; the silent level keeps a share of its own."""
    counts, prior = counts.copy(), prior.copy()
    if name in SILENT:
        silent = FIELDS[name].index(SILENT[name])
        counts[silent] = prior[silent] = 0.0
    prior = prior / prior.sum()
    found: Floats = (counts + strength * prior) / (counts.sum() + strength)
    return found


def _learn_across(weights: Weights, words: c.Words, vocabulary: Vocabulary, people: People) -> None:
    step = max(1, -(-len(people) // _SAMPLE_ACROSS))
    some = np.arange(0, len(people), step, dtype=np.int32)
    pairs = across(people, people, vocabulary, some, some)
    other = pairs.left != pairs.right
    levels = c.compare(words, people, people, pairs.left[other], pairs.right[other])
    total = float(len(some)) * max(len(some) - 1, 0)
    cells = counted(levels.name_cell, c.NAME_CELLS)
    weights.across = (cells + _ACROSS_STRENGTH * weights.across) / (total + _ACROSS_STRENGTH)


def learn_matches(weights: Weights, edges: Edges, prior: Prior, first: People, second: People, known: int = 0) -> None:
    """Set `m` and the shares by EM over candidates of one school. `known`: people found before."""
    shipped = {name: values.copy() for name, values in weights.m.items()}
    for _ in range(_ROUNDS):
        odds = np.exp(np.minimum(prior.log(edges) + pair_log(edges, weights), 60.0))
        chance = probabilities(odds, edges.left, edges.right, len(first), len(second))
        weights.match_share = prior.learn(counted(edges.right, len(second), chance))
        for name in FIELDS:
            counts = counted(getattr(edges.levels, name), len(FIELDS[name]), chance)
            if name in _SAME_WHEN_EXACT:
                counts[0] += known
            found = _blend(counts, shipped[name], _MATCH_STRENGTH, name)
            weights.m[name] = np.maximum(found, _LEAST_M)
    weights.seen = {"matches": round(float(chance.sum()) + known, 1), "people": float(len(second))}
