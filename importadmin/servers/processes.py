"""Processes that outlive whoever started them: is one alive, is it ours, end it."""

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from .account import Account

LARGEST_LOG = 10_000_000
# The shell starts the server, tells its pid and ends, so that the server is nobody's child: it must not die with
# whoever happened to start it, nor stay a zombie for a starter that never looks.
ORPHAN = '"$@" >&2 & echo $!'


def launch(command: list[str], *, log: Path, cwd: Path, account: Account) -> int:
    """Start a server in a session of its own, so that Ctrl-C at our terminal doesn't reach it. Returns its pid."""
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_suffix(".old.log"))
    log.touch(mode=0o600)
    with log.open("ab") as output:
        shell = subprocess.run(
            ["/bin/sh", "-c", ORPHAN, "sh", *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=output,
            cwd=cwd,
            start_new_session=True,
            check=True,
            **account.for_popen(),  # type: ignore[call-overload]
        )
    return int(shell.stdout)


def run(command: list[str | Path], account: Account) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload]
        command, capture_output=True, text=True, cwd="/", env={**os.environ, "LC_ALL": "C"}, **account.for_popen()
    )


def is_ours(pid: int, mark: str) -> bool:
    """Is this a living process with `mark` on its command line? Pids are reused, so a number alone proves nothing."""
    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and mark in process.cmdline()
    except psutil.Error:
        return False


def end_leftovers(title: str) -> None:
    """Kill what a killed PostgreSQL left: processes with our cluster's title but no postmaster any more."""
    leftovers = []
    for process in psutil.process_iter(["cmdline"]):
        if (process.info["cmdline"] or [""])[0].startswith(title):
            leftovers.append(process)
            process.kill()
    psutil.wait_procs(leftovers, timeout=10)


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Ask again and again, often at first, until the condition holds or the time is over."""
    end, pause = time.monotonic() + seconds, 0.01
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(pause)
        pause = min(pause * 1.5, 0.25)
    return True
