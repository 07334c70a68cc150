import shutil
from typing import Any

import pytest
from django.db import Error, connection
from django.test import Client

from importadmin import health


def test_postgresql_works(db: None) -> None:
    assert health.postgresql().ok is True


def test_redis_that_does_not_answer_is_said(settings: Any) -> None:
    settings.RQ_QUEUES = {"imports": {"URL": "redis://127.0.0.1:1/0"}}
    assert [part.ok for part in health.redis_and_workers()] == [False, None]


def test_no_worker_is_said_with_how_to_start_one() -> None:
    assert "manage.py worker" in health._workers_part([]).remedy


def test_a_full_disk_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: (10**12, 10**12 - 10**9, 10**9))
    assert health.disk().ok is None


@pytest.mark.parametrize(("size", "words"), [(0, "0 B"), (999, "999 B"), (29_100_000, "29.1 MB"), (3e12, "3.0 TB")])
def test_sizes_read_as_words(size: float, words: str) -> None:
    assert health.size_words(size) == words


def test_a_trigger_that_is_off_is_named(alice_client: Client, settings: Any) -> None:
    settings.RQ_QUEUES = {"imports": {"URL": "redis://127.0.0.1:1/0"}}
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE public.results DISABLE TRIGGER importadmin_results_inserted")
    off = [trigger["name"] for trigger in alice_client.get("/system/").context["off"]]
    assert off == ["importadmin_results_inserted"]


def test_healthz_tells_a_stranger_nothing_but_that_it_works(client: Client, db: None) -> None:
    assert client.get("/healthz").content == b"ok\n"


def test_healthz_is_503_without_the_database(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone:
        def cursor(self) -> None:
            raise Error("gone")

    monkeypatch.setattr("importadmin.views.system.connection", Gone())
    assert client.get("/healthz").status_code == 503
