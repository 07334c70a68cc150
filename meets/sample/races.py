"""Made-up races and their times: a race's times come out in order of place, without sorting anything."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from math import exp
from statistics import NormalDist

# Level, whether it is split into divisions, and how much slower it is than the fastest.
LEVELS = (
    ("Varsity", True, 1.0),
    ("Junior Varsity", True, 1.1),
    ("Reserve", True, 1.12),
    ("Championship", False, 0.96),
    ("Open", False, 1.08),
    ("Novice", False, 1.15),
)
DIVISIONS = 5
BASE_CS = {"M": 109_000, "F": 130_000}  # the middle runner of a varsity race over 5,000 m
# Slow runners trail further behind than fast ones lead.
SPREAD_FAST, SPREAD_SLOW = 0.07, 0.12
NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Race:
    ref: str
    name: str
    gender: str
    distance_meters: int
    slower: float


def make_races(count: int, first_ref: int) -> list[Race]:
    """Boys and girls by turns: every level and division once, then again as further sections."""
    kinds = [
        (f"Division {division} {level}" if split else level, slower)
        for level, split, slower in LEVELS
        for division in range(1, (DIVISIONS if split else 1) + 1)
    ]
    races = []
    for index in range(count):
        gender = "MF"[index % 2]
        lap, kind = divmod(index // 2, len(kinds))
        label, slower = kinds[kind]
        section = f" Section {lap + 1}" if lap else ""
        name = f"{'Mens' if gender == 'M' else 'Womens'} 5,000 Meters {label}{section}"
        races.append(Race(str(first_ref + index), name, gender, 5_000, slower))
    return races


def times(rng: random.Random, race: Race, runners: int, ties: float = 0.02) -> Iterator[int]:
    """Ascending times of so many finishers, in centiseconds; a share of them tied with the runner before."""
    middle = BASE_CS[race.gender] * race.slower * race.distance_meters / 5_000
    before = 0
    for index in range(runners):
        quantile = (index + 0.02 + 0.96 * rng.random()) / runners
        z = NORMAL.inv_cdf(quantile)
        time = round(middle * exp((SPREAD_FAST if z < 0 else SPREAD_SLOW) * z))
        if before and rng.random() < ties:
            time = before
        before = max(time, before)
        yield before


def share(total: int, weights: list[float]) -> list[int]:
    """Split `total` by weight, at least 1 each where there is enough, adding up exactly."""
    least = 1 if total >= len(weights) else 0
    rest = total - least * len(weights)
    whole = sum(weights)
    sizes, running, given = [], 0.0, 0
    for weight in weights:
        running += weight
        upto = round(rest * running / whole)
        sizes.append(least + upto - given)
        given = upto
    return sizes
