"""`manage.py servers`: what it prints and does."""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from importadmin.servers import Servers
from importadmin.urls_of_servers import DatabaseUrl


@pytest.fixture
def embedded(servers: Servers, monkeypatch: pytest.MonkeyPatch) -> Servers:
    """The command looks at this test's own folder."""
    env = replace(settings.IMPORTADMIN_ENV, data_dir=servers.folder.path, database_url=None, external_redis_url="")
    monkeypatch.setattr(settings, "IMPORTADMIN_ENV", env)
    return servers


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("servers", *arguments, stdout=out)
    return out.getvalue()


def report(action: str) -> dict[str, Any]:
    return dict(json.loads(run(action, "--json")))


def test_start_tells_where_they_are(embedded: Servers) -> None:
    told = report("start")

    assert [told[server.name]["port"] for server in embedded.all] == [server.endpoint().port for server in embedded.all]
    assert [told[name]["running"] for name in ("postgres", "valkey")] == [True, True]


def test_status_starts_nothing(embedded: Servers) -> None:
    assert [entry["running"] for entry in report("status").values()] == [False, False]
    assert not (Path(embedded.folder.path) / "postgres").exists()


def test_stop_stops_both(embedded: Servers) -> None:
    embedded.ensure_all()

    assert [entry["running"] for entry in report("stop").values()] == [False, False]


def test_no_password_is_printed(embedded: Servers) -> None:
    told = run("start") + run("status", "--json")

    assert all(server.endpoint().password not in told for server in embedded.all)


def test_servers_of_others_are_said_to_be_so(servers: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    env = replace(
        settings.IMPORTADMIN_ENV,
        database_url=DatabaseUrl.parse("postgresql://host/meets"),
        external_redis_url="redis://host:1/0",
    )
    monkeypatch.setattr(settings, "IMPORTADMIN_ENV", env)

    assert run("status").count("not ours") == 2
