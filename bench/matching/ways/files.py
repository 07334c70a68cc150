import argparse
import csv
from collections.abc import Iterable
from pathlib import Path

Row = dict[str, str]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    return parser.parse_args()


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_pairs(path: Path, pairs: Iterable[tuple[str, str, float]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id1", "id2", "score"))
        writer.writerows(sorted(pairs, key=lambda pair: -pair[2]))
