"""Name lists and drawing from them: given names and surnames as common as they are in the United States.

`given-*.tsv` are the 1,500 commonest given names of births 2003 to 2012 (Social Security Administration) and
`surnames-us.tsv` the 6,500 commonest surnames (Census Bureau), both counts in the public domain; `communities.txt`
and `nicknames.txt` are ours. Every person made of them is made up.
"""

from bisect import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random

DATA = Path(__file__).parent / "data"
Weighted = list[tuple[str, float]]


class Draw:
    """Draws names in proportion to their weights."""

    def __init__(self, weighted: Iterable[tuple[str, float]]) -> None:
        self.weighted = sorted(weighted, key=lambda pair: (-pair[1], pair[0]))
        self._sums = list(accumulate(weight for _, weight in self.weighted))

    def __call__(self, rng: Random) -> str:
        return self.weighted[bisect(self._sums, rng.random() * self._sums[-1])][0]

    def commonest(self, count: int) -> "Draw":
        return Draw(self.weighted[:count])

    def sounding_alike(self, name: str) -> list[str]:
        """Common names with the same beginning and about the same length, as parents like to give twins."""
        return [
            other
            for other, _ in self.weighted[:400]
            if other != name and other[:2] == name[:2] and abs(len(other) - len(name)) <= 1
        ]


@dataclass(frozen=True)
class Community:
    """One part of the population: its surnames, its given names by gender, and its habits.

    native_given: share whose given name is the community's own, the rest having one common in the whole country.
    two_surnames: share who have a second surname (shown or not).
    """

    name: str
    share: float
    native_given: float
    two_surnames: float
    family_first: bool = False


COMMUNITIES = (
    Community("us", 0.42, 0, 0.01),
    Community("hispanic", 0.33, 0.55, 0.4),
    Community("vietnamese", 0.05, 0.4, 0, family_first=True),
    Community("chinese", 0.05, 0.3, 0, family_first=True),
    Community("korean", 0.025, 0.35, 0, family_first=True),
    Community("filipino", 0.03, 0.35, 0.15),
    Community("southasian", 0.035, 0.85, 0.02),
    Community("japanese", 0.01, 0, 0.05, family_first=True),
    Community("hmong", 0.01, 0.1, 0.03, family_first=True),
    Community("mixed", 0.04, 0.45, 0.04),
)
# The given names of these are another community's.
SAME_GIVEN = {"filipino": "hispanic", "hmong": "vietnamese"}
COMMON = 40
COMPOUND = 0.05


@cache
def nicknames() -> dict[str, list[str]]:
    """Each name's other forms, both ways."""
    other: dict[str, list[str]] = {}
    for line in (DATA / "nicknames.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        full, *short = line.split()
        other.setdefault(full, []).extend(short)
        for each in short:
            other.setdefault(each, []).append(full)
    return other


@cache
def surnames(community: str) -> Draw:
    return Draw(_tsv("surnames-us.tsv")) if community == "us" else Draw(_sections()[f"{community} surnames"])


@cache
def given_names(community: str, gender: str) -> Draw:
    """The community's own, or "us": those common in the whole country."""
    if community == "us":
        return Draw(_tsv("given-boys.tsv" if gender == "M" else "given-girls.tsv"))
    community = SAME_GIVEN.get(community, community)
    return Draw(_sections()[f"{community} {'boys' if gender == 'M' else 'girls'}"])


@cache
def common(kind: str, community: str, gender: str = "") -> Draw:
    draw = surnames(community) if kind == "surname" else given_names(community, gender)
    return draw.commonest(COMMON)


def _tsv(name: str) -> Weighted:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [(spelling, float(weight)) for spelling, weight in (line.split("\t") for line in lines)]


@cache
def _sections() -> dict[str, Weighted]:
    found: dict[str, Weighted] = {}
    for line in (DATA / "communities.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = found.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            for word in line.split():
                spelling, _, weight = word.partition(":")
                # A rank's weight falls about as real ones do; written weights are shares in per cent.
                section.append((spelling.replace("_", " "), float(weight) if weight else 40 / (len(section) + 8)))
    return found
