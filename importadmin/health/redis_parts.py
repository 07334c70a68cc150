"""Redis, its queues, and the workers with what each of them runs."""

from datetime import UTC, datetime
from typing import Any

import redis
from django.conf import settings
from django.db import Error, connection
from redis.backoff import NoBackoff
from redis.retry import Retry
from rq import Queue, Worker

from importadmin.health.part import Part, size_words, time_words

QUICK_SECONDS = 0.5
# Only imports are for workers to hold; PostgreSQL knows who holds which.
HELD = """
    SELECT i.worker, b.name, i.stage, extract(epoch FROM clock_timestamp() - i.started_at)::float, i.id::text
    FROM imports i JOIN bundles b ON b.id = i.bundle_id WHERE i.state = 'running'"""


def redis_and_workers() -> list[Part]:
    client = _quick_client()
    try:
        info = client.info()
        queues = queue_figures(client)
        workers = [_worker(worker) for worker in Worker.all(connection=client)]
    except (redis.RedisError, OSError) as error:
        why = {"Error": str(error)}
        return [
            Part("Redis", False, "does not answer", "Start it. Uploads are taken meanwhile and run afterwards.", why),
            Part("Queues", None, "can't be asked without Redis"),
            Part("Workers", None, "can't be asked without Redis"),
        ]
    facts = {"Version": info.get("valkey_version") or info.get("redis_version")}
    facts["Memory"] = size_words(float(info.get("used_memory", 0)))
    alive = [worker for worker in workers if worker["fresh"]]
    return [Part("Redis", True, "works", "", facts), _queues_part(queues), _workers_part(alive)]


def queue_figures(client: redis.Redis | None = None) -> dict[str, dict[str, int]]:
    """{queue: {waiting, running, failed, scheduled}} as Redis has them."""
    client = client or _quick_client()
    figures = {}
    for name in settings.RQ_QUEUES:
        queue = Queue(name, connection=client)
        with client.pipeline() as pipe:
            pipe.llen(queue.key)
            for registry in (queue.started_job_registry, queue.failed_job_registry, queue.scheduled_job_registry):
                pipe.zcard(registry.key)
            figures[name] = dict(zip(("waiting", "running", "failed", "scheduled"), pipe.execute(), strict=True))
    return figures


def workers_alive(seconds: float = 60.0) -> list[str]:
    """Names of the workers that gave a sign of life within so many seconds; they do every few, busy or not."""
    now = datetime.now(UTC)
    told = [_worker(worker) for worker in Worker.all(connection=_quick_client())]
    return [worker["name"] for worker in told if (now - worker["seen"]).total_seconds() < seconds]


def _queues_part(queues: dict[str, dict[str, int]]) -> Part:
    facts = {
        name: ", ".join(f"{number} {state}" for state, number in figures.items() if number) or "empty"
        for name, figures in queues.items()
    }
    waiting = sum(figures["waiting"] for figures in queues.values())
    return Part("Queues", True, f"{waiting} waiting" if waiting else "nothing waits", "", facts)


def _workers_part(alive: list[dict[str, Any]]) -> Part:
    if not alive:
        remedy = "Start one with “manage.py worker”. Imports wait until then."
        return Part("Workers", False, "none is running", remedy)
    held = _held()
    facts = {worker["name"]: held.get(worker["name"]) or _idle(worker) for worker in alive}
    return Part("Workers", True, f"{len(alive)} running", "", facts)


def _idle(worker: dict[str, Any]) -> str:
    return f"{worker['state']}, seen {worker['seen']:%H:%M:%S} UTC"


def _held() -> dict[str, str]:
    """{worker: what it runs}; of imports by the database, since Redis may have been flushed."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(HELD)
            return {
                worker: f"imports {name}, {stage or 'begins'}, for {time_words(max(0.0, seconds or 0.0))}"
                for worker, name, stage, seconds, _id in cursor.fetchall()
            }
    except Error:
        return {}


def _worker(worker: Worker) -> dict[str, Any]:
    seen = worker.last_heartbeat or datetime.fromtimestamp(0, UTC)
    seen = seen if seen.tzinfo else seen.replace(tzinfo=UTC)
    # A worker that was killed stays listed until its key runs out; its heartbeat tells.
    fresh = (datetime.now(UTC) - seen).total_seconds() < (worker.worker_ttl or 420) + 60
    return {"name": worker.name, "state": str(getattr(worker.get_state(), "value", worker.get_state())),
            "seen": seen, "fresh": fresh}  # fmt: skip


def _quick_client() -> redis.Redis:
    url = str(settings.RQ_QUEUES["imports"]["URL"])
    return redis.Redis.from_url(
        url, socket_timeout=QUICK_SECONDS, socket_connect_timeout=QUICK_SECONDS, retry=Retry(NoBackoff(), 0)
    )
