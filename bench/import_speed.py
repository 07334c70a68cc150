"""What an import costs, side by side with the plainest way and with others' ways.

    python bench/import_speed.py --results 10000 --runs 5 --older 0 1000000 --compare

The floor is a COPY of the same results, bytes ready-made, into the same indexed table, in the same run: absolute
times are noise, so look at the multiples. Every single measurement gets a fresh clone of one prepared database.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "importadmin.settings")

import django  # noqa: E402

Timed = dict[str, list[float]]
Stages = list[dict[str, Any]]

STATE, FLOOR, RUN = "importadmin_bench_state", "importadmin_bench_floor", "importadmin_bench_run"


def main() -> None:
    args = arguments()
    django.setup()
    import logging

    from django.conf import settings

    from importadmin.servers import Servers

    logging.getLogger().setLevel(logging.ERROR)
    started = Servers(settings.IMPORTADMIN_ENV).ensure_all()
    try:
        found = [measure(args, results, older) for results in args.results for older in args.older]
    finally:
        clean_up()
        if started:
            Servers(settings.IMPORTADMIN_ENV).stop(started)
    if args.json:
        print(json.dumps(found, indent=2))


def say(text: str) -> None:
    """To a person; with --json the JSON alone goes to standard output."""
    print(text, file=sys.stderr if "--json" in sys.argv else sys.stdout, flush=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--results", type=int, nargs="+", default=[10_000])
    parser.add_argument("--older", type=int, nargs="+", default=[20_000], help="older results in the database")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--compare", action="store_true", help="bulk_create, import-export and rows as well")
    parser.add_argument("--no-memory", action="store_true", help="leave out the run through a worker process")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON at the end")
    return parser.parse_args()


def clean_up() -> None:
    from bench import databases

    for name in (RUN, FLOOR, STATE):
        databases.drop(name)


def measure(args: argparse.Namespace, results: int, older: int) -> dict[str, Any]:
    from django.conf import settings

    from bench import data, databases, ways

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        settings.MEDIA_ROOT = out / "uploads"
        say(f"\n{results:,} results into a database of {older:,} older ones")
        databases.make(STATE)
        scene = data.fill(data.bundle(out / "made", results), older)
        bundle = receive(scene.folder)
        databases.clone(STATE, FLOOR)
        rows = data.add_identities(scene)
        ways.write_copy_bytes(rows, out / "ready")
        say(f"  {len(rows):,} lines have a time; {len(scene.known):,} of {len(scene.people):,} people are known")
        for index in databases.indexes("results"):
            say(f"  {index}")
        if not args.compare:
            rows = []
        timed, stages = runs_of(args.runs, bundle, out / "ready")
        if args.compare:
            timed |= others(args.runs, rows)
        figures: dict[str, Any] = {"results": results, "older": older, "runs": args.runs}
        figures |= table(timed, stages)
        if not args.no_memory:
            figures["memory"] = memory(bundle)
        return figures


def runs_of(runs: int, bundle: Any, ready: Path) -> tuple[Timed, list[Stages]]:
    """Floor and import by turns, so that what else the machine does falls on both."""
    from bench import databases, ways

    timed: Timed = {"floor (COPY)": [], "our import": []}
    stages: list[Stages] = []
    for run in range(runs):
        timed["floor (COPY)"].append(timed_in(FLOOR, lambda: ways.floor(ready)))
        databases.clone(STATE, RUN)
        seconds, import_ = pipeline(bundle)
        timed["our import"].append(seconds)
        stages.append(import_.stages)
        if run == 0:
            say(f"  outcomes: {import_.outcomes}")
    return timed, stages


def others(runs: int, rows: Sequence[Any]) -> Timed:
    """The ways that others go. The slow ones once: their noise is nothing against what they take."""
    from bench import ways

    timed: Timed = {
        "Django bulk_create": [timed_in(FLOOR, lambda: ways.bulk_create(rows)) for _ in range(runs)],
        "row by row": [timed_in(FLOOR, lambda: ways.row_by_row(rows))],
    }
    slowest = timed_in(FLOOR, lambda: ways.import_export(rows))
    if slowest is None:
        say("  django-import-export is not installed: left out")
    else:
        timed["django-import-export"] = [slowest]
    return timed


def memory(bundle: Any) -> dict[str, Any]:
    from bench import databases
    from bench.worker import peak_memory

    databases.clone(STATE, RUN)
    found = peak_memory(bundle)
    say(
        f"  worker and child, at their peak: {found['rss_mb']} MB RSS ({found['pss_mb']} MB with what both share "
        f"counted once); the import ended as {found['state']} {found['failure']}"
    )
    return found


def receive(folder: Path) -> Any:
    """Put the bundle into storage, as an upload does; its id."""
    from django.db import connection

    from meets.actions.receive_bundle import receive_path

    received = receive_path(folder)
    bundle = (received[0] if isinstance(received, list) else received).pk
    connection.close()
    return bundle


def timed_in(template: str, way: Any) -> Any:
    from bench import databases

    databases.clone(template, RUN)
    return way()


def pipeline(bundle_id: Any) -> tuple[float, Any]:
    """From the claim to the commit: what a worker's child runs."""
    from meets.actions.start_import import start_import
    from meets.jobs.run import run_import
    from meets.models import Bundle, Import, Mode, State

    import_ = start_import(bundle=Bundle.objects.get(pk=bundle_id), mode=Mode.IMPORT, enqueue=False)
    began = time.perf_counter()
    run_import(str(import_.pk))
    seconds = time.perf_counter() - began
    import_ = Import.objects.get(pk=import_.pk)
    if import_.state != State.DONE:
        raise SystemExit(f"The import ended as {import_.state}: {import_.failure or import_.questions}")
    return seconds, import_


def table(timed: Timed, stages: list[Stages]) -> dict[str, Any]:
    floor = statistics.median(timed["floor (COPY)"])
    ways = {}
    for name, seconds in timed.items():
        middle = statistics.median(seconds)
        ways[name] = {"seconds": seconds, "median": middle, "times_floor": round(middle / floor, 2)}
        runs = " ".join(f"{s:.3f}" for s in seconds)
        say(f"  {name:24} {middle:9.3f} s {middle / floor:7.2f} x floor   ({runs})")
    middles = {}
    for name in [stage["name"] for stage in stages[0]]:
        each = [s["seconds"] for run in stages for s in run if s["name"] == name]
        middles[name] = statistics.median(each)
        say(f"      {name:20} {middles[name]:9.3f} s {middles[name] / floor:7.2f} x floor")
    return {"ways": ways, "stages": middles}


if __name__ == "__main__":
    main()
