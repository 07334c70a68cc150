"""`manage.py run`: it comes up, heals, stops cleanly, and comes up again after a kill -9 of itself."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from importadmin.env import BASE_DIR
from importadmin.servers import Servers
from importadmin.servers.folder import free_port
from tests.folders import own_folder
from tests.servers.conftest import servers_in
from tests.servers.test_crash import eventually

pytestmark = pytest.mark.processes


class Run:
    def __init__(self, folder: Path, port: int) -> None:
        self.output = folder.with_name(f"output-{time.monotonic_ns()}")
        environment = {
            **os.environ,
            "DATABASE_URL": "",
            "REDIS_URL": "",
            "IMPORTADMIN_DATA": str(folder),
            "IMPORTADMIN_PORT": str(port),
            "IMPORTADMIN_WEB_PROCESSES": "1",
        }
        with self.output.open("wb") as output:
            self.process = psutil.Popen(
                [sys.executable, BASE_DIR / "manage.py", "run"],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def wait_until_up(self) -> "Run":
        assert eventually(lambda: "Running at" in self.text() or self.process.poll() is not None, 60), self.text()
        assert self.process.poll() is None, self.text()
        return self

    def text(self) -> str:
        return self.output.read_text()

    def port(self) -> int:
        found = re.search(r"Running at http://127\.0\.0\.1:(\d+)/", self.text())
        assert found
        return int(found[1])

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port(), timeout=5)
        with suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        return False

    def child(self, word: str) -> psutil.Process | None:
        for child in self.process.children():
            with suppress(psutil.Error):
                if word in child.cmdline():
                    return child
        return None

    def stop(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return int(self.process.wait(40))


def alive(process: psutil.Process) -> bool:
    """A dead process that the machine's init has not collected yet is not alive."""
    with suppress(psutil.Error):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with own_folder() as made:
        yield made / "data"


@pytest.fixture
def servers(folder: Path) -> Iterator[Servers]:
    made = servers_in(folder)
    yield made
    made.stop()


@pytest.fixture
def start(folder: Path, servers: Servers) -> Iterator[Callable[..., Run]]:
    runs: list[Run] = []

    def start(port: int | None = None) -> Run:
        runs.append(Run(folder, port or free_port()))
        return runs[-1]

    yield start
    for run in runs:
        if run.process.poll() is None:
            run.stop(signal.SIGTERM)


@pytest.fixture
def run(start: Callable[..., Run]) -> Run:
    return start().wait_until_up()


def test_it_answers_where_it_says(run: Run) -> None:
    assert run.answers()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_with_exit_code_0_and_leaves_nothing_behind(
    run: Run, servers: Servers, number: signal.Signals
) -> None:
    ours = [*run.process.children(recursive=True), *(psutil.Process(server.pid()) for server in servers.all)]

    code = run.stop(number)

    assert code == 0, run.text()
    assert [process for process in ours if alive(process)] == []


def test_servers_that_were_up_before_stay_up(servers: Servers, start: Callable[..., Run]) -> None:
    servers.ensure_all()

    start().wait_until_up().stop()

    assert all(server.is_up() for server in servers.all)


@pytest.mark.parametrize("word", ["gunicorn", "worker"])
def test_a_killed_child_is_started_again(run: Run, word: str) -> None:
    assert eventually(lambda: run.child(word) is not None)
    killed = run.child(word)
    assert killed
    killed.kill()

    assert eventually(lambda: (again := run.child(word)) is not None and again.pid != killed.pid, 20)
    assert eventually(run.answers, 20)


def test_killed_servers_are_started_again(run: Run, servers: Servers) -> None:
    killed = [server.pid() for server in servers.all]
    for pid in killed:
        assert pid
        os.kill(pid, signal.SIGKILL)

    assert eventually(lambda: all(server.is_up() for server in servers.all), 20)
    assert eventually(run.answers, 20)


def test_a_taken_port_is_given_up_for_the_next(start: Callable[..., Run]) -> None:
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        run = start(port).wait_until_up()

        assert f"Port {port} is taken: the web server listens on {run.port()} instead." in run.text()


def test_a_second_run_with_the_same_data_is_refused(run: Run, start: Callable[..., Run]) -> None:
    second = start()

    assert second.process.wait(30) == 1
    assert "It is running already with the data in" in second.text()


def test_servers_are_not_stopped_under_a_run(run: Run, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, BASE_DIR / "manage.py", "servers", "stop"],
        env={**os.environ, "DATABASE_URL": "", "REDIS_URL": "", "IMPORTADMIN_DATA": str(folder)},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 1
    assert "stop it with Ctrl-C" in done.stderr
    assert run.answers()


def test_after_a_kill_of_everything_it_comes_up_again(run: Run, servers: Servers, start: Callable[..., Run]) -> None:
    everything = [run.process, *run.process.children(recursive=True)]
    everything += [psutil.Process(server.pid()) for server in servers.all]
    for process in everything:
        process.kill()
    psutil.wait_procs(everything, timeout=10)

    assert start().wait_until_up().answers()


def test_what_a_killed_run_left_is_ended_by_the_next(run: Run, start: Callable[..., Run]) -> None:
    left = [child for word in ("gunicorn", "worker") if (child := run.child(word))]
    port = run.port()
    run.process.kill()
    run.process.wait()

    again = start(port).wait_until_up()

    assert "Ending processes that an earlier, killed run left behind." in again.text()
    assert len(left) == 2
    assert [process for process in left if alive(process)] == []
