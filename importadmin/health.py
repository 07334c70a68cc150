"""How the servers are, asked quickly enough for a page: a dead one costs half a second, not the page."""

import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import redis
from django.conf import settings
from django.db import Error, connection
from redis.backoff import NoBackoff
from redis.retry import Retry
from rq import Worker

QUICK_SECONDS = 0.5
LOW_DISK_BYTES = 2 * 1024**3


@dataclass(frozen=True)
class Part:
    """One line of the System page. `ok` None: it works, but somebody should look."""

    name: str
    ok: bool | None
    says: str
    remedy: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


def all_parts() -> list[Part]:
    return [postgresql(), *redis_and_workers(), disk()]


def postgresql() -> Part:
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('server_version'), pg_database_size(current_database()),"
                " (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()),"
                " current_setting('max_connections')::int, pg_postmaster_start_time() AT TIME ZONE 'UTC'"
            )
            version, size, used, allowed, since = cursor.fetchone()
    except Error as error:
        return Part("PostgreSQL", False, "does not answer", "Start it; everything waits for it.", {"Error": str(error)})
    facts = {"Version": version, "Size": size_words(size), "Connections": f"{used} of {allowed}"}
    facts["Up since"] = f"{since:%d %b %Y %H:%M} UTC"
    crowded = used > allowed * 0.8
    return Part("PostgreSQL", None if crowded else True, "nearly all connections are taken" if crowded else "works",
                "Stop workers or raise max_connections." if crowded else "", facts)  # fmt: skip


def redis_and_workers() -> list[Part]:
    client = _quick_client()
    try:
        info = client.info("server")
        waiting = client.llen("rq:queue:imports")
        workers = [_worker(worker) for worker in Worker.all(connection=client)]
    except (redis.RedisError, OSError) as error:
        why = {"Error": str(error)}
        return [
            Part("Redis", False, "does not answer", "Start it. Uploads are taken meanwhile and run afterwards.", why),
            Part("Workers", None, "can't be asked without Redis"),
        ]
    facts = {"Version": info.get("valkey_version") or info.get("redis_version"), "Waiting jobs": waiting}
    alive = [worker for worker in workers if worker["fresh"]]
    return [Part("Redis", True, "works", "", facts), _workers_part(alive)]


def _workers_part(alive: list[dict[str, Any]]) -> Part:
    if not alive:
        remedy = "Start one with “manage.py worker”. Imports wait until then."
        return Part("Workers", False, "none is running", remedy)
    facts = {worker["name"]: f"{worker['state']}, seen {worker['seen']:%H:%M:%S} UTC" for worker in alive}
    return Part("Workers", True, f"{len(alive)} running", "", facts)


def _worker(worker: Worker) -> dict[str, Any]:
    seen = worker.last_heartbeat or datetime.fromtimestamp(0, UTC)
    seen = seen if seen.tzinfo else seen.replace(tzinfo=UTC)
    # A worker that was killed stays listed until its key runs out; its heartbeat tells.
    fresh = (datetime.now(UTC) - seen).total_seconds() < (worker.worker_ttl or 420) + 60
    return {"name": worker.name, "state": str(getattr(worker.get_state(), "value", worker.get_state())),
            "seen": seen, "fresh": fresh}  # fmt: skip


def disk() -> Part:
    folder = settings.DATA_DIR
    while not folder.exists():
        folder = folder.parent
    total, _used, free = shutil.disk_usage(folder)
    says = f"{size_words(free)} free of {size_words(total)}"
    if free < LOW_DISK_BYTES:
        return Part("Disk", None, says, "Make room: an import needs about five times the size of its files.")
    return Part("Disk", True, says)


def size_words(size: float) -> str:
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit in ("B", "kB") else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"


def _quick_client() -> redis.Redis:
    url = str(settings.RQ_QUEUES["imports"]["URL"])
    return redis.Redis.from_url(
        url, socket_timeout=QUICK_SECONDS, socket_connect_timeout=QUICK_SECONDS, retry=Retry(NoBackoff(), 0)
    )
