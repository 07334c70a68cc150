import shutil
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection
from django.test import Client

from importadmin import health
from importadmin.database import connect
from importadmin.enable_trigger import enable_trigger
from importadmin.health import Part, postgres_parts, redis_parts
from importadmin.models import AuditEntry
from importadmin.servers import Servers
from importadmin.views import system
from meets.actions.refused import Refused
from meets.models import Bundle, Import

TRIGGER = "importadmin_results_inserted"


@pytest.fixture(autouse=True)
def _asked_anew() -> None:
    system._kept = None


@pytest.fixture
def redis_away(settings: Any) -> None:
    settings.RQ_QUEUES = {"imports": {"URL": "redis://127.0.0.1:1/0"}}


@pytest.fixture
def redis_there(settings: Any) -> None:
    servers = Servers(settings.IMPORTADMIN_ENV)
    if servers.valkey:
        servers.ensure(servers.valkey)


@pytest.fixture
def trigger_off(db: None) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE public.results DISABLE TRIGGER {TRIGGER}")
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE public.results ENABLE TRIGGER {TRIGGER}")


@pytest.fixture
def other_session(db: None) -> Iterator["psycopg.Connection[Any]"]:
    with connect(application_name="somebody else") as other:
        yield other
        other.rollback()


def test_postgresql_works(db: None) -> None:
    assert health.postgresql().ok is True


def test_redis_that_does_not_answer_is_said_with_the_remedy(redis_away: None) -> None:
    parts = health.redis_and_workers()
    assert ([part.ok for part in parts], bool(parts[0].remedy)) == ([False, None, None], True)


def test_queues_tell_what_waits(redis_there: None) -> None:
    assert set(redis_parts.queue_figures()["imports"]) == {"waiting", "running", "failed", "scheduled"}


def test_no_worker_is_said_with_how_to_start_one() -> None:
    assert "manage.py worker" in redis_parts._workers_part([]).remedy


def test_a_worker_tells_what_it_runs(db: None) -> None:
    bundle = Bundle.objects.create(name="meet_900001_20251011", content_hash="0" * 64)
    Import.objects.create(bundle=bundle, meet_key="an:1", state="running", worker="one", stage="apply")
    found = redis_parts._workers_part([{"name": "one", "state": "busy", "seen": None}])
    assert found.facts["one"].startswith("imports meet_900001_20251011, apply")


def test_a_transaction_that_is_open_is_told_with_its_program(other_session: "psycopg.Connection[Any]") -> None:
    other_session.execute("SELECT 1")
    assert health.transactions().facts["Program"] == "somebody else"


def test_a_transaction_open_for_hours_fails_with_how_to_end_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_parts, "longest_transaction", lambda: (3 * 3600.0, 4711, "psql", "idle", "site"))
    part = health.transactions()
    assert (part.ok, part.says, "pg_terminate_backend(4711)" in part.remedy) == (False, "open for 3 h 0 min", True)


def test_migrations_are_all_applied(db: None) -> None:
    assert health.migrations().ok is True


def test_a_migration_that_is_missing_is_named(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'importadmin' AND name = '0004_sign_in_attempts'")
    part = health.migrations()
    assert (part.ok, "0004_sign_in_attempts" in part.facts["Waiting"]) == (False, True)


def test_a_database_newer_than_the_program_is_said(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('meets', '9999_later', now())")
    assert health.migrations().ok is None


@pytest.mark.parametrize(("free", "ok"), [(10**12, True), (10**9, None), (10**8, False)])
def test_a_disk_says_when_it_gets_full(monkeypatch: pytest.MonkeyPatch, free: int, ok: bool | None) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: (10**13, 10**13 - free, free))
    assert health.disk().ok is ok


def test_uploads_tell_how_much_is_kept(db: None) -> None:
    Bundle.objects.create(name="b", content_hash="0" * 64, size_bytes=29_100_000)
    assert health.storage().facts["Kept"] == "1 bundle, 29.1 MB"


@pytest.mark.parametrize(("size", "words"), [(0, "0 B"), (999, "999 B"), (29_100_000, "29.1 MB"), (3e12, "3.0 TB")])
def test_sizes_read_as_words(size: float, words: str) -> None:
    assert health.size_words(size) == words


def test_a_trigger_that_is_off_is_named(alice_client: Client, redis_away: None, trigger_off: None) -> None:
    assert [trigger["name"] for trigger in alice_client.get("/system/").context["off"]] == [TRIGGER]


def test_an_admin_enables_a_trigger(dana_client: Client, redis_away: None, trigger_off: None) -> None:
    assert "system/triggers/enable/" in dana_client.get("/system/").content.decode()
    dana_client.post("/system/triggers/enable/", {"table": "results", "name": TRIGGER})
    assert health.triggers().ok is True


def test_others_see_no_button(alice_client: Client, redis_away: None, trigger_off: None) -> None:
    assert "system/triggers/enable/" not in alice_client.get("/system/").content.decode()


def test_enabling_a_trigger_is_in_the_audit_log(dana: User, trigger_off: None) -> None:
    enable_trigger(table="results", name=TRIGGER, user=dana)
    entry = AuditEntry.objects.get(action="system.trigger_enabled")
    assert (entry.actor, entry.before["state"], entry.after["state"]) == (dana, "off", "on")


def test_a_trigger_that_is_on_is_left_alone(dana: User) -> None:
    assert enable_trigger(table="results", name=TRIGGER, user=dana) is False
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("table", "name"), [("results", "nothing"), ("auth_user", TRIGGER), ('results" DISABLE TRIGGER ALL; --', TRIGGER)]
)
def test_nothing_but_a_trigger_of_the_sites_tables_is_touched(dana: User, table: str, name: str) -> None:
    with pytest.raises(Refused, match="There is no trigger"):
        enable_trigger(table=table, name=name, user=dana)


@pytest.mark.django_db(transaction=True)
def test_a_table_that_somebody_writes_is_not_waited_for_long(
    dana: User, trigger_off: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importadmin.enable_trigger.LOCK_SECONDS", 1)
    with connect() as writer:
        writer.execute("LOCK TABLE public.results IN ROW EXCLUSIVE MODE")
        with pytest.raises(Refused, match="Try again"):
            enable_trigger(table="results", name=TRIGGER, user=dana)
    assert enable_trigger(table="results", name=TRIGGER, user=dana) is True


def test_the_page_asks_the_database_a_few_times_only(
    alice_client: Client, redis_away: None, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(16):
        alice_client.get("/system/")


def parts_are(monkeypatch: pytest.MonkeyPatch, *parts: Part) -> None:
    monkeypatch.setattr("importadmin.health.all_parts", lambda: list(parts))


def test_healthz_is_200_while_every_part_works(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    parts_are(monkeypatch, Part("PostgreSQL", True, "works"), Part("Disk", None, "1 GB free"))
    page = client.get("/healthz")
    assert (page.status_code, page.content) == (200, b"postgresql ok\ndisk look\n")


def test_healthz_is_503_when_a_part_fails(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    parts_are(monkeypatch, Part("PostgreSQL", True, "works"), Part("Redis", False, "away"))
    assert client.get("/healthz").status_code == 503


def test_healthz_tells_a_stranger_no_address_version_or_error(client: Client, db: None, redis_away: None) -> None:
    words = client.get("/healthz").content.decode().split()
    parts = {"postgresql", "longest_transaction", "triggers", "migrations", "redis", "queues", "workers", "disk"}
    assert set(words) <= {"ok", "look", "failing", "uploads"} | parts


def test_healthz_does_not_ask_the_servers_for_every_stranger(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def all_parts() -> list[Part]:
        asked.append(1)
        return [Part("PostgreSQL", True, "works")]

    monkeypatch.setattr("importadmin.health.all_parts", all_parts)
    for _ in range(5):
        client.get("/healthz")
    assert len(asked) == 1


def test_healthz_web_does_without_redis(client: Client, db: None, redis_away: None) -> None:
    assert client.get("/healthz/web").content == b"ok\n"


@pytest.mark.parametrize(("address", "answers"), [("/healthz", b"postgresql failing"), ("/healthz/web", b"database")])
def test_without_the_database_it_is_503(
    client: Client, redis_away: None, monkeypatch: pytest.MonkeyPatch, address: str, answers: bytes
) -> None:
    class Gone:
        def cursor(self) -> None:
            raise DatabaseError("gone")

    monkeypatch.setattr("importadmin.views.system.connection", Gone())
    monkeypatch.setattr("importadmin.health.postgres_parts.connection", Gone())
    page = client.get(address)
    assert (page.status_code, page.content[: len(answers)]) == (503, answers)
