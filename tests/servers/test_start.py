"""Starting: from nothing, when up already, at the same time, with ports taken, in folders with odd names."""

import os
import socket
import stat
import threading
from pathlib import Path

import psycopg
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from importadmin.servers import ServerProblem, Servers, processes
from tests.servers.conftest import Connect, servers_in


def test_what_is_up_is_shared_and_not_started_again(servers: Servers) -> None:
    servers.ensure_all()
    before = [server.pid() for server in servers.all]

    started = servers_in(servers.folder.path).ensure_all()

    assert started == []
    assert [server.pid() for server in servers.all] == before


def test_two_that_start_at_once_end_with_one_server(servers: Servers) -> None:
    launched: list[str] = []
    launch = processes.launch

    def counted(command: list[str], **options: object) -> int:
        launched.append(command[0])
        return launch(command, **options)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(processes, "launch", counted)
        threads = [threading.Thread(target=servers_in(servers.folder.path).ensure_all) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert sorted(Path(program).name for program in launched) == ["postgres", "valkey-server"]


def test_a_server_listens_on_this_machine_only(servers: Servers) -> None:
    servers.ensure_all()

    listening = {
        connection.laddr.ip
        for server in servers.all
        for connection in processes.psutil.Process(server.pid()).net_connections("inet")
        if connection.status == "LISTEN"
    }

    assert listening == {"127.0.0.1"}


def test_postgresql_wants_the_password(servers: Servers, connect: Connect) -> None:
    connect().close()
    assert servers.postgres

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(
            host="127.0.0.1",
            port=servers.postgres.endpoint().port,
            user="importadmin",
            password="wrong",
            dbname="importadmin",
        )


def test_valkey_wants_the_password(servers: Servers) -> None:
    servers.ensure_all()
    assert servers.valkey

    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=servers.valkey.endpoint().port, retry=Retry(NoBackoff(), 0)).ping()


def test_passwords_are_for_their_owner_only(servers: Servers) -> None:
    servers.ensure_all()

    assert stat.S_IMODE(servers.folder.state_file.stat().st_mode) == 0o600


def test_the_role_of_the_app_is_no_superuser(connect: Connect) -> None:
    with connect() as connection:
        row = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()

    assert row == (False,)


def test_text_search_extensions_can_be_made_by_the_app(connect: Connect) -> None:
    with connect() as connection:
        for name in ("pg_trgm", "unaccent", "fuzzystrmatch"):
            connection.execute(f"CREATE EXTENSION {name}")


def test_a_taken_port_is_given_up_for_another_and_said_so(servers: Servers, capsys: pytest.CaptureFixture[str]) -> None:
    assert servers.postgres
    taken = servers.postgres.endpoint().port
    with socket.create_server(("127.0.0.1", taken)):
        port = servers.ensure(servers.postgres).port

    assert port != taken
    assert f"Port {taken} is taken: PostgreSQL listens on {port} instead." in capsys.readouterr().err


def test_the_new_port_is_kept(servers: Servers) -> None:
    assert servers.valkey
    with socket.create_server(("127.0.0.1", servers.valkey.endpoint().port)):
        port = servers.ensure(servers.valkey).port
    servers.stop()

    assert servers.ensure(servers.valkey).port == port


def test_a_long_folder_with_spaces_and_quotes_works(tmp_path: Path) -> None:
    folder = tmp_path / ('it\'s a "long" one ' + "x" * 120) / "data"
    folder.parent.mkdir()
    made = servers_in(folder)
    try:
        made.ensure_all()

        assert all(server.is_up() for server in made.all)
    finally:
        made.stop()


def test_root_may_keep_the_data_in_a_folder_closed_to_others(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    made = servers_in(closed / "data")
    try:
        made.ensure_all()

        assert all(server.is_up() for server in made.all)
    finally:
        made.stop()


def test_nobody_may_list_a_closed_folder_afterwards(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    made = servers_in(closed / "data")
    try:
        made.ensure_all()
    finally:
        made.stop()

    assert closed.stat().st_mode & 0o007 == 0
    assert os.access(closed, os.R_OK)


def test_a_server_is_no_child_of_whoever_started_it(servers: Servers) -> None:
    servers.ensure_all()

    assert not {child.pid for child in processes.psutil.Process().children(recursive=True)} & {
        server.pid() for server in servers.all
    }


def test_a_server_that_cannot_start_says_where_its_reason_is(servers: Servers) -> None:
    assert servers.postgres
    servers.ensure(servers.postgres)
    servers.stop()
    (servers.postgres.data / "postgresql.conf").write_text("nonsense\n")

    with pytest.raises(ServerProblem, match=r"its reason is at the end of .*postgres\.log"):
        servers.ensure(servers.postgres)
