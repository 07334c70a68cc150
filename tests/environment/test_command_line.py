"""What `manage.py` prints when its set-up is wrong: one sentence, no traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

from importadmin.env import BASE_DIR


def manage(folder: Path, *arguments: str, **values: str) -> "subprocess.CompletedProcess[str]":
    environment = {
        **os.environ,
        "DATABASE_URL": "",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "IMPORTADMIN_DATA": str(folder / "data"),
        **values,
    }
    return subprocess.run(
        [sys.executable, BASE_DIR / "manage.py", *arguments], env=environment, capture_output=True, text=True
    )


def test_a_wrong_value_stops_any_command_with_one_line(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", IMPORTADMIN_DEBUG="maybe")

    assert done.returncode == 1
    assert done.stderr == "IMPORTADMIN_DEBUG is 'maybe', which is neither yes nor no: set it to 1 or 0.\n"


def test_a_server_that_cannot_be_reached_is_named(tmp_path: Path) -> None:
    done = manage(tmp_path, "migrate", DATABASE_URL="postgresql://user@127.0.0.1:1/meets")

    assert done.returncode == 1
    assert done.stderr.startswith("DATABASE_URL (127.0.0.1, port 1) can't be reached: ")
    assert "Traceback" not in done.stderr


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    done = manage(tmp_path, "servers", "start", IMPORTADMIN_DATA=str(tmp_path / "file" / "data"))

    assert done.returncode == 1
    assert "IMPORTADMIN_DATA" in done.stderr
    assert "Traceback" not in done.stderr


def test_check_starts_no_server(tmp_path: Path) -> None:
    manage(tmp_path, "check")

    assert not (tmp_path / "data" / "postgres").exists()


def test_collectstatic_starts_no_server(tmp_path: Path) -> None:
    done = manage(tmp_path, "collectstatic", "--no-input")

    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "data" / "postgres").exists()


def test_a_script_that_reads_json_is_told_in_json(tmp_path: Path) -> None:
    done = manage(tmp_path, "servers", "status", "--json", IMPORTADMIN_DEBUG="maybe")

    assert json.loads(done.stdout) == {"error": done.stderr.strip()}
