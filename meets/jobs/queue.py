"""Waking a worker through Redis. PostgreSQL holds the truth: a worker's look sends a lost wake-up again."""

import logging
from functools import cache

import redis.exceptions
from django.conf import settings
from django.db import transaction
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from rq import Queue
from rq.job import Job

log = logging.getLogger(__name__)

QUEUE = "imports"
# By name: whoever enqueues need not load the pipeline.
JOB = "meets.jobs.run.run_import"
REBUILD_JOB = "meets.jobs.rebuild.run_rebuild"
JOB_TIMEOUT_SECONDS = 24 * 3600
KEEP_FAILURE_SECONDS = 3600


def enqueue_on_commit(import_id: str, attempt: int) -> None:
    """Once the import stands in the database for everyone to see."""
    transaction.on_commit(lambda: enqueue(import_id, attempt))


def enqueue(import_id: str, attempt: int) -> bool:
    """Wake a worker. False when Redis can't be reached; an upload must not fail for that."""
    try:
        push(Queue(QUEUE, connection=_quick_redis()), import_id, attempt)
    except (redis.exceptions.RedisError, OSError) as error:
        log.warning("Import %s waits for Redis (%s); a worker will find it in the database.", import_id, error)
        return False
    return True


def enqueue_rebuild_on_commit(rebuild_id: str, attempt: int) -> None:
    transaction.on_commit(lambda: enqueue_rebuild(rebuild_id, attempt))


def enqueue_rebuild(rebuild_id: str, attempt: int) -> bool:
    """As `enqueue`, for a rebuild of the derived tables."""
    try:
        push_rebuild(Queue(QUEUE, connection=_quick_redis()), rebuild_id, attempt)
    except (redis.exceptions.RedisError, OSError) as error:
        log.warning("Rebuild %s waits for Redis (%s); a worker will find it in the database.", rebuild_id, error)
        return False
    return True


def push(queue: Queue, import_id: str, attempt: int) -> None:
    _push(queue, JOB, import_id, job_id(import_id, attempt), f"import {import_id}")


def push_rebuild(queue: Queue, rebuild_id: str, attempt: int) -> None:
    _push(queue, REBUILD_JOB, rebuild_id, f"rebuild-{rebuild_id}-{attempt}", f"rebuild {rebuild_id}")


def _push(queue: Queue, job: str, key: str, wanted: str, what: str) -> None:
    """The job's id is ours, so that waking twice doesn't make it stand in line twice."""
    if queue.connection.lpos(queue.key, wanted) is not None and Job.exists(wanted, queue.connection):
        return
    queue.enqueue_call(
        job,
        args=(key,),
        job_id=wanted,
        timeout=JOB_TIMEOUT_SECONDS,
        result_ttl=0,
        failure_ttl=KEEP_FAILURE_SECONDS,
        description=what,
    )


def job_id(import_id: str, attempt: int) -> str:
    """`attempt` is the number of attempts so far."""
    return f"import-{import_id}-{attempt}"


@cache
def _quick_redis() -> Redis:
    """A page answers in 200 ms with Redis down as well: short timeouts, one try."""
    return Redis.from_url(
        str(settings.RQ_QUEUES[QUEUE]["URL"]),
        socket_connect_timeout=1,
        socket_timeout=2,
        retry=Retry(NoBackoff(), 0),
    )
