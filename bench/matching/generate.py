"""Two files of made-up people and the truth of who is who.

    python -m bench.matching.generate --people 50000 --seed 1 --newcomers 0.5 OUT

Writes OUT/first.csv and OUT/second.csv (id,name,first_name,last_name,gender,grad_year,school_id), --people lines each,
and OUT/truth.csv (id1,id2,kinds: the noises joined by +, or none). The share --newcomers of the second file is in no
line of the first. Everything follows from the seed and the settings.
"""

import argparse
import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from bench.matching import noise
from bench.matching.observation import HEADER, Observation, Row, observe, write_out
from bench.matching.people import Person, Population

TRUTH = ("id1", "id2", "kinds")


@dataclass(frozen=True)
class Settings:
    """noisy: share of the re-observed with noise; several: share of those with two or three kinds at once."""

    people: int = 50_000
    seed: int = 1
    newcomers: float = 0.0
    noisy: float = 0.77
    several: float = 0.3
    twins: float = 0.02
    siblings: float = 0.08
    common: float = 0.1
    clean: bool = False


@dataclass(frozen=True)
class Made:
    first: list[Row]
    second: list[Row]
    truth: list[tuple[str, str, str]]


def make(settings: Settings) -> Made:
    rng = Random(str(settings))
    new = round(settings.people * settings.newcomers)
    population = Population(
        rng, settings.people + new, twins=settings.twins, siblings=settings.siblings, common=settings.common
    )
    people = population.people
    rng.shuffle(people)
    known, newcomers = people[: settings.people], people[settings.people :]
    seen = [observe(person, rng, clean=settings.clean) for person in known]
    again = rng.sample(range(len(known)), settings.people - new)
    lines: list[tuple[Observation, int | None, str]] = []
    for index in again:
        kinds, observation = _observe_again(known[index], seen[index], rng, population, settings)
        lines.append((observation, index, kinds))
    for person in newcomers:
        # Their lines are as noisy as anybody's: noise must not tell who is new.
        usual = observe(person, rng, clean=settings.clean)
        lines.append((_observe_again(person, usual, rng, population, settings)[1], None, ""))
    rng.shuffle(lines)
    return Made(
        first=[write_out(observation, f"a{number}") for number, observation in enumerate(seen)],
        second=[write_out(observation, f"b{number}") for number, (observation, _, _) in enumerate(lines)],
        truth=[(f"a{index}", f"b{at}", kinds) for at, (_, index, kinds) in enumerate(lines) if index is not None],
    )


def _observe_again(
    person: Person, first: Observation, rng: Random, population: Population, settings: Settings
) -> tuple[str, Observation]:
    again = observe(person, rng, clean=settings.clean)
    if settings.clean:
        for kind, share in noise.CLEAN.items():
            if rng.random() < share and _do(kind, person, again, rng, population):
                return kind, again
        return "none", again
    if rng.random() >= settings.noisy:
        # Quiet: written as in the first file, to the cut.
        return "none", replace(first)
    wanted = rng.choices((2, 3), (75, 25))[0] if rng.random() < settings.several else 1
    done: list[str] = []
    shares = [share for _, share, _ in noise.KINDS.values()]
    while len(done) < wanted:
        kind = rng.choices(list(noise.KINDS), shares)[0]
        if noise.KINDS[kind][2] in {noise.KINDS[each][2] for each in done}:
            continue
        trial = replace(again)
        tried = sorted([*done, kind], key=lambda each: (each in noise.LATE, list(noise.KINDS).index(each)))
        if all(_do(each, person, trial, rng, population) for each in tried):
            done, noisy = tried, trial
    return "+".join(done), noisy


def _do(kind: str, person: Person, seen: Observation, rng: Random, population: Population) -> bool:
    trial = replace(seen)
    if not noise.KINDS[kind][0](person, trial, rng, population):
        return False
    if noise.as_written(trial) == noise.as_written(seen):
        return False
    for field in Observation.__slots__:
        setattr(seen, field, getattr(trial, field))
    return True


def write(made: Made, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for name, header, rows in (
        ("first.csv", HEADER, made.first),
        ("second.csv", HEADER, made.second),
        ("truth.csv", TRUTH, made.truth),
    ):
        with (out / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows(rows)


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, value in vars(Settings()).items():
        if name == "clean":
            parser.add_argument("--clean", action="store_true", help="as clean as the site's own data")
        else:
            parser.add_argument(f"--{name}", type=type(value), default=value, help=f"default {value}")
    parser.add_argument("out", type=Path)
    args = vars(parser.parse_args(argv))
    out = args.pop("out")
    write(make(Settings(**args)), out)


if __name__ == "__main__":
    main()
