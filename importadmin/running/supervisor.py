"""Keeps the children and the embedded servers going until it is told to stop, and then leaves nothing behind."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import TextIO

from importadmin.servers import ServerProblem, Servers

from .child import Child, end_all, same_process

LOOK_EVERY = 1.0


class Supervisor:
    def __init__(self, servers: Servers, children: list[Child], out: TextIO) -> None:
        self.servers = servers
        self.children = children
        self.out = out
        self.found_running = [server for server in servers.all if server.is_up()]
        self.noted = servers.folder.path / "run.json"
        self.stopping = False
        self.told = ""

    def say(self, text: str) -> None:
        # With the terminal gone there is nobody to tell, but still everything to stop.
        with suppress(OSError):
            self.out.write(text.rstrip() + "\n")
            self.out.flush()

    def heed_signals(self) -> None:
        def stop(_signal: int, _frame: FrameType | None) -> None:
            self.stopping = True

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) != signal.SIG_IGN:  # as `nohup` sets it
                signal.signal(number, stop)

    def end_children_of_a_killed_run(self) -> None:
        """After a kill -9 of the supervisor alone its children still run, and hold the port and the queue."""
        try:
            noted = json.loads(self.noted.read_text())
        except (FileNotFoundError, ValueError):
            return
        found = [process for pid, created in noted if (process := same_process(int(pid), created))]
        if found:
            self.say("Ending processes that an earlier, killed run left behind.")
            end_all(found)

    def start_children(self) -> None:
        for child in self.children:
            child.start()
        self._note()

    def _note(self) -> None:
        draft = self.noted.with_suffix(".draft")
        draft.write_text(json.dumps([note for child in self.children if (note := child.identity())]))
        draft.replace(self.noted)

    def keep_going(self, until: Callable[[], bool] = lambda: False) -> None:
        """Look after everything until told to stop, or until the condition holds."""
        next_look = 0.0
        while not self.stopping and not until():
            if time.monotonic() >= next_look:
                self._look()
                next_look = time.monotonic() + LOOK_EVERY
            time.sleep(0.1)

    def _look(self) -> None:
        before = self._addresses()
        try:
            for server in self.servers.ensure_all():
                self.say(f"{server.title} was down and has been started again.")
            self.told = ""
        except ServerProblem as problem:
            if str(problem) != self.told:
                self.told = str(problem)
                self.say(self.told)
        if self._addresses() != before:
            self.say("A server has a new port: starting the web server and the worker again.")
            self._end_children()
            self.start_children()
        told = [text for child in self.children if (text := child.restart_if_dead())]
        if told:
            self._note()
        for text in told:
            self.say(text)

    def _addresses(self) -> list[int]:
        return [server.endpoint().port for server in self.servers.all]

    def run_beside(self, command: list[str], cwd: Path) -> int:
        """Run a command to its end while looking after the rest. Returns its exit code."""
        process = subprocess.Popen(command, cwd=cwd, stdin=subprocess.DEVNULL, start_new_session=True)
        self.keep_going(until=lambda: process.poll() is not None)
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
        return process.wait()

    def _end_children(self) -> None:
        noted = [note for child in self.children if (note := child.identity())]
        end_all([process for pid, created in noted if (process := same_process(int(pid), created))])
        for child in self.children:
            child.exit_code()

    def stop(self) -> None:
        """Children first, since they would start a server again; then the servers that weren't up before us."""
        try:
            self._end_children()
            self.noted.unlink(missing_ok=True)
        finally:
            self.servers.stop([server for server in self.servers.all if server not in self.found_running])


def web_command(host: str, port: int, *, processes: int, threads: int) -> list[str]:
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return [
        sys.executable, "-m", "gunicorn", "importadmin.wsgi:application", "--bind", bind, "--worker-class", "gthread",
        "--workers", str(processes), "--threads", str(threads), "--graceful-timeout", "3", "--log-level", "warning",
        "--no-control-socket",
    ]  # fmt: skip


def manage(*arguments: str, base: Path) -> list[str]:
    return [sys.executable, os.fspath(base / "manage.py"), *arguments]
