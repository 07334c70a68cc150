"""An import through a real RQ worker process, its memory sampled from outside."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from redis import Redis

from meets.actions.start_import import start_import
from meets.models import Bundle, Import, Mode

WORK = (
    "import django; django.setup(); from django.conf import settings;"
    "from meets.jobs.worker import work_for_ever; work_for_ever(burst=True)"
)
EVERY_SECONDS = 0.02


def peak_memory(bundle_id: Any) -> dict[str, Any]:
    """Import the bundle in a worker of its own; the peaks of worker and child together, in MB."""
    params = connection.get_connection_params()
    environment = {
        **os.environ,
        "DATABASE_URL": "postgresql://{user}:{password}@{host}:{port}/{dbname}".format(
            **{"password": "", **{key: params.get(key) or "" for key in ("user", "password", "host", "port")}},
            dbname=connection.settings_dict["NAME"],
        ),
        "REDIS_URL": _redis_url(),
        "IMPORTADMIN_SECRET_KEY": settings.SECRET_KEY,
        "IMPORTADMIN_UPLOADS": str(settings.MEDIA_ROOT),
        "DJANGO_SETTINGS_MODULE": "importadmin.settings",
    }
    Redis.from_url(environment["REDIS_URL"]).flushdb()
    import_ = start_import(bundle=Bundle.objects.get(pk=bundle_id), mode=Mode.IMPORT, enqueue=False)
    _push(environment["REDIS_URL"], str(import_.pk))
    with subprocess.Popen(
        [sys.executable, "-c", WORK], env=environment, cwd=settings.BASE_DIR, stderr=subprocess.DEVNULL
    ) as worker:
        peaks = Peaks(worker.pid)
        worker.wait()
        peaks.stop()
    import_ = Import.objects.get(pk=import_.pk)
    return {"state": import_.state, "failure": import_.failure, "seconds": import_.seconds, **peaks.mb()}


def _redis_url() -> str:
    """Database 9 of the server that the app uses, so that no worker of the app takes the job."""
    from urllib.parse import urlsplit, urlunsplit

    url = settings.RQ_QUEUES["imports"]["URL"]
    return urlunsplit(urlsplit(url)._replace(path="/9"))


def _push(url: str, import_id: str) -> None:
    from rq import Queue

    from meets.jobs.queue import QUEUE, push

    push(Queue(QUEUE, connection=Redis.from_url(url)), import_id, 0)


class Peaks:
    """Samples RSS and PSS of a process and its descendants until told to stop."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.rss_sum = self.pss_sum = self.rss_one = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        self._thread.join()

    def mb(self) -> dict[str, float]:
        return {
            "rss_mb": round(self.rss_sum / 1024, 1),
            "pss_mb": round(self.pss_sum / 1024, 1),
            "largest_process_rss_mb": round(self.rss_one / 1024, 1),
        }

    def _watch(self) -> None:
        while not self._ended.is_set():
            sizes = [_sizes(pid) for pid in _family(self.pid)]
            self.rss_sum = max(self.rss_sum, sum(rss for rss, _ in sizes))
            self.pss_sum = max(self.pss_sum, sum(pss for _, pss in sizes))
            self.rss_one = max([self.rss_one, *(rss for rss, _ in sizes)])
            time.sleep(EVERY_SECONDS)


def _family(pid: int) -> list[int]:
    found = [pid]
    for each in found:
        try:
            text = Path(f"/proc/{each}/task/{each}/children").read_text()
        except OSError:
            continue
        found += [int(child) for child in text.split()]
    return found


def _sizes(pid: int) -> tuple[int, int]:
    """(RSS, PSS) in kB; pages that worker and child share count once in PSS and twice in RSS."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0, 0
    values = {line.split(":")[0]: int(line.split()[1]) for line in lines[1:]}
    return values.get("Rss", 0), values.get("Pss", 0)
