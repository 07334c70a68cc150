"""What a rebuild of all five derived tables costs, and whom it keeps waiting.

    python bench/derived.py --results 1000000

One tenth of the results get another time behind the triggers' back. Then the rebuild runs as the page runs it: the
difference, its approval, the writing. All through it readers look into the five tables by key and a writer adds
results; the longest that each had to wait is told, beside the longest without a rebuild (the machine's own noise).
At the end, a rebuild of what is right: it must write nothing. And the refresh that follows an import of 10,000 results,
into a small database and into this one.
"""

import argparse
import json
import multiprocessing
import os
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "importadmin.settings")

import django  # noqa: E402

STATE, RUN = "importadmin_bench_state", "importadmin_bench_run"
READS = {
    "results": "SELECT id, normalized_time_cs FROM public.results WHERE athlete_id = %s",
    "athlete_best_times": "SELECT * FROM public.athlete_best_times WHERE athlete_id = %s",
    "course_records": "SELECT * FROM public.course_records WHERE course_id = %s ORDER BY gender, rank",
    "school_hall_of_fame": "SELECT * FROM public.school_hall_of_fame WHERE school_id = %s ORDER BY gender, rank",
    "school_course_records": "SELECT * FROM public.school_course_records WHERE school_id = %s",
}
KEYS = {"results": "athletes", "athlete_best_times": "athletes", "course_records": "courses"}
NEVER_EMPTY = "SELECT EXISTS (SELECT FROM public.{})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--results", type=int, default=1_000_000)
    parser.add_argument("--no-import", action="store_true", help="leave out the refresh after an import")
    args = parser.parse_args()
    django.setup()
    from django.conf import settings

    from importadmin.servers import Servers

    started = Servers(settings.IMPORTADMIN_ENV).ensure_all()
    try:
        found = measure(args.results)
        if not args.no_import:
            found["refresh after an import of 10,000"] = [refresh(older) for older in (10_000, args.results)]
        print(json.dumps(found, indent=2))
    finally:
        from bench import databases

        for name in (RUN, STATE):
            databases.drop(name)
        if started:
            Servers(settings.IMPORTADMIN_ENV).stop(started)


def measure(results: int) -> dict[str, Any]:
    from bench import data, databases

    with tempfile.TemporaryDirectory() as folder:
        databases.make(STATE)
        data.fill(data.bundle(Path(folder) / "made", 1_000), results)
    found: dict[str, Any] = {"results": results}
    with watched() as watch:
        time.sleep(5)
    found["without a rebuild"] = watch
    damage()
    with watched() as watch:
        found["rebuild"] = rebuild()
    found["rebuild"] |= {"while it ran": watch}
    before = versions()
    found["rebuild of what is right"] = rebuild()
    found["rows written when nothing differs"] = sum(before[name] != now for name, now in versions().items())
    began = time.perf_counter()
    found["the site's own functions, nothing to do"] = functions()
    found["the site's own functions, seconds"] = round(time.perf_counter() - began, 2)
    return found


def damage() -> None:
    from importadmin.database import connect

    with connect() as conn:
        conn.execute("SET LOCAL importadmin.bulk = 'on'")
        conn.execute("UPDATE public.results SET time_cs = time_cs - 700 WHERE abs(hashtext(id::text)) % 10 = 0")
    with connect(autocommit=True) as conn:
        conn.execute("VACUUM ANALYZE")


def rebuild() -> dict[str, Any]:
    """As the page and the worker do it, in this process."""
    from meets.actions.rebuild_derived import approve_rebuild, start_rebuild
    from meets.derived_tables import BY_NAME
    from meets.jobs.rebuild import run_rebuild

    run = start_rebuild(names=BY_NAME, user=None, enqueue=False)
    run_rebuild(str(run.pk))
    run.refresh_from_db()
    if run.state == "waiting":
        approve_rebuild(rebuild_id=run.pk, user=None, enqueue=False)
        run_rebuild(str(run.pk))
        run.refresh_from_db()
    told = {name: part["changed"] for name, part in run.difference.items()}
    seconds = {"difference": run.compute_seconds, "writing": run.apply_seconds, "both": run.seconds}
    seconds["writing, by table"] = {stage["name"]: stage["seconds"] for stage in run.stages}
    return {"state": run.state, "note": run.note, "differs": told, "written": run.applied, "seconds": seconds}


def functions() -> dict[str, int]:
    from importadmin.database import connect
    from meets.derived_tables import TABLES

    with connect() as conn:
        return {d.name: (conn.execute(f"SELECT public.{d.function}()").fetchone() or (0,))[0] for d in TABLES}


def versions() -> dict[str, Any]:
    from importadmin.database import connect

    with connect() as conn:
        written = "sum(hashtextextended(xmin::text || ctid::text || id::text, 0)::numeric)"
        return {table: conn.execute(f"SELECT count(*), {written} FROM public.{table}").fetchone() for table in READS}


@contextmanager
def watched() -> Any:
    """Readers and a writer in a process of their own, so that Python here doesn't make them wait."""
    from django.db import connection

    watch: dict[str, Any] = {}
    connection.close()
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=watch_until_told, args=(there, connection.settings_dict["NAME"])
    )
    process.start()
    here.recv()
    yield watch
    here.send("stop")
    watch |= here.recv()
    process.join()


def watch_until_told(pipe: Any, database: str) -> None:
    django.setup()
    from bench import databases

    databases.use(database)
    stop = threading.Event()
    told: dict[str, Any] = {}
    threads = [threading.Thread(target=read, args=(table, stop, told)) for table in READS]
    threads += [threading.Thread(target=write, args=(stop, told)), threading.Thread(target=locks, args=(stop, told))]
    for thread in threads:
        thread.start()
    pipe.send("ready")
    pipe.recv()
    stop.set()
    for thread in threads:
        thread.join()
    pipe.send(told)


def read(table: str, stop: threading.Event, told: dict[str, Any]) -> None:
    from importadmin.database import connect

    longest, reads, empty = 0.0, 0, 0
    with connect(autocommit=True, application_name="bench reader") as conn:
        query = f"SELECT id FROM public.{KEYS.get(table, 'schools')} ORDER BY id LIMIT 500"
        keys = [row[0] for row in conn.execute(query)]
        while not stop.is_set():
            began = time.perf_counter()
            conn.execute(READS[table], [keys[reads % len(keys)]]).fetchall()
            longest = max(longest, time.perf_counter() - began)
            if reads % 20 == 0:
                empty += not (conn.execute(NEVER_EMPTY.format(table)).fetchone() or (False,))[0]
            reads += 1
            time.sleep(0.005)
    told[f"reads of {table}"] = {"reads": reads, "longest_ms": round(longest * 1000, 1), "found it empty": empty}


def write(stop: threading.Event, told: dict[str, Any]) -> None:
    """A new runner with a result on a course of its own, through the triggers, again and again."""
    from importadmin.database import connect

    longest, writes = 0.0, 0
    with connect(application_name="bench writer") as conn:
        place = f"Writer's {time.time_ns()}"
        venue = _add(conn, "venues", name=place)
        course = _add(conn, "courses", name=place, venue_id=venue, distance_meters=5000, difficulty_rating=1)
        meet = _add(conn, "meets", name=place, meet_date="2025-10-11", season_year=2025)
        race = _add(conn, "races", meet_id=meet, course_id=course, name="Race", gender="M", distance_meters=5000)
        school = _add(conn, "schools", name=place)
        conn.commit()
        while not stop.is_set():
            began = time.perf_counter()
            runner = _add(conn, "athletes", school_id=school, name=f"Ana W{time.time_ns()}", grad_year=2026, gender="M")
            _add(
                conn, "results", athlete_id=runner, meet_id=meet, race_id=race, time_cs=99_000 + writes,
                data_source="scraper",
            )  # fmt: skip
            conn.commit()
            longest, writes = max(longest, time.perf_counter() - began), writes + 1
            time.sleep(0.05)
    told["writer"] = {"writes": writes, "longest_ms": round(longest * 1000, 1)}


def _add(conn: Any, table: str, **values: Any) -> Any:
    marks = ", ".join(["%s"] * len(values))
    query = f"INSERT INTO public.{table} ({', '.join(values)}) VALUES ({marks}) RETURNING id"
    return conn.execute(query, list(values.values())).fetchone()[0]


def locks(stop: threading.Event, told: dict[str, Any]) -> None:
    """Whether a reader ever waits for a lock: what is left of a long read is the machine's doing."""
    from importadmin.database import connect

    seen, looks = 0, 0
    with connect(autocommit=True, application_name="bench locks") as conn:
        while not stop.is_set():
            waiting = "application_name = 'bench reader' AND wait_event_type = 'Lock'"
            query = f"SELECT count(*) FROM pg_stat_activity WHERE {waiting}"
            seen += (conn.execute(query).fetchone() or (0,))[0]
            looks += 1
            time.sleep(0.01)
    told["readers seen waiting for a lock"] = f"{seen} in {looks} looks"


def refresh(older: int) -> dict[str, Any]:
    """The refresh stage of an import of 10,000 results, and the keys that it touched."""
    from bench import data, databases
    from bench.import_speed import pipeline, receive

    with tempfile.TemporaryDirectory() as folder:
        from django.conf import settings

        settings.MEDIA_ROOT = Path(folder) / "uploads"
        databases.make(STATE)
        scene = data.fill(data.bundle(Path(folder) / "made", 10_000), older)
        bundle = receive(scene.folder)
        runs = []
        for _ in range(3):
            databases.clone(STATE, RUN)
            _, import_ = pipeline(bundle)
            runs.append(next(s["seconds"] for s in import_.stages if s["name"] == "refresh"))
        databases.use(STATE)
    return {"older": older, "refresh_seconds": runs, "rows changed": import_.report["derived"]}


if __name__ == "__main__":
    main()
