"""What pairs are worth against the truth: precision, recall, best F1, R@P99, and recall by kind of noise."""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

SAFE = 0.99
Pair = tuple[str, str, float]


@dataclass(frozen=True)
class Truth:
    first_of: dict[str, str]
    kinds_of: dict[str, str]
    lines: int

    def right(self, id1: str, id2: str) -> bool:
        return self.first_of.get(id2) == id1


@dataclass(frozen=True)
class Curve:
    """best_f1 with its precision, recall and cut; r_at_p99: the largest share of true links found at a cut where at
    least 99 % of the links are right, None where there is no such cut; safe_cut: that score."""

    best_f1: float
    precision: float
    recall: float
    best_cut: float
    r_at_p99: float | None
    safe_cut: float | None


@dataclass
class AtDefaults:
    """What the matcher's own outcomes were worth; shares in 0 to 1, None where nothing could be counted."""

    same_right: float | None
    same_recall: float
    doubtful: float
    doubtful_best_right: float | None
    existing_new: float
    newcomers_same: int
    by_kind: dict[str, Counter[str]] = field(default_factory=dict)
    wrong: list[tuple[str, str]] = field(default_factory=list)


def read_truth(folder: Path) -> Truth:
    with (folder / "truth.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (folder / "second.csv").open(encoding="utf-8", newline="") as file:
        lines = sum(1 for _ in csv.DictReader(file))
    return Truth({r["id2"]: r["id1"] for r in rows}, {r["id2"]: r["kinds"] for r in rows}, lines)


def read_pairs(path: Path) -> list[Pair]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["id1"], row["id2"], float(row["score"])) for row in csv.DictReader(file)]


def curve(pairs: Iterable[Pair], truth: Truth) -> Curve:
    """The cut moves over every score; pairs of one score are taken together."""
    links, found, made = len(truth.first_of), 0, 0
    best = (0.0, 0.0, 0.0, 0.0)
    safe: tuple[float, float] | None = None
    for score, tied in groupby(sorted(pairs, key=lambda pair: -pair[2]), key=lambda pair: pair[2]):
        for id1, id2, _ in tied:
            made += 1
            found += truth.right(id1, id2)
        precision, recall = found / made, found / links
        best = max(best, (2 * found / (made + links), precision, recall, score))
        if precision >= SAFE and (safe is None or recall > safe[0]):
            safe = (recall, score)
    return Curve(*best, r_at_p99=safe[0] if safe else None, safe_cut=safe[1] if safe else None)


def recall_by_kind(pairs: Iterable[Pair], truth: Truth, cut: float) -> dict[str, tuple[int, int]]:
    """{kind: (found at the cut, all)}; lines with more than one kind count as "several" and under no other."""
    found, total = Counter[str](), Counter(map(group, truth.kinds_of.values()))
    for id1, id2, score in pairs:
        if score >= cut and truth.right(id1, id2):
            found[group(truth.kinds_of[id2])] += 1
    return {kind: (found[kind], total[kind]) for kind in sorted(total)}


def group(kinds: str) -> str:
    return "several" if "+" in kinds else kinds


def at_defaults(outcomes: Path, truth: Truth) -> AtDefaults:
    """From `link_people --outcomes`: id2,outcome,id1,score, a line for every line of the second file."""
    with outcomes.open(encoding="utf-8", newline="") as file:
        rows = [(row["id2"], row["outcome"], row["id1"]) for row in csv.DictReader(file)]
    if len(rows) != truth.lines or len({id2 for id2, _, _ in rows}) != truth.lines:
        raise ValueError(f"{outcomes} has {len(rows)} lines, not one for each of the {truth.lines} of the second file")
    counts, by_kind = Counter[str](), dict[str, Counter[str]]()
    wrong = []
    for id2, outcome, id1 in rows:
        exists, right = id2 in truth.first_of, truth.right(id1, id2)
        counts[outcome] += 1
        counts[f"{outcome} right"] += right
        counts[f"{outcome} exists"] += exists
        if outcome == "same" and not right:
            wrong.append((id1, id2))
        if exists:
            told = "wrong" if outcome == "same" and not right else outcome
            by_kind.setdefault(group(truth.kinds_of[id2]), Counter())[told] += 1
    return AtDefaults(
        same_right=_share(counts["same right"], counts["same"]),
        same_recall=counts["same right"] / len(truth.first_of),
        doubtful=counts["doubtful"] / truth.lines,
        doubtful_best_right=_share(counts["doubtful right"], counts["doubtful exists"]),
        existing_new=counts["new exists"] / len(truth.first_of),
        newcomers_same=counts["same"] - counts["same exists"],
        by_kind=by_kind,
        wrong=wrong,
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def mean(values: Sequence[float | None]) -> float | None:
    """None where one of them is: a figure that was reached never must not look as if it were."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known and len(known) == len(values) else None
