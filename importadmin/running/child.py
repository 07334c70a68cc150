"""One child process of `manage.py run`: started, started again when it dies, and ended with everything below it."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import psutil

LONGEST_PAUSE = 30.0
# RQ's worker finishes its import at the first SIGTERM and drops it at the second; a dropped import is resumed later.
PATIENCE = (4.0, 4.0)


class Child:
    def __init__(self, name: str, command: list[str], cwd: Path) -> None:
        self.name = name
        self.command = command
        self.cwd = cwd
        self.process: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0
        self.pause = 1.0
        self.restarts = 0

    def start(self) -> None:
        # A session of its own: Ctrl-C at the terminal comes to the supervisor alone, which ends all in order.
        self.process = subprocess.Popen(self.command, cwd=self.cwd, stdin=subprocess.DEVNULL, start_new_session=True)
        self.started_at = time.monotonic()

    def identity(self) -> list[float] | None:
        """Pid and start time, which together no other process has."""
        if self.process is None:
            return None
        with suppress(psutil.Error):
            return [self.process.pid, psutil.Process(self.process.pid).create_time()]
        return None

    def exit_code(self) -> int | None:
        return self.process.poll() if self.process else None

    def restart_if_dead(self) -> str | None:
        """Start it again once its pause is over. Returns what to tell, when it does."""
        code = self.exit_code()
        if code is None:
            return None
        lived = time.monotonic() - self.started_at
        if lived < self.pause:
            return None
        self.pause = 1.0 if lived > LONGEST_PAUSE else min(self.pause * 2, LONGEST_PAUSE)
        self.restarts += 1
        self.start()
        return f"The {self.name} ended ({describe_exit(code)}) and was started again."


def describe_exit(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    return f"killed by {signal.Signals(-code).name}"


def end_all(roots: list[psutil.Process]) -> None:
    """End processes with all their descendants: asked politely, asked again, killed."""
    family = list(roots)
    for root in roots:
        with suppress(psutil.Error):
            family += root.children(recursive=True)
    alive = roots
    for patience in PATIENCE:
        for process in alive:
            with suppress(psutil.Error):
                process.terminate()
        _, alive = psutil.wait_procs(alive, timeout=patience)
        if not alive:
            break
    # Work horses have process groups of their own and may have outlived their worker.
    for process in family:
        with suppress(psutil.Error):
            family += [child for child in process.children(recursive=True) if child not in family]
    for process in family:
        with suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(family, timeout=5)


def same_process(pid: int, created: float) -> psutil.Process | None:
    """The process with this pid if it is still the one that was noted."""
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        if pid != os.getpid() and abs(process.create_time() - created) < 0.01:
            return process
    return None
