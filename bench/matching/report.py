"""Measures matching on made-up people and prints tables.

    python -m bench.matching                            the reporting seeds, 50,000 people: hard, newcomers, clean
    python -m bench.matching --grid                     twins, common names, more noise at once too
    python -m bench.matching --tuning --ways ours       what the matcher and Splink were tuned on

Seeds 1 to 3 are for tuning: weights, thresholds and Splink's settings were chosen looking at them. Seeds 101 and up
are for reporting, and nothing was chosen by them. The share of true links found at a score cut where at least 99 % of
the links made are right is R@P99.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bench.matching import measure, run, tables
from bench.matching.generate import Settings, make, write
from bench.matching.run import Measured

TUNING = (1, 2, 3)
REPORTING = (101, 102, 103)


@dataclass(frozen=True)
class Scene:
    name: str
    settings: Settings


HARD = Settings()
USUAL = (
    Scene("hard", HARD),
    Scene("hard, a fifth newcomers", replace(HARD, newcomers=0.2)),
    Scene("hard, half newcomers", replace(HARD, newcomers=0.5)),
    Scene("clean", replace(HARD, clean=True)),
)
GRID = (
    *USUAL,
    Scene("hard, half newcomers, many twins", replace(HARD, newcomers=0.5, twins=0.1)),
    Scene("hard, half newcomers, common names", replace(HARD, newcomers=0.5, common=0.3)),
    Scene("hard, more at once", replace(HARD, noisy=0.85, several=0.5)),
    Scene("clean, half newcomers", replace(HARD, clean=True, newcomers=0.5)),
)


def main(argv: Sequence[str] | None = None) -> None:
    args = arguments(argv)
    seeds = args.seeds or (TUNING if args.tuning else REPORTING)
    scenes = [scene for scene in (GRID if args.grid else USUAL) if not args.only or args.only in scene.name]
    ways = run.ways(args.ways, args.splink_python)
    print(f"seeds {', '.join(map(str, seeds))} ({kind_of(seeds)}); ways: {', '.join(ways)}", flush=True)
    if run.SPLINK not in ways and not args.ways:
        print("Splink is not installed here: pip install '.[bench-matching]', or --splink-python PATH")
    found = []
    for people in args.people:
        for scene in scenes:
            print(f"\n## {scene.name}, {people:,} people\n", flush=True)
            by_way = measure_scene(replace(scene.settings, people=people), seeds, ways, args)
            print(tables.text(by_way))
            found.append({"scene": scene.name, "people": people, "seeds": seeds, "ways": as_json(by_way)})
    if args.json:
        args.json.write_text(json.dumps(found, indent=1))


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, nargs="+", default=[50_000])
    parser.add_argument("--seeds", type=int, nargs="+")
    parser.add_argument("--tuning", action="store_true", help="the tuning seeds instead of the reporting ones")
    parser.add_argument("--grid", action="store_true", help="more scenes")
    parser.add_argument("--only", help="scenes whose name holds this")
    parser.add_argument("--ways", nargs="+", default=[], help="words such as ours, exact, old, splink")
    parser.add_argument("--splink-python", default=sys.executable, help="an interpreter that has Splink")
    parser.add_argument("--keep", type=Path, help="keep the files under this folder")
    parser.add_argument("--json", type=Path, help="write all figures here")
    return parser.parse_args(argv)


def kind_of(seeds: Sequence[int]) -> str:
    looked_at = [seed for seed in seeds if seed in TUNING]
    return "for reporting" if not looked_at else "for tuning" if len(looked_at) == len(seeds) else "mixed"


def measure_scene(
    settings: Settings, seeds: Sequence[int], ways: Sequence[str], args: argparse.Namespace
) -> dict[str, list[Measured]]:
    """Way by way, one measurement a seed."""
    by_way: dict[str, list[Measured]] = {way: [] for way in ways}
    for seed in seeds:
        with tempfile.TemporaryDirectory() as temporary:
            scene = "-".join(f"{key}{value}" for key, value in asdict(replace(settings, seed=seed)).items())
            folder = args.keep / scene if args.keep else Path(temporary)
            write(make(replace(settings, seed=seed)), folder)
            truth = measure.read_truth(folder)
            for way in ways:
                try:
                    by_way[way].append(run.measured(way, folder, truth, args.splink_python))
                except run.Failed as failed:
                    print(f"FAILED, left out: {failed}", flush=True)
    return by_way


def as_json(by_way: dict[str, list[Measured]]) -> dict[str, list[dict[str, object]]]:
    return {way: [asdict(each) for each in all_seeds] for way, all_seeds in by_way.items()}
