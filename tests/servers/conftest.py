"""A data folder of its own for each test that hurts servers: those of the session must live on."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings

from importadmin.servers import Servers
from tests.folders import own_folder

Connect = Callable[[], "psycopg.Connection[Any]"]


def servers_in(folder: Path) -> Servers:
    env = replace(settings.IMPORTADMIN_ENV, data_dir=folder, database_url=None, external_redis_url="", fsync=True)
    return Servers(env)


@pytest.fixture
def servers() -> Iterator[Servers]:
    with own_folder() as folder:
        made = servers_in(folder / "data")
        yield made
        made.stop()


@pytest.fixture
def connect(servers: Servers) -> Connect:
    def connect() -> "psycopg.Connection[Any]":
        assert servers.postgres
        address = servers.ensure(servers.postgres)
        return psycopg.connect(
            host=address.host,
            port=address.port,
            user="importadmin",
            password=address.password,
            dbname="importadmin",
            autocommit=True,
        )

    return connect
