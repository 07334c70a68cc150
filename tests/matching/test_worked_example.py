"""The worked example of docs/matching.md, computed again: the page may not say what the matcher doesn't."""

import math
from pathlib import Path

import numpy as np

from reconciliation.matching.evidence import Explainer
from reconciliation.matching.link import match_people
from reconciliation.matching.people import Reader
from reconciliation.matching.shipped import shipped_weights

PAGE = Path(__file__).parents[2] / "docs" / "matching.md"
FIRST = [
    ("a1", "Roberto Quintanilla", "", "", "M", "2027", "s1"),
    ("a2", "Ruben Quintanilla", "", "", "M", "2025", "s1"),
    ("a3", "Ada Moreno", "", "", "F", "2026", "s1"),
]
SECOND = [("b1", "QUINTANILLA, Beto", "", "", "M", "2027", "s1")]


def example() -> tuple[list[str], float]:
    """The table's lines and the score."""
    reader = Reader()
    first, second = reader.read(FIRST), reader.read(SECOND)
    matches = match_people(reader, first, second, shipped_weights(), learn=False)
    at = next(k for k in range(len(matches.edges)) if first.ids[matches.edges.left[k]] == "a1")
    score = float(matches.score[at])
    found = Explainer(matches.edges, np.array([at], np.int32), matches.weights, matches.prior).evidence(0, score)
    return [f"| {name} | {found['levels'][name]} | {found['weights'][name]:+.2f} |" for name in found["fields"]], score


def test_the_page_shows_the_weights_that_the_matcher_gives() -> None:
    lines, score = example()
    page = PAGE.read_text(encoding="utf-8")

    assert [line for line in lines if line not in page] == []
    assert f"{score:.4f}" in page


def test_the_weights_add_up_to_the_score() -> None:
    lines, score = example()
    total = sum(float(line.split("|")[3]) for line in lines)

    assert math.isclose(1 / (1 + 2**-total), score, abs_tol=0.005)
