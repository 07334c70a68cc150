"""Imports without files, and pipelines that do as little as a test needs."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from meets.models import Bundle, Import
from meets.pipeline.job import Report


@pytest.fixture
def bundle(transactional_db: None) -> Bundle:
    return Bundle.objects.create(
        name="meet_900001_20251011", content_hash="0" * 64, check_report={"meet": {"athletic_net_id": "900001"}}
    )


@pytest.fixture
def make_import(bundle: Bundle) -> Callable[..., Import]:
    def make(**fields: Any) -> Import:
        import_ = Import.objects.create(**{"bundle": bundle, "meet_key": f"an:{uuid.uuid4()}", **fields})
        import_.refresh_from_db()
        return import_

    return make


@pytest.fixture
def cursor(transactional_db: None) -> Any:
    with connection.cursor() as cursor:
        yield cursor


@pytest.fixture(autouse=True)
def woken(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What would have been sent to Redis."""
    sent: list[tuple[str, int]] = []
    monkeypatch.setattr("meets.jobs.queue.push", lambda queue, import_id, attempt: sent.append((import_id, attempt)))
    return sent


def report(**fields: Any) -> Report:
    return Report(**{"meet_id": None, "lines": 3, "outcomes": {"inserted": 3}, **fields})


def writes_a_venue(conn: Any, job: Any, monitor: Any) -> Report:
    """Something to see committed or rolled back."""
    monitor.stage("apply", 1)
    conn.execute("INSERT INTO public.venues (name) VALUES (%s)", [f"Venue of {job.import_id}"])
    monitor.advance(1)
    if job.mode == "import":
        monitor.fence(conn, {"lines": 3, "outcomes": {"inserted": 3}})
        conn.commit()
    return report(report={"created": {"venues": 1}})
