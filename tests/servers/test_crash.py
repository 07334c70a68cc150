"""After a kill -9 of whatever runs, the next start finds everything as it was committed."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import redis

from importadmin.servers import Servers
from tests.servers.conftest import Connect


def kill_all(servers: Servers) -> None:
    for server in servers.all:
        pid = server.pid()
        assert pid
        family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        for process in family:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(family, timeout=5)


def eventually(condition: Callable[[], bool], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def test_committed_rows_are_there_after_a_kill(servers: Servers, connect: Connect) -> None:
    servers.ensure_all()
    with connect() as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number")
    kill_all(servers)

    with connect() as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1000,)


def test_what_valkey_was_told_is_there_after_a_kill(servers: Servers) -> None:
    servers.ensure_all()
    assert servers.valkey
    client = redis.Redis.from_url(servers.valkey.url())
    client.set("kept", "yes")
    time.sleep(1.2)  # it writes once a second
    kill_all(servers)

    servers.ensure_all()

    assert client.get("kept") == b"yes"


def test_a_killed_server_is_seen_as_down(servers: Servers) -> None:
    servers.ensure_all()
    kill_all(servers)

    assert [server.is_up() for server in servers.all] == [False, False]


def test_a_statement_still_running_after_its_postmaster_died_does_not_hinder_the_start(
    servers: Servers, connect: Connect
) -> None:
    busy = connect()
    backend = busy.info.backend_pid

    def count() -> None:
        with suppress(psycopg.Error):
            busy.execute("SELECT count(*) FROM generate_series(1, 2000000000)")

    thread = threading.Thread(target=count)
    thread.start()
    assert servers.postgres and (postmaster := servers.postgres.pid())
    time.sleep(0.3)
    os.kill(postmaster, signal.SIGKILL)
    assert eventually(lambda: not servers.postgres.is_up())  # type: ignore[union-attr]

    with connect() as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    thread.join(10)
    assert eventually(lambda: not psutil.pid_exists(backend))


def test_a_pid_that_is_somebody_elses_by_now_does_not_hinder_the_start(servers: Servers) -> None:
    assert servers.postgres
    servers.ensure(servers.postgres)
    servers.stop()
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        lines = [str(stranger.pid), str(servers.postgres.data), "1", "1", "", "127.0.0.1", "1 1", "ready   "]
        (servers.postgres.data / "postmaster.pid").write_text("\n".join(lines) + "\n")

        servers.ensure(servers.postgres)

        assert servers.postgres.is_up()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_starter_killed_halfway_leaves_a_folder_that_starts(servers: Servers) -> None:
    code = (
        "import os, sys; from pathlib import Path; from dataclasses import replace\n"
        "from importadmin.env import Environment; from importadmin.servers import Servers\n"
        "env = replace(Environment.load(), data_dir=Path(sys.argv[1]), database_url=None)\n"
        "Servers(env).ensure_all()\n"
    )
    for patience in (0.05, 0.3, 0.6, 0.9):
        starter = subprocess.Popen([sys.executable, "-c", code, servers.folder.path], cwd=Path.cwd())
        with suppress(subprocess.TimeoutExpired):
            starter.wait(patience)
        starter.kill()
        starter.wait()

    servers.ensure_all()

    assert all(server.is_up() for server in servers.all)


def test_stopping_twice_is_no_error(servers: Servers) -> None:
    servers.ensure_all()
    servers.stop()
    servers.stop()

    assert [server.pid() for server in servers.all] == [None, None]
