"""Every way on the same files, each in a process of its own with its time and peak memory."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bench.matching import measure
from bench.matching.measure import AtDefaults, Curve, Truth
from bench.memory import Peaks

ROOT = Path(__file__).resolve().parents[2]
OURS = "link_people (ours)"
EXACT_NAMES, EXACT_FIELDS, OLD_RULE, SPLINK = "exact names", "exact names and fields", "the old rule", "Splink"
MODULES = {EXACT_NAMES: "exact_names", EXACT_FIELDS: "exact_fields", OLD_RULE: "old_rule", SPLINK: "splink_linker"}
ByKind = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Measured:
    """seconds: wall clock from start to end of the process, its imports included; cpu_seconds: of all its threads, for
    machines that are busy with other things too; peak_mb: RSS, sampled every 20 ms."""

    way: str
    curve: Curve
    seconds: float
    cpu_seconds: float
    peak_mb: float
    kinds_at_best: ByKind
    kinds_at_safe: ByKind
    defaults: AtDefaults | None = None


class Failed(Exception):
    pass


def command(way: str, folder: Path, python: str) -> list[str]:
    files = [str(folder / "first.csv"), str(folder / "second.csv"), "--out", str(pairs_file(way, folder))]
    if way == OURS:
        outcomes = ["--outcomes", str(folder / "outcomes.csv")] if has_outcomes() else []
        return [sys.executable, "manage.py", "link_people", *files, *outcomes]
    interpreter = python if way == SPLINK else sys.executable
    return [interpreter, "-m", f"bench.matching.ways.{MODULES[way]}", *files]


def pairs_file(way: str, folder: Path) -> Path:
    return folder / f"pairs-{MODULES.get(way, 'ours')}.csv"


@cache
def has_outcomes() -> bool:
    """Whether link_people here tells outcomes; without them nothing is said of the default thresholds."""
    usage = [sys.executable, "manage.py", "link_people", "--help"]
    return "--outcomes" in subprocess.run(usage, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def has_splink(python: str) -> bool:
    return subprocess.run([python, "-c", "import splink"], capture_output=True).returncode == 0


def measured(way: str, folder: Path, truth: Truth, python: str) -> Measured:
    """Raises Failed with the end of what the program said."""
    said = folder / "said.txt"
    began, used = time.perf_counter(), _children()
    with (
        said.open("w") as output,
        subprocess.Popen(
            command(way, folder, python),
            cwd=ROOT,
            stdout=output,
            stderr=output,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
        ) as process,
    ):
        peaks = Peaks(process.pid)
        process.wait()
        seconds = time.perf_counter() - began
        peaks.stop()
    if process.returncode:
        raise Failed(f"{way}: {said.read_text()[-1500:]}")
    pairs = measure.read_pairs(pairs_file(way, folder))
    curve = measure.curve(pairs, truth)
    return Measured(
        way=way,
        curve=curve,
        seconds=seconds,
        cpu_seconds=_children() - used,
        peak_mb=peaks.rss_sum / 1024,
        kinds_at_best=measure.recall_by_kind(pairs, truth, curve.best_cut),
        kinds_at_safe=measure.recall_by_kind(pairs, truth, _cut(curve)),
        defaults=measure.at_defaults(folder / "outcomes.csv", truth) if way == OURS and has_outcomes() else None,
    )


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _cut(curve: Curve) -> float:
    return float("inf") if curve.safe_cut is None else curve.safe_cut


def ways(chosen: Sequence[str], python: str) -> list[str]:
    """The chosen ways that can run here; all by default."""
    names = [way for way in (OURS, *MODULES) if not chosen or any(word in way.lower() for word in chosen)]
    return [way for way in names if way != SPLINK or has_splink(python)]
