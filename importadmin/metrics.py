"""What /metrics says, in Prometheus' text format.

Figures come from PostgreSQL at each scrape, so that every web process tells the same and a restart forgets nothing. No
label carries a name of a person, meet or file.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import redis
from django.db import connection

from importadmin import health
from importadmin.health.postgres_parts import longest_transaction, trigger_rows
from importadmin.health.redis_parts import queue_figures

BUCKETS = (0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600)
Labels = Mapping[str, str]

IMPORTS = "SELECT mode, state, count(*) FROM imports GROUP BY 1, 2 ORDER BY 1, 2"
ROWS = """
    SELECT o.key, sum(o.value::bigint) FROM imports i, jsonb_each_text(i.outcomes) o
    WHERE i.state = 'done' AND i.mode = 'import' GROUP BY 1 ORDER BY 1"""
CASES = "SELECT kind, status, count(*) FROM cases GROUP BY 1, 2 ORDER BY 1, 2"
DURATIONS = f"""
    SELECT mode, coalesce(sum(seconds), 0), count(*),
           {", ".join(f"count(*) FILTER (WHERE seconds <= {bound})" for bound in BUCKETS)}
    FROM imports WHERE state = 'done' AND seconds IS NOT NULL GROUP BY 1 ORDER BY 1"""  # noqa: S608
STAGES = """
    SELECT s->>'name', coalesce(sum((s->>'seconds')::float), 0), count(*)
    FROM imports i, jsonb_array_elements(i.stages) s
    WHERE i.state = 'done' AND i.mode = 'import' GROUP BY 1 ORDER BY 1"""
WAITING = """
    SELECT coalesce(max(extract(epoch FROM clock_timestamp() - created_at)), 0)::float
    FROM imports WHERE state = 'queued'"""
SIZES = """
    SELECT pg_database_size(current_database()),
           (SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'public.results'::regclass)"""


@dataclass(frozen=True)
class Metric:
    name: str
    kind: str
    says: str
    # (suffix of the name, labels, value)
    samples: list[tuple[str, Labels, float]] = field(default_factory=list)

    def add(self, value: float, suffix: str = "", **labels: str) -> None:
        self.samples.append((suffix, labels, value))

    def lines(self) -> Iterator[str]:
        yield f"# HELP {self.name} {self.says}"
        yield f"# TYPE {self.name} {self.kind}"
        for suffix, labels, value in self.samples:
            told = ",".join(f"{key}={json.dumps(text, ensure_ascii=False)}" for key, text in labels.items())
            yield f"{self.name}{suffix}{'{' + told + '}' if told else ''} {value}"


def text() -> str:
    parts = health.all_parts()
    found = [_of_parts(parts), *_of_redis()]
    # PostgreSQL is the first of them.
    if parts[0].ok is not False:
        found += [*_of_imports(), *_of_database()]
    return "\n".join(line for metric in found for line in metric.lines()) + "\n"


def _of_parts(parts: list[health.Part]) -> Metric:
    metric = Metric(
        "importadmin_part_ok", "gauge", "1 where a part works, 0.5 where somebody should look, 0 if it fails."
    )
    for part in parts:
        metric.add({True: 1.0, None: 0.5, False: 0.0}[part.ok], part=part.key)
    return metric


def _of_imports() -> Iterable[Metric]:
    imports = Metric("importadmin_imports", "gauge", "Imports by mode and state.")
    for mode, state, number in _query(IMPORTS):
        imports.add(number, mode=mode, state=state)
    rows = Metric("importadmin_import_rows_total", "counter", "Lines of results.csv by outcome, at the import's end.")
    for outcome, number in _query(ROWS):
        rows.add(int(number), outcome=outcome)
    cases = Metric("importadmin_cases", "gauge", "Questions for reviewers by kind and status.")
    for kind, status, number in _query(CASES):
        cases.add(number, kind=kind, status=status)
    took = Metric("importadmin_import_duration_seconds", "histogram", "From the claim to the end, of imports done.")
    for mode, total, number, *counts in _query(DURATIONS):
        for bound, count in zip(BUCKETS, counts, strict=True):
            took.add(count, "_bucket", mode=mode, le=f"{bound:g}")
        took.add(number, "_bucket", mode=mode, le="+Inf")
        took.add(float(total), "_sum", mode=mode)
        took.add(number, "_count", mode=mode)
    stages = Metric("importadmin_import_stage_seconds", "summary", "Time spent in each stage, of imports done.")
    for stage, total, number in _query(STAGES):
        stages.add(float(total), "_sum", stage=stage)
        stages.add(number, "_count", stage=stage)
    waiting = Metric("importadmin_oldest_waiting_import_seconds", "gauge", "How long the oldest import has waited.")
    waiting.add(float(_query(WAITING)[0][0]))
    yield from (imports, rows, cases, took, stages, waiting)


def _of_database() -> Iterable[Metric]:
    (size, results), longest = _query(SIZES)[0], longest_transaction()
    for name, says, value in (
        ("importadmin_database_bytes", "Size of the database.", size),
        ("importadmin_results", "Results in the database, as its statistics have them.", results),
        ("importadmin_longest_transaction_seconds", "Age of the oldest open one.", longest[0] if longest else 0.0),
        ("importadmin_triggers_off", "Triggers on the site's tables.", sum(not row["on"] for row in trigger_rows())),
    ):
        metric = Metric(name, "gauge", says)
        metric.add(value)
        yield metric


def _of_redis() -> Iterable[Metric]:
    jobs = Metric("importadmin_queue_jobs", "gauge", "Jobs in Redis by queue and state.")
    try:
        for queue, figures in queue_figures().items():
            for state, number in figures.items():
                jobs.add(number, queue=queue, state=state)
    except (redis.RedisError, OSError):
        return
    yield jobs


def _query(statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())
