"""RQ's worker, which forks a child for each job, with a look into PostgreSQL every few seconds.

Redis only wakes it. Whatever Redis forgets, PostgreSQL knows: queued imports are woken for again, imports whose worker
died are taken back. RQ gives up when Redis is away at the wrong moment; `work_for_ever` begins anew then.
"""

import gc
import logging
import os
import socket
import time
import uuid
from contextlib import suppress
from types import FrameType
from typing import Any

import psycopg
import redis.exceptions
from django.conf import settings
from django.db import connections
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from rq import Queue, Worker, worker_registration
from rq.exceptions import StopRequested
from rq.executions import Execution
from rq.job import Job

from importadmin.servers import ServerProblem
from meets.jobs import sweep
from meets.jobs.queue import QUEUE, push, push_rebuild
from meets.jobs.run import WORKER_NAME

log = logging.getLogger(__name__)

LOOK_SECONDS = 5.0
WAIT_SECONDS = 2
LONGEST_BACKOFF_SECONDS = 5.0
# So many looks in a row may find that the child's import isn't its own: it may be about to claim, or just done.
LOOKS_UNTIL_KILLED = 3

_AWAY = (redis.exceptions.RedisError, OSError)


class ImportWorker(Worker):
    max_connection_wait_time = LONGEST_BACKOFF_SECONDS
    log_result_lifespan = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stop_wanted = False
        self._next_look = 0.0
        self._running: str | None = None
        self._strange_looks = 0
        self._horse_status: int | None = 0

    @property
    def dequeue_timeout(self) -> int:
        """Short, since between two waits is when we look."""
        return WAIT_SECONDS

    def subscribe(self) -> None:
        """No thread that listens for RQ's remote commands: an import is cancelled in PostgreSQL, and a thread in a
        process that forks is asking for trouble."""

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        self.stop_wanted = True
        super().request_stop(signum, frame)

    def set_shutdown_requested_date(self) -> None:
        """Called by the signal handler while we wait for the child: Redis being away must not end that wait."""
        with suppress(*_AWAY):
            super().set_shutdown_requested_date()

    def heartbeat(self, timeout: int | None = None, pipeline: Any = None) -> None:
        """RQ beats before each wait and while a child runs: our moment to look as well."""
        if not self.is_horse:
            self.look()
        super().heartbeat(timeout, pipeline)

    def look(self) -> None:
        if time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + LOOK_SECONDS
        try:
            found = sweep.sweep()
            self._end_stalled_child(found.expired)
        except (psycopg.Error, ServerProblem) as error:
            log.warning("PostgreSQL can't be looked into: %s", error)
            return
        try:
            self._register_again()
            for import_id, attempt in found.waiting:
                push(self.queues[0], import_id, attempt)
            for rebuild_id, attempt in found.rebuilds:
                push_rebuild(self.queues[0], rebuild_id, attempt)
        except _AWAY as error:
            waiting = len(found.waiting) + len(found.rebuilds)
            log.warning("Redis is away, %s queued import(s) and rebuild(s) wait for it: %s", waiting, error)

    def _register_again(self) -> None:
        """A flushed Redis has forgotten us, and the system page would say that no worker runs."""
        if self.birth_date and not self.connection.hexists(self.key, "birth"):
            with self.connection.pipeline() as pipeline:
                pipeline.hset(self.key, mapping={**self.serialize(), "state": self.get_state()})
                worker_registration.register(self, pipeline)
                pipeline.expire(self.key, self.worker_ttl + 60)
                pipeline.execute()

    def _end_stalled_child(self, expired: list[str]) -> None:
        """A child that lost its import can't commit any more. Stopped or hanging, it would only be in our way."""
        if not self._running or not self.horse_pid:
            return
        held = sweep.holds(self.name, self._running)
        self._strange_looks = 0 if held else self._strange_looks + 1
        if self._running in expired or self._strange_looks >= LOOKS_UNTIL_KILLED:
            log.warning("The child %s lost import %s and doesn't end: killed.", self.horse_pid, self._running)
            self.kill_horse()

    def fork_work_horse(self, job: Job, queue: Queue) -> None:
        connections.close_all()
        # A scheduled job has no row of its own yet: it makes one.
        self._running, self._strange_looks = (str(job.args[0]) if job.args else None), 0
        # The child's garbage collector would touch, and so copy, every page that it shares with us.
        gc.collect()
        gc.freeze()
        super().fork_work_horse(job, queue)

    def wait_for_horse(self) -> tuple[Any, Any, Any]:
        pid, self._horse_status, usage = super().wait_for_horse()
        return pid, self._horse_status, usage

    def maintain_heartbeats(self, job: Job, execution: Execution) -> None:
        """Every few seconds while the child runs. Redis away is no reason to leave the child alone."""
        self.look()
        try:
            super().maintain_heartbeats(job, execution)
        except _AWAY as error:
            log.warning("Redis is away while import %s runs: %s", self._running, error)

    def monitor_work_horse(self, job: Job, queue: Queue, execution: Execution) -> None:
        try:
            super().monitor_work_horse(job, queue, execution)
        except _AWAY as error:
            # The child has ended and said so in PostgreSQL; only RQ's own notes are lost.
            log.warning("Redis was away when import %s ended: %s", self._running, error)
        finally:
            self._running = None
            if self._horse_status != os.EX_OK:
                release(self.name)
                self._next_look = 0.0


def release(name: str) -> None:
    try:
        sweep.release(name)
    except (psycopg.Error, ServerProblem) as error:
        log.warning("PostgreSQL can't be told that a child died; its lease will expire: %s", error)


def work_for_ever(*, burst: bool = False) -> None:
    """Until a signal says stop. RQ's loop ends whenever Redis was away at the wrong moment; ours begins it again."""
    backoff = 1.0
    while True:
        began = time.monotonic()
        try:
            if _work_until_it_breaks(burst) or burst:
                return
            backoff = 1.0 if time.monotonic() - began > 60 else min(backoff * 2, LONGEST_BACKOFF_SECONDS)
            time.sleep(backoff)
        except StopRequested:
            return


def _work_until_it_breaks(burst: bool) -> bool:
    """Whether it ended because somebody asked for that."""
    name = f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:6]}"
    os.environ[WORKER_NAME] = name
    worker: ImportWorker | None = None
    try:
        worker = _worker(name)
        worker.work(burst=burst)
    except _AWAY as error:
        log.warning("Redis is away: %s", error)
    finally:
        if worker is not None and worker.horse_pid:
            worker.kill_horse()
            worker.wait_for_horse()
        release(name)
    return worker is not None and worker.stop_wanted


def _worker(name: str) -> ImportWorker:
    connection = Redis.from_url(
        str(settings.RQ_QUEUES[QUEUE]["URL"]),
        retry=Retry(NoBackoff(), 1),
        socket_connect_timeout=2,
        socket_keepalive=True,
    )
    return ImportWorker(
        [Queue(QUEUE, connection=connection)],
        name=name,
        connection=connection,
        job_monitoring_interval=3,
        maintenance_interval=60,
        default_result_ttl=0,
    )
