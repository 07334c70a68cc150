"""What `make run` starts, in a data folder of its own, with handles to hurt it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import redis

from meets.sample.bundle import make_bundle

BASE = Path(__file__).resolve().parent.parent.parent
ENDED = ("done", "failed", "cancelled", "needs_answer")
# "Within a minute", with what a loaded machine adds to it kept out.
A_MINUTE = 60.0


def until(condition: Callable[[], Any], seconds: float, what: str) -> Any:
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, f"waited {seconds:.0f} s for {what}"
        time.sleep(0.1)
    return found


class Site:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.pause_file = folder / "pause"
        self.log = folder / "run.log"
        self.seed = 0
        self.running: Any = None
        self.client: subprocess.Popen[str] | None = None
        self.extra: list[subprocess.Popen[bytes]] = []
        self.env = {name: value for name, value in os.environ.items() if not name.startswith("IMPORTADMIN_")}
        self.env |= {
            "DATABASE_URL": "",
            "REDIS_URL": "",
            "DJANGO_SETTINGS_MODULE": "importadmin.settings",
            "PYTHONPATH": str(BASE),
            "IMPORTADMIN_DATA": str(self.data),
            "IMPORTADMIN_PORT": str(_free_port()),
            "IMPORTADMIN_WORKERS": "1",
            # The lease is a setting; shorter, so that the tests needn't wait it out at full length.
            "IMPORTADMIN_LEASE_SECONDS": "5",
            "IMPORTADMIN_PAUSE": f"@{self.pause_file}",
        }

    # start and stop

    def start(self) -> None:
        self.running = self._spawn([sys.executable, "manage.py", "run"])
        until(lambda: "Running at" in self.log.read_text() or self.running.poll() is not None, 120, "the start")
        assert self.running.poll() is None, self.log.read_text()
        until(self.worker, 30, "a worker")
        self.client = subprocess.Popen(
            [sys.executable, "-m", "tests.processes.client"],
            cwd=BASE, env=self.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def stop(self) -> None:
        for process in self.extra:
            _kill_all(process.pid)
        if self.client:
            self.client.stdin.close()  # type: ignore[union-attr]
            self.client.wait(10)
        if self.running:
            self.running.terminate()
            self.running.wait(60)

    def another_worker(self) -> int:
        process = self._spawn([sys.executable, "manage.py", "worker"])
        self.extra.append(process)
        return process.pid

    def _spawn(self, command: list[str]) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command, cwd=BASE, env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    # what a person does

    def ask(self, *command: Any) -> Any:
        self.client.stdin.write(json.dumps(command) + "\n")  # type: ignore[union-attr]
        self.client.stdin.flush()  # type: ignore[union-attr]
        answer = json.loads(self.client.stdout.readline())  # type: ignore[union-attr]
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["ok"]

    def bundle(self, results: int = 60) -> Path:
        self.seed += 1
        return make_bundle(self.folder / f"out{self.seed}", results=results, races=2, schools=4, seed=self.seed)

    def upload(self, results: int = 60) -> str:
        return str(self.ask("upload", str(self.bundle(results))))

    def upload_pausing_at(self, stage: str, seconds: float = 45) -> str:
        """An import that waits at a stage by the time that this returns."""
        reached = self.pause_file.with_suffix(".reached")
        reached.unlink(missing_ok=True)
        self.pause_file.write_text(f"{stage}:{seconds}")
        import_id = self.upload()
        try:
            until(lambda: reached.exists() and reached.read_text() == stage, 30, f"stage {stage}")
        finally:
            self.pause_file.unlink()
        return import_id

    def state(self, import_id: str) -> dict[str, Any]:
        try:
            return self.ask("state", import_id)
        except RuntimeError:  # PostgreSQL is being restarted
            return {"state": "unknown", "attempt": 0}

    def end_of(self, import_id: str, seconds: float = A_MINUTE) -> dict[str, Any]:
        def ended() -> dict[str, Any] | None:
            now = self.state(import_id)
            return now if now["state"] in ENDED else None

        try:
            return until(ended, seconds, f"the end of import {import_id}")
        except AssertionError as late:
            raise AssertionError(f"{late}: {self.state(import_id)}\n{self.log.read_text()[-4000:]}") from None

    def assert_done_exactly_once(self, import_id: str) -> None:
        end = self.end_of(import_id)
        assert end["state"] == "done", end
        facts = self.ask("facts", import_id)
        assert facts["lines"] == facts["outcomes"] == facts["import_rows"] == 60
        assert facts["inserted"] == facts["results"] == facts["results_of_meet"] == facts["result_count"] > 0
        assert facts["held"] == facts["case_rows"]
        assert facts["meets"] == 1
        assert facts["people_twice"] == 0

    # whom to hurt

    def worker(self) -> psutil.Process | None:
        for child in psutil.Process(self.running.pid).children():
            if "worker" in child.cmdline():
                return child
        return None

    def horse(self, worker: psutil.Process | None = None) -> psutil.Process | None:
        worker = worker or self.worker()
        return next(iter(worker.children()), None) if worker else None

    def kill_postgres(self) -> None:
        """Everything of it at once, as when the power fails."""
        postmaster = psutil.Process(int((self.data / "postgres" / "postmaster.pid").read_text().split()[0]))
        for process in [postmaster, *postmaster.children()]:
            _signal(process, signal.SIGKILL)

    def restart_postgres_immediately(self) -> None:
        """`pg_ctl stop -m immediate`; what `make run` started starts it again."""
        postmaster = psutil.Process(int((self.data / "postgres" / "postmaster.pid").read_text().split()[0]))
        postmaster.send_signal(signal.SIGQUIT)

    def valkey(self) -> psutil.Process:
        return psutil.Process(int((self.data / "valkey" / "valkey.pid").read_text()))

    def redis(self) -> redis.Redis:
        entry = json.loads((self.data / "servers.json").read_text())["valkey"]
        return redis.Redis(port=entry["port"], password=entry["password"], socket_timeout=5)


def kill(*processes: psutil.Process | None) -> None:
    assert all(processes)
    for process in processes:
        _signal(process, signal.SIGKILL)


def _signal(process: psutil.Process, number: int) -> None:
    with suppress(psutil.NoSuchProcess):
        process.send_signal(number)


def _kill_all(pid: int) -> None:
    try:
        family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    except psutil.NoSuchProcess:
        return
    for process in family:
        _signal(process, signal.SIGCONT)
        _signal(process, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
