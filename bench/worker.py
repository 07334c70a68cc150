"""An import through a real RQ worker process, its memory sampled from outside."""

import os
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.db import connection
from redis import Redis

from bench.memory import Peaks
from meets.actions.start_import import start_import
from meets.models import Bundle, Import, Mode

WORK = (
    "import django; django.setup(); from django.conf import settings;"
    "from meets.jobs.worker import work_for_ever; work_for_ever(burst=True)"
)


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
