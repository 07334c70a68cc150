"""The nightly rebuild: RQ's own cron scheduler wakes a worker, which starts a rebuild of all derived tables.

What it may write by itself is said in rebuild.may_apply_by_itself(); anything more waits for an admin. Redis holds the
schedule alone; what ran, and what it found, stands in PostgreSQL.
"""

import logging
import time
from datetime import timedelta
from typing import Any

import redis.exceptions
from django.conf import settings
from django.utils import timezone
from redis import Redis
from rq.cron import CronScheduler
from rq.exceptions import StopRequested

from meets.actions.rebuild_derived import start_rebuild
from meets.actions.refused import Refused
from meets.derived_tables import BY_NAME
from meets.jobs.queue import QUEUE
from meets.models import Rebuild, RebuildState

log = logging.getLogger(__name__)

NAME = "nightly rebuild"
# Two schedulers may run by accident: what one has started just now, the other need not.
AGAIN_AFTER = timedelta(hours=1)
RETRY_SECONDS = 5.0


def nightly_rebuild() -> str:
    """The scheduled job. Returns what it did, which RQ keeps."""
    if Rebuild.objects.filter(nightly=True, created_at__gt=timezone.now() - AGAIN_AFTER).exists():
        return "Another scheduler has started it already."
    if Rebuild.objects.filter(state=RebuildState.WAITING).exists():
        return "A difference waits for approval: an admin's look at it must not be taken away by the night."
    try:
        rebuild = start_rebuild(names=BY_NAME, user=None, nightly=True)
    except Refused as refusal:
        log.warning("No nightly rebuild: %s", refusal)
        return str(refusal)
    return f"Started rebuild {rebuild.pk}."


def scheduler() -> CronScheduler:
    """Cron's fields match local time, which is the site's time zone."""
    made = CronScheduler(connection=_redis(), logging_level=logging.WARNING)
    made.register(nightly_rebuild, QUEUE, cron=settings.IMPORTADMIN_NIGHTLY_REBUILD, name=NAME, job_timeout=600)
    return made


def schedule_for_ever(make: Any = scheduler) -> None:
    """Until a signal says stop: RQ's scheduler turns that into a return. Redis away is no reason to give up."""
    while True:
        try:
            make().start()
            return
        except StopRequested:
            return
        except (redis.exceptions.RedisError, OSError) as error:
            log.warning("The scheduler waits for Redis: %s", error)
        try:
            time.sleep(RETRY_SECONDS)
        except StopRequested:  # raised by the signal handler that RQ has installed
            return


def _redis() -> Redis:
    return Redis.from_url(str(settings.RQ_QUEUES[QUEUE]["URL"]), socket_connect_timeout=2, socket_keepalive=True)
