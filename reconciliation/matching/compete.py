"""Rivals: who is likeliest when each person of one side is at most one person of the other.

The odds of every candidate pair go in; out come probabilities that take all rivals on both sides into account, and
that somebody may be new. This is the sum-product rule for one-to-one matchings, a few rounds of it; on chains and trees
of rivals, which is nearly everything there is, it is exact.
"""

import numpy as np
import numpy.typing as npt

from reconciliation.matching.people import Ints

Floats = npt.NDArray[np.float64]
_ROUNDS = 6


def probabilities(odds: Floats, left: Ints, right: Ints, lefts: int, rights: int) -> Floats:
    """Of each pair, the probability that it is one person. `odds` are against being new, before any rival is seen."""
    if not len(odds):
        return np.zeros(0)
    from_left = np.ones(len(odds))
    from_right = np.ones(len(odds))
    for _ in range(_ROUNDS):
        here = odds * from_right
        from_left = 1.0 / (1.0 + np.maximum(np.bincount(left, here, lefts)[left] - here, 0.0))
        there = odds * from_left
        from_right = 1.0 / (1.0 + np.maximum(np.bincount(right, there, rights)[right] - there, 0.0))
    final = odds * from_left * from_right
    return final / (1.0 + final)


def one_to_one(scores: Floats, left: Ints, right: Ints, least: float) -> Ints:
    """Positions of the pairs that are linked, best first: each person once. Ties by position, so always the same."""
    order = np.lexsort((right, left, -scores))
    order = order[scores[order] >= least]
    used_left: set[int] = set()
    used_right: set[int] = set()
    kept: list[int] = []
    for at, a, b in zip(order.tolist(), left[order].tolist(), right[order].tolist(), strict=True):
        if a not in used_left and b not in used_right:
            used_left.add(a)
            used_right.add(b)
            kept.append(at)
    return np.array(kept, np.int32)
