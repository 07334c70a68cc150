"""The embedded servers: real PostgreSQL and Valkey under the data folder, started by whoever needs them first.

A server named by DATABASE_URL or REDIS_URL is not ours: nothing is started, stopped or looked at in its place.
"""

from importadmin.env import Environment

from .folder import DataFolder, Endpoint
from .postgres import Postgres
from .problem import ServerProblem
from .valkey import Valkey

__all__ = ["Endpoint", "ServerProblem", "Servers"]

Server = Postgres | Valkey


class Servers:
    def __init__(self, env: Environment) -> None:
        self.folder = DataFolder(env.data_dir)
        self.postgres = Postgres(self.folder, fsync=env.fsync) if env.embedded_postgres else None
        self.valkey = Valkey(self.folder) if env.embedded_valkey else None

    @property
    def all(self) -> list[Server]:
        return [server for server in (self.postgres, self.valkey) if server is not None]

    def ensure(self, server: Server) -> Endpoint:
        """Start it unless it is up, and say where it listens. Cheap when it is up: it looks at a file and a process."""
        if not server.is_up():
            with self.folder.locked():
                server.start()
        return server.endpoint()

    def ensure_all(self) -> list[Server]:
        """Start what isn't up, and return what was started by this call."""
        started = [server for server in self.all if not server.is_up()]
        for server in self.all:
            self.ensure(server)
        return started

    def stop(self, servers: list[Server] | None = None) -> None:
        if not (servers := self.all if servers is None else servers):
            return
        with self.folder.locked():
            for server in servers:
                server.stop()
