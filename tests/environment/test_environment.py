"""Reading the environment: what defaults are, and the sentence that each wrong value gets."""

import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from importadmin.env import BASE_DIR, BadEnvironment, Environment

KEY = "k" * 40
URL = "postgresql://user:password@db.example.org:5432/meets"
# Read by tests, the Makefile or the demo, not by the app itself.
ELSEWHERE = {
    "IMPORTADMIN_TEST_DATA",
    "IMPORTADMIN_TEST_DATABASE_URL",
    "IMPORTADMIN_TEST_REDIS_URL",
    "IMPORTADMIN_NO_SKIPS",
    "CHROMIUM",
    "DEMO_EXIT",
    "IMPORTADMIN_PAUSE",
}


def read(folder: Path, **values: str) -> Environment:
    return Environment.read({"IMPORTADMIN_DATA": str(folder), "IMPORTADMIN_SECRET_KEY": KEY, **values})


class Recorder(Mapping[str, str]):
    """An environment that notes what it is asked for."""

    def __init__(self, folder: Path) -> None:
        self.known = {"IMPORTADMIN_DATA": str(folder)}
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        return self.known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)


def test_the_example_lists_exactly_the_variables_that_are_read(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path)
    Environment.read(recorder)
    listed = set(re.findall(r"^#([A-Z_]+)=", (BASE_DIR / ".env.example").read_text(), re.MULTILINE))

    assert listed == recorder.asked | ELSEWHERE


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("IMPORTADMIN_DEBUG", "maybe", "IMPORTADMIN_DEBUG is 'maybe', which is neither yes nor no: set it to 1 or 0."),
        ("IMPORTADMIN_PORT", "http", "which is no whole number: set it to one from 1 to 65535."),
        ("IMPORTADMIN_PORT", "70000", "IMPORTADMIN_PORT is 70000: set it to a number from 1 to 65535."),
        ("IMPORTADMIN_MAX_UPLOAD_MB", "0", "IMPORTADMIN_MAX_UPLOAD_MB is 0: set it to a number from 1 to 10000."),
        ("IMPORTADMIN_SECRET_KEY", "short", "has 5 characters: set it to a random text of at least 32."),
        ("IMPORTADMIN_TIME_ZONE", "Mars/Olympus", "which is no known zone: set it to one like America/Los_Angeles."),
        ("IMPORTADMIN_TRUSTED_ORIGINS", "a.example.org", "write it with its scheme, such as https://a.example.org."),
        ("IMPORTADMIN_STORAGE_OPTIONS", "{", 'is no JSON object: write it like {"bucket_name": "meets"}.'),
        ("DATABASE_URL", "mysql://db/meets", "begins with 'mysql:', but only PostgreSQL works"),
        ("DATABASE_URL", "postgresql://db", "names no database"),
        ("DATABASE_URL", "postgresql://db:port/meets", "has a port that is no number"),
        ("DATABASE_URL", "postgresql://db:6543/meets", "goes through a pooler in transaction mode (port 6543)"),
        ("DATABASE_URL", URL + "?pgbouncer=true", "goes through a pooler in transaction mode (pgbouncer=true)"),
        ("DATABASE_URL", URL + "?pool_mode=transaction", "in transaction mode (pool_mode=transaction)"),
        ("REDIS_URL", "http://redis", "begins with 'http:': write redis://:password@host:6379/0"),
        ("REDIS_URL", "redis://", "names no host"),
        ("REDIS_URL", "redis://host:port", "has a port that is no number"),
    ],
)
def test_a_wrong_value_gets_a_sentence_with_its_name_and_remedy(
    tmp_path: Path, name: str, value: str, sentence: str
) -> None:
    with pytest.raises(BadEnvironment) as caught:
        read(tmp_path, **{name: value})

    assert str(caught.value).startswith(name)
    assert sentence in str(caught.value)


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(BadEnvironment, match="is a file: set it to a folder"):
        read(tmp_path / "file")


def test_a_server_of_others_needs_a_secret_key(tmp_path: Path) -> None:
    with pytest.raises(BadEnvironment, match="^IMPORTADMIN_SECRET_KEY is not set: DATABASE_URL needs it"):
        read(tmp_path, DATABASE_URL=URL, IMPORTADMIN_SECRET_KEY="")


def test_with_servers_of_our_own_the_secret_key_is_made_and_kept(tmp_path: Path) -> None:
    first = read(tmp_path, IMPORTADMIN_SECRET_KEY="").secret_key
    again = read(tmp_path, IMPORTADMIN_SECRET_KEY="").secret_key

    assert first == again
    assert len(first) >= 50


def test_the_kept_secret_key_is_for_its_owner_only(tmp_path: Path) -> None:
    read(tmp_path, IMPORTADMIN_SECRET_KEY="")

    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_an_empty_value_counts_as_not_set(tmp_path: Path) -> None:
    assert read(tmp_path, DATABASE_URL="", IMPORTADMIN_PORT=" ").web_port == 8000


def test_debug_is_off_by_default(tmp_path: Path) -> None:
    assert read(tmp_path).debug is False


def test_only_this_machine_is_served_by_default(tmp_path: Path) -> None:
    environment = read(tmp_path)

    assert environment.web_host == "127.0.0.1"
    assert environment.allowed_hosts == ["localhost", "127.0.0.1", "[::1]"]


def test_a_site_with_a_name_of_its_own_demands_https(tmp_path: Path) -> None:
    assert read(tmp_path, IMPORTADMIN_ALLOWED_HOSTS="imports.example.org").https is True


def test_a_site_on_this_machine_does_not_demand_https(tmp_path: Path) -> None:
    assert read(tmp_path).https is False


def test_passwords_do_not_show_in_a_traceback(tmp_path: Path) -> None:
    environment = read(tmp_path, DATABASE_URL="postgresql://user:hush@db/meets", REDIS_URL="redis://:hush@host:6379/0")

    assert "hush" not in repr(environment)
    assert KEY not in repr(environment)


def test_every_connection_gets_the_search_path(tmp_path: Path) -> None:
    url = "postgresql://user:p%40ss@db/meets?sslmode=require&options=-c%20work_mem%3D64MB"
    database = read(tmp_path, DATABASE_URL=url).database()

    assert database["OPTIONS"] == {
        "sslmode": "require",
        "options": "-c work_mem=64MB -c search_path=importadmin,public",
    }
    assert database["PASSWORD"] == "p@ss"
