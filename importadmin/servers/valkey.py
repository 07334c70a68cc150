"""The embedded Valkey: wakes workers. It keeps what it was told on disk, though nothing would be lost without it."""

import os
import signal
import sys
from contextlib import suppress

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from . import account, processes, programs
from .folder import DataFolder, Endpoint, free_port, is_free
from .problem import ServerProblem

NAME = "valkey"
START_SECONDS, STOP_SECONDS = 60, 20


class Valkey:
    name = "valkey"
    title = "Valkey"

    def __init__(self, folder: DataFolder) -> None:
        self.folder = folder
        self.data = folder.path / NAME
        self.config = self.data / "valkey.conf"
        self.log = folder.path / "valkey.log"

    def endpoint(self) -> Endpoint:
        return self.folder.endpoint(NAME)

    def url(self) -> str:
        address = self.endpoint()
        return f"redis://:{address.password}@{address.host}:{address.port}/0"

    def pid(self) -> int | None:
        """The pid of the running server, or None."""
        try:
            pid = int((self.data / "valkey.pid").read_text() or 0)
        except (FileNotFoundError, ValueError):
            return None
        except OSError as problem:
            raise self.folder.unusable(self.data, problem) from None
        return pid if processes.is_ours(pid, str(self.config)) else None

    def is_up(self) -> bool:
        return self.pid() is not None

    def start(self) -> None:
        """Under the folder's lock. Does nothing if it is up."""
        if self.is_up():
            return
        runs_as = account.for_folder(self.data)
        runs_as.own_folder(self.data)
        program = programs.valkey_server(runs_as, self.folder.path)
        self._configure(runs_as, self._settle_port())
        pid = processes.launch([str(program), str(self.config)], log=self.log, cwd=self.data, account=runs_as)
        if not processes.wait_until(lambda: self._answers() or not self._lives(pid), START_SECONDS):
            raise ServerProblem(f"The embedded Valkey doesn't answer: see the end of {self.log}.")
        if not self._lives(pid):
            raise ServerProblem(f"The embedded Valkey doesn't start: its reason is at the end of {self.log}.")

    def _lives(self, pid: int) -> bool:
        return processes.is_ours(pid, str(self.config))

    def _answers(self) -> bool:
        address = self.endpoint_under_lock()
        client = redis.Redis(
            host=address.host,
            port=address.port,
            password=address.password,
            socket_timeout=2,
            retry=Retry(NoBackoff(), 0),
        )
        try:
            return self.pid() is not None and bool(client.ping())
        except redis.RedisError:
            return False
        finally:
            client.close()

    def endpoint_under_lock(self) -> Endpoint:
        entry = self.folder.remember(NAME, {})
        return Endpoint(port=entry["port"], password=entry["password"])

    def _configure(self, runs_as: account.Account, port: int) -> None:
        """Paths are relative, so that a data folder may be called anything."""
        lines = [
            "bind 127.0.0.1",
            f"port {port}",
            "protected-mode yes",
            f"requirepass {self.endpoint_under_lock().password}",
            "appendonly yes",
            "appendfsync everysec",
            "daemonize no",
            "dir ./",
            "pidfile valkey.pid",
            # The command line tells our server from others', so it stays as we wrote it.
            "set-proc-title no",
        ]
        # The folder is the account's; a file made before its mode is set would be readable for a moment.
        draft = self.config.with_suffix(".new")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write("\n".join([*lines, ""]))
        runs_as.own(draft)
        draft.replace(self.config)
        (self.data / "valkey.pid").unlink(missing_ok=True)

    def _settle_port(self) -> int:
        port = self.endpoint_under_lock().port
        if not is_free(port):
            taken, port = port, free_port()
            self.folder.remember(NAME, {"port": port})
            print(f"Port {taken} is taken: Valkey listens on {port} instead.", file=sys.stderr)
        return port

    def stop(self) -> None:
        """Under the folder's lock. SIGTERM makes it write what it has and end."""
        if (pid := self.pid()) is None:
            return
        for stop_signal in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.kill(pid, stop_signal)
            if processes.wait_until(lambda: self.pid() is None, STOP_SECONDS):
                return
        raise ServerProblem(f"The embedded Valkey (process {pid}) doesn't stop: see the end of {self.log}.")
