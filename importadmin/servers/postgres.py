"""The embedded PostgreSQL: made, started and stopped with its own programs, under the data folder.

Its wheel's `get_server()` isn't used: it trusts every local user, stops the server when one process ends, and locks all
data folders of a user together. Here the server listens on 127.0.0.1 only, asks for a password, lives on until it is
stopped, and is found again after any crash.
"""

import hashlib
import locale
import os
import secrets
import shutil
import signal
import sys
from contextlib import suppress
from pathlib import Path

import psycopg
from psycopg import sql

from . import account, processes, programs
from .folder import DataFolder, Endpoint, free_port, is_free
from .problem import ServerProblem

NAME, DATABASE, ROLE, SUPERUSER = "postgres", "importadmin", "importadmin", "postgres"
# Recovery after a crash in the middle of a very large import can take a while.
START_SECONDS, STOP_SECONDS = 300, 60


class Postgres:
    name = "postgres"
    title = "PostgreSQL"

    def __init__(self, folder: DataFolder, *, fsync: bool = True) -> None:
        self.folder = folder
        self.fsync = fsync
        self.data = folder.path / NAME
        self.log = folder.path / "postgres.log"
        # Every process of the cluster carries this in its title, which is how leftovers are told from others' servers.
        self.cluster = f"importadmin-{hashlib.sha256(str(self.data).encode()).hexdigest()[:12]}"

    def endpoint(self) -> Endpoint:
        return self.folder.endpoint(NAME)

    def pid(self) -> int | None:
        """The pid of the running server, or None."""
        lines = self._pid_file()
        return int(lines[0]) if lines and processes.is_ours(int(lines[0]), str(self.data)) else None

    def is_up(self) -> bool:
        """Does it accept connections, with role and database in place?"""
        lines = self._pid_file()
        ready = len(lines) > 7 and lines[7].startswith("ready")
        return ready and self.pid() is not None and self.folder.read().get(NAME, {}).get("prepared", False)

    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []
        except OSError as problem:
            raise self.folder.unusable(self.data, problem) from None

    def start(self) -> None:
        """Under the folder's lock. Does nothing if it is up."""
        if self.is_up():
            return
        runs_as = account.for_folder(self.data)
        programs_dir = programs.postgres_bin(runs_as, self.folder.path)
        if (pid := self.pid()) is None:
            if not (self.data / "PG_VERSION").exists():
                self._create(runs_as, programs_dir)
            pid = self._launch(runs_as, programs_dir)
        self._wait_until_ready(pid)
        self._prepare()

    def _create(self, runs_as: account.Account, programs_dir: Path) -> None:
        """initdb beside its place, then moved there: a half-made cluster is never taken for a whole one."""
        draft = self.folder.path / f"{NAME}.new"
        shutil.rmtree(draft, ignore_errors=True)
        runs_as.own_folder(draft)
        password_file = draft.with_name(f"{NAME}.password")
        password_file.unlink(missing_ok=True)
        with os.fdopen(os.open(password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(self.endpoint_of_superuser().password)
        runs_as.own(password_file)
        command: list[str | Path] = [
            programs_dir / "initdb", "--pgdata", draft, "--username", SUPERUSER, "--pwfile", password_file,
            "--encoding=UTF8", f"--locale={_locale()}", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
            "--auth=scram-sha-256", "--data-checksums", "--no-instructions", "--no-sync",
        ]  # fmt: skip
        try:
            done = processes.run(command, runs_as)
        finally:
            password_file.unlink()
        if done.returncode:
            raise ServerProblem(f"The embedded PostgreSQL can't be made in {self.data}: {done.stderr.strip()}")
        (draft / "pg_hba.conf").write_text("host all all 127.0.0.1/32 scram-sha-256\n")
        os.sync()
        draft.rename(self.data)

    def endpoint_of_superuser(self) -> Endpoint:
        """The cluster's owner has a password of its own, which the app never uses once role and database exist."""
        entry = self.folder.read().get(NAME, {})
        if "superuser_password" not in entry:
            entry = self.folder.remember(NAME, {"superuser_password": secrets.token_urlsafe(24)})
        return Endpoint(port=entry["port"], password=entry["superuser_password"])

    def _launch(self, runs_as: account.Account, programs_dir: Path) -> int:
        self._clear_leftovers()
        port = self._settle_port()
        runs_as.own_folder(self.data)
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(port),
            # TCP only: a socket's path may not be longer than 107 characters, a data folder's may.
            "unix_socket_directories": "",
            "cluster_name": self.cluster,
            "fsync": "on" if self.fsync else "off",
            "shared_buffers": "256MB",
            "max_wal_size": "4GB",
            "checkpoint_timeout": "15min",
            "log_checkpoints": "off",
            "dynamic_shared_memory_type": _shared_memory(),
            "log_line_prefix": "%m [%p] ",
            "createrole_self_grant": "set, inherit",
        }
        command = [str(programs_dir / "postgres"), "-D", str(self.data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        return processes.launch(command, log=self.log, cwd=self.data, account=runs_as)

    def _clear_leftovers(self) -> None:
        """After a kill -9: end processes without a postmaster, and forget a pid that is somebody else's by now."""
        processes.end_leftovers(f"postgres: {self.cluster}: ")
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _settle_port(self) -> int:
        port = self.folder.remember(NAME, {})["port"]
        if not is_free(port):
            taken, port = port, free_port()
            self.folder.remember(NAME, {"port": port})
            print(f"Port {taken} is taken: PostgreSQL listens on {port} instead.", file=sys.stderr)
        return int(port)

    def _wait_until_ready(self, pid: int) -> None:
        def lives() -> bool:
            return processes.is_ours(pid, str(self.data))

        def ready() -> bool:
            lines = self._pid_file()
            return len(lines) > 7 and lines[7].startswith("ready")

        if not processes.wait_until(lambda: ready() or not lives(), START_SECONDS) or not lives():
            raise ServerProblem(f"The embedded PostgreSQL doesn't start: its reason is at the end of {self.log}.")

    def _prepare(self) -> None:
        """Role and database, made after the first start and again if that was interrupted."""
        if self.folder.read().get(NAME, {}).get("prepared"):
            return
        password = self.folder.remember(NAME, {})["password"]
        with self.connect_as_superuser() as connection:
            found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone()
            verb = sql.SQL("ALTER" if found else "CREATE")
            connection.execute(
                sql.SQL("{} ROLE {} LOGIN CREATEDB CREATEROLE PASSWORD {}").format(
                    verb, sql.Identifier(ROLE), sql.Literal(password)
                )
            )
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(ROLE))
                )
        self.folder.remember(NAME, {"prepared": True})

    def connect_as_superuser(self) -> psycopg.Connection[tuple[object, ...]]:
        address = self.endpoint_of_superuser()
        return psycopg.connect(
            host=address.host, port=address.port, user=SUPERUSER, password=address.password, dbname="postgres",
            autocommit=True, connect_timeout=10, sslmode="disable",
        )  # fmt: skip

    def stop(self) -> None:
        """Under the folder's lock. 'Fast': open transactions are rolled back, everything committed is written."""
        if (pid := self.pid()) is None:
            return
        for stop_signal in (signal.SIGINT, signal.SIGQUIT):
            with suppress(ProcessLookupError):
                os.kill(pid, stop_signal)
            if processes.wait_until(lambda: self.pid() is None, STOP_SECONDS):
                return
        raise ServerProblem(f"The embedded PostgreSQL (process {pid}) doesn't stop: see the end of {self.log}.")


def _shared_memory() -> str:
    """A container's /dev/shm may hold 64 MB only, too little for the parallel joins of a large import."""
    shm = Path("/dev/shm")  # noqa: S108
    return "posix" if not shm.is_dir() or shutil.disk_usage(shm).total >= 512 * 2**20 else "mmap"


def _locale() -> str:
    """Sorting is PostgreSQL's own; the system's locale only says which characters are letters."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "en_US.UTF-8"):
            with suppress(locale.Error):
                locale.setlocale(locale.LC_CTYPE, name)
                return name
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return "C"
