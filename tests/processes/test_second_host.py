"""A worker on another host: another working folder, data folder and temp; the same PostgreSQL, Redis and bucket."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from importadmin.servers import Servers
from meets.sample.bundle import make_bundle
from tests.folders import own_folder
from tests.processes.site import BASE
from tests.servers.conftest import servers_in

pytestmark = pytest.mark.processes


class Host:
    """Programs that run here find nothing of what another host has on its disk."""

    def __init__(self, folder: Path, servers: Servers, bucket: Path) -> None:
        assert servers.postgres and servers.valkey
        self.folder, postgres = folder, servers.postgres.endpoint()
        for name in ("work", "temp", "data"):
            (folder / name).mkdir(parents=True)
        self.env = {name: value for name, value in os.environ.items() if not name.startswith("IMPORTADMIN_")} | {
            "DATABASE_URL": f"postgresql://importadmin:{postgres.password}@{postgres.host}:{postgres.port}/importadmin",
            "REDIS_URL": servers.valkey.url(),
            "DJANGO_SETTINGS_MODULE": "importadmin.settings",
            "PYTHONPATH": str(BASE),
            "TMPDIR": str(folder / "temp"),
            "IMPORTADMIN_DATA": str(folder / "data"),
            "IMPORTADMIN_SECRET_KEY": "the-same-on-every-host-and-known-to-nobody",
            "IMPORTADMIN_STORAGE": "tests.bucket.Bucket",
            "IMPORTADMIN_STORAGE_OPTIONS": json.dumps({"root": str(bucket)}),
            "IMPORTADMIN_LOG_FORMAT": "json",
        }

    def run(self, *command: str, said: str = "") -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            [sys.executable, *command],
            cwd=self.folder / "work",
            env=self.env,
            input=said,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done

    def manage(self, *command: str) -> "subprocess.CompletedProcess[str]":
        return self.run(str(BASE / "manage.py"), *command)

    def ask(self, *command: Any) -> Any:
        answer = json.loads(self.run("-m", "tests.processes.client", said=json.dumps(command) + "\n").stdout)
        assert "ok" in answer, answer
        return answer["ok"]


@pytest.fixture
def hosts() -> Iterator[tuple[Host, Host]]:
    with own_folder() as folder:
        folder.chmod(0o711)
        servers = servers_in(folder / "servers")
        try:
            servers.ensure_all()
            (folder / "bucket").mkdir()
            yield Host(folder / "web", servers, folder / "bucket"), Host(folder / "other", servers, folder / "bucket")
        finally:
            servers.stop()


def test_a_worker_on_another_host_imports_what_was_uploaded_here(hosts: tuple[Host, Host], tmp_path: Path) -> None:
    web, other = hosts
    web.manage("migrate", "--verbosity", "0")
    bundle = make_bundle(tmp_path / "made", results=60, races=2, schools=4, seed=1)
    import_id = web.ask("upload", str(bundle))
    # Whatever the web host still has on its disk is out of reach.
    web.folder.rename(web.folder.with_name("gone"))
    bundle.rename(bundle.with_name("gone-too"))
    logs = other.manage("worker", "--burst").stderr
    facts = other.ask("facts", import_id)
    assert (facts["state"], facts["lines"], facts["inserted"] + facts["held"]) == ("done", 60, 60)
    lines = [json.loads(line) for line in logs.splitlines() if line.startswith("{")]
    assert [line["import_id"] for line in lines if line["message"].endswith("is done.")] == [import_id]
