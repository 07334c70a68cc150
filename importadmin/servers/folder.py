"""The data folder: who may use it at once, and which ports and passwords its servers have."""

import fcntl
import json
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .problem import ServerProblem

# Below the range from which systems take ports for outgoing connections, so a port stays free between starts.
PORTS = range(20_000, 32_000)


@dataclass(frozen=True)
class Endpoint:
    """Where an embedded server listens."""

    port: int
    password: str = field(repr=False)
    host: str = "127.0.0.1"


class DataFolder:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.state_file = path / "servers.json"
        self.run_lock_file = path / "run.lock"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One process at a time starts, stops or changes servers. A killed holder's lock goes with it."""
        with self._open_lock(self.path / "servers.lock") as descriptor:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield

    @contextmanager
    def _open_lock(self, path: Path) -> Iterator[int]:
        try:
            # Others may pass through, since the servers' own account must; the files inside say who may read them.
            self.path.mkdir(mode=0o711, parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as problem:
            raise self.unusable(path, problem) from None
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    @contextmanager
    def held_for_run(self) -> Iterator[bool]:
        """Held by `manage.py run`, of which there is one for each folder. Yields whether we got it."""
        with self._open_lock(self.run_lock_file) as descriptor:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True

    def unusable(self, path: Path, problem: OSError) -> ServerProblem:
        return ServerProblem(
            f"{path} can't be used ({problem.strerror}): set IMPORTADMIN_DATA to a folder that this user may write."
        )

    def read(self) -> dict[str, Any]:
        try:
            state = json.loads(self.state_file.read_text())
        except FileNotFoundError:
            return {}
        except OSError as problem:
            raise self.unusable(self.state_file, problem) from None
        return state if isinstance(state, dict) else {}

    def write(self, state: dict[str, Any]) -> None:
        """Only called under the lock. The file is whole at any moment, also when we are killed here."""
        draft = self.state_file.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            if os.geteuid() == 0:
                # Root may help out in another user's checkout without locking that user out.
                os.fchown(file.fileno(), self.path.stat().st_uid, self.path.stat().st_gid)
            json.dump(state, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.state_file)

    def endpoint(self, server: str) -> Endpoint:
        """Port and password of `postgres` or `valkey`, made up the first time they are asked for."""
        entry = self.read().get(server)
        if entry is None:
            with self.locked():
                entry = self.remember(server, {})
        return Endpoint(port=entry["port"], password=entry["password"])

    def remember(self, server: str, changes: dict[str, Any]) -> dict[str, Any]:
        """Under the lock: note changes to a server's entry, making the entry if there is none."""
        state = self.read()
        others = {entry["port"] for name, entry in state.items() if name != server}
        entry = state.setdefault(server, {})
        if "port" not in entry:
            entry |= {"port": free_port(others), "password": secrets.token_urlsafe(24)}
        entry |= changes
        self.write(state)
        return dict(entry)


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        # As the servers do: a port whose last connection has just closed is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def free_port(besides: set[int] = frozenset()) -> int:  # type: ignore[assignment]
    for _ in range(500):
        port = PORTS.start + secrets.randbelow(len(PORTS))
        if port not in besides and is_free(port):
            return port
    raise ServerProblem("No free port was found on 127.0.0.1: stop some programs and try again.")
