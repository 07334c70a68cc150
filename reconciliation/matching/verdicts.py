"""Three outcomes from scores: *same*, *doubtful*, *new*. Pure; the thresholds are settings."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from reconciliation.matching import compare as c
from reconciliation.matching.link import Matches

# What is never so certain that nobody looks: of every thousand lines the least sure links, of small files a few.
# A wrong link is dear, a look is cheap, and answers near certainty are what the weights are later checked by.
_LOOKS, _LINES_A_LOOK = 3, 1000
_MATCHES_TO_LEARN_FROM = 300


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities. At or above `same` the import links without asking, below `doubtful` it takes somebody for new."""

    same: float
    doubtful: float


@dataclass(slots=True)
class Barred:
    """By position of a candidate pair: vetoed, or the athlete is surely another line's."""

    veto: npt.NDArray[np.bool_]
    taken: npt.NDArray[np.bool_]

    @classmethod
    def none(cls, pairs: int) -> "Barred":
        return cls(*(np.zeros(pairs, bool) for _ in range(2)))


@dataclass(slots=True)
class Verdicts:
    """By position in the second list: `same` → position of its pair, `doubtful` → kind of case. Others are new."""

    same: dict[int, int] = field(default_factory=dict)
    doubtful: dict[int, str] = field(default_factory=dict)


def decide(
    matches: Matches, barred: Barred, thresholds: Thresholds, *, lines: int, asked: dict[int, str] | None = None
) -> Verdicts:
    """Judge every candidate. `lines`: of the file; `asked`: position → kind of the question that is open already."""
    matches.judge(barred.veto)
    edges, score = matches.edges, matches.score
    open_pairs = ~barred.veto
    found = Verdicts()
    for at in matches.linked(thresholds.doubtful).tolist():
        person = int(edges.right[at])
        if not open_pairs[at]:
            continue
        sure = score[at] >= thresholds.same and edges.levels.school[at] == 0 and not barred.taken[at]
        if sure:
            found.same[person] = at
    alone = matches.odds()
    # Who fits somebody well, but loses to another line of the file, may be that same person under a second spelling.
    fits = open_pairs & (alone / (1 + alone) >= 0.5) & ~too_weak(edges.levels)
    # Half a name in common is what brothers have: worth a question only where it is likelier than not, by this very
    # file: how many people go by quite another name is nothing that can be guessed beforehand.
    learned = matches.weights.seen.get("matches", 0.0) >= _MATCHES_TO_LEARN_FROM
    least = np.where(too_weak(edges.levels), max(thresholds.doubtful, 0.5) if learned else 2.0, thresholds.doubtful)
    wanted = open_pairs & ((score >= least) | (fits & barred.taken))
    best: dict[int, int] = {}
    for at in np.lexsort((edges.left, -score)).tolist():
        if wanted[at]:
            best.setdefault(int(edges.right[at]), at)
    for at in _second_spellings(matches, found, fits):
        best.setdefault(int(edges.right[at]), at)
    found.doubtful = {person: kind_of(edges.levels, at) for person, at in best.items() if person not in found.same}
    _look_at(found, score, edges.levels, max(_LOOKS, -(-lines // _LINES_A_LOOK)))
    for person, kind in (asked or {}).items():
        found.same.pop(person, None)
        found.doubtful[person] = kind
    return found


def too_weak(levels: c.Levels) -> npt.NDArray[np.bool_]:
    return (levels.given >= c.G_DIFFERENT) | (levels.surname >= c.S_DIFFERENT)


def _second_spellings(matches: Matches, found: Verdicts, fits: npt.NDArray[np.bool_]) -> list[int]:
    """Pairs whose athlete went to another line, though this one fits too."""
    edges = matches.edges
    linked = np.zeros(matches.sizes[0], bool)
    linked[[int(edges.left[at]) for at in found.same.values()]] = True
    positions = np.flatnonzero(fits & linked[edges.left])
    return [at for at in positions.tolist() if int(edges.right[at]) not in found.same]


def kind_of(levels: c.Levels, at: int) -> str:
    """The kind of case that a candidate makes."""
    if levels.school[at] != 0:
        return "possible_transfer"
    spelling = levels.given[at] <= c.G_INITIAL and levels.surname[at] <= c.S_INITIAL
    return "name_variant" if spelling else "similar_athlete"


def _look_at(found: Verdicts, score: npt.NDArray[np.float64], levels: c.Levels, looks: int) -> None:
    """Turn the least sure links into questions."""
    least = sorted(found.same.items(), key=lambda item: (float(score[item[1]]), item[0]))[:looks]
    for person, at in least:
        del found.same[person]
        found.doubtful[person] = kind_of(levels, at)
