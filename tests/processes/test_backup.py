"""Backup and restore as docs/operators.md has them, on embedded servers."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from meets.sample.bundle import make_bundle
from tests.folders import own_folder
from tests.processes.site import BASE

pytestmark = pytest.mark.processes


class Installation:
    def __init__(self, folder: Path) -> None:
        self.env = {name: value for name, value in os.environ.items() if not name.startswith("IMPORTADMIN_")} | {
            "DATABASE_URL": "",
            "REDIS_URL": "",
            "DJANGO_SETTINGS_MODULE": "importadmin.settings",
            "IMPORTADMIN_DATA": str(folder),
            "IMPORTADMIN_FSYNC": "0",
        }

    def manage(self, *command: str, code: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *command], cwd=BASE, env=self.env, capture_output=True, text=True
        )
        assert done.returncode == code, done.stderr[-3000:]
        return done.stdout + done.stderr

    def json(self, *command: str) -> Any:
        text = self.manage(*command, "--json")
        return json.loads(text[text.index("{") :].rsplit("}", 1)[0] + "}")


@pytest.fixture
def installations() -> Iterator[tuple[Installation, Installation, Path]]:
    with own_folder() as folder:
        folder.chmod(0o711)
        made = [Installation(folder / name) for name in ("one", "two")]
        try:
            yield made[0], made[1], folder / "backup"
        finally:
            for one in made:
                one.manage("servers", "stop")


def test_what_was_backed_up_is_there_again_and_works(
    installations: tuple[Installation, Installation, Path], tmp_path: Path
) -> None:
    one, two, backup = installations
    bundle = make_bundle(tmp_path / "made", results=60, races=2, schools=4, seed=1)
    one.manage("migrate", "--verbosity", "0")
    before = one.json("import_bundle", str(bundle))
    kept = one.json("backup", str(backup))
    assert (kept["counts"]["importadmin.import_rows"], kept["uploads"] > 0, kept["missing_uploads"]) == (60, True, [])
    assert "is there already" in one.manage("backup", str(backup), code=1)
    assert "not empty" in one.manage("restore", str(backup), code=1)

    two.manage("restore", str(backup))
    two.manage("migrate", "--verbosity", "0")
    # A later import of the same bundle finds every line: names, keys, triggers and functions are all back.
    again = two.json("import_bundle", str(bundle))
    assert again["outcomes"]["already_present"] == before["outcomes"]["inserted"]
    assert "inserted" not in {name for name, rows in again["outcomes"].items() if rows}
    files = {path.name for path in (Path(two.env["IMPORTADMIN_DATA"]) / "uploads").rglob("*") if path.is_file()}
    assert "results.csv" in files


def test_a_folder_without_a_manifest_is_no_backup(
    installations: tuple[Installation, Installation, Path], tmp_path: Path
) -> None:
    assert "no finished backup" in installations[0].manage("restore", str(tmp_path), code=1)
