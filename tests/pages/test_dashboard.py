from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from importadmin.health import Part
from importadmin.views import dashboard
from meets.models import Import, Meet
from tests.pages.conftest import World


@pytest.fixture(autouse=True)
def _healthy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importadmin.health.all_parts", lambda: [Part("PostgreSQL", True, "works")])


def test_it_invites_to_upload_when_there_is_nothing(alice_client: Client) -> None:
    assert "No meet yet" in alice_client.get("/").content.decode()


def test_it_counts_open_cases_by_kind(alice_client: Client, make_case: Callable[..., Any]) -> None:
    for line, kind in ((2, "no_grade"), (3, "no_grade"), (4, "two_times")):
        make_case(line, kind=kind)
    counted = {row["kind"]: row["n"] for row in alice_client.get("/").context["cases"]}
    assert counted == {"no_grade": 2, "two_times": 1}


def test_it_leaves_answered_cases_out(alice_client: Client, make_case: Callable[..., Any]) -> None:
    make_case(status="answered")
    assert alice_client.get("/").context["open_cases"] == 0


def test_it_names_a_failed_import(alice_client: Client, make_import: Callable[..., Import]) -> None:
    failed = make_import(state="failed", failure_kind="crash")
    assert f"/imports/{failed.pk}/" in alice_client.get("/").content.decode()


def test_a_failed_import_that_was_made_good_is_not_named(db: None, make_import: Callable[..., Import]) -> None:
    make_import(state="failed", failure_kind="crash", meet_key="an:1", created_at="2026-01-01T10:00Z")
    make_import(state="done", meet_key="an:1")
    assert not dashboard.failed_imports().exists()


def test_a_later_preview_makes_nothing_good(db: None, make_import: Callable[..., Import]) -> None:
    make_import(state="failed", failure_kind="crash", meet_key="an:1")
    make_import(state="done", mode="preview", meet_key="an:1")
    assert dashboard.failed_imports().count() == 1


def test_a_meet_with_open_cases_is_not_settled(world: World, make_case: Callable[..., Any]) -> None:
    make_case()
    assert list(dashboard.unsettled_meets()) == [world.meet]


def test_it_asks_as_often_for_many_meets_as_for_one(
    alice_client: Client,
    make_meet: Callable[..., Meet],
    make_case: Callable[..., Any],
    django_assert_num_queries: Any,
) -> None:
    for number in range(9):
        make_meet(f"Meet {number}")
        make_case(number + 2)
    with django_assert_num_queries(12):
        alice_client.get("/")


def test_it_comes_up_without_redis(alice_client: Client, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.undo()
    settings.RQ_QUEUES = {"imports": {"URL": "redis://127.0.0.1:1/0"}}
    assert "Redis does not answer" in alice_client.get("/").content.decode()
