from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meets.models import Import, Meet


def names(client: Client, query: str = "") -> list[str]:
    return [row.record.name for row in client.get(f"/meets/{query}").context["table"].page.object_list]


def test_the_latest_meet_comes_first(alice_client: Client, make_meet: Callable[..., Meet]) -> None:
    make_meet("Older", meet_date="2024-09-01")
    make_meet("Newer", meet_date="2025-09-01")
    assert names(alice_client) == ["Newer", "Older"]


def test_it_sorts_by_the_number_of_results(alice_client: Client, make_meet: Callable[..., Meet]) -> None:
    few, many = make_meet("Few"), make_meet("Many")
    Meet.objects.filter(pk=few.pk).update(result_count=1)
    Meet.objects.filter(pk=many.pk).update(result_count=2)
    assert names(alice_client, "?sort=-result_count") == ["Many", "Few"]


def test_it_shows_one_season(alice_client: Client, make_meet: Callable[..., Meet]) -> None:
    make_meet("Old", season_year=2024)
    make_meet("New", season_year=2025)
    assert names(alice_client, "?season=2024") == ["Old"]


def test_it_finds_a_meet_by_a_part_of_its_name(alice_client: Client, make_meet: Callable[..., Meet]) -> None:
    make_meet("Redham Twilight")
    make_meet("Kestrelridge Classic")
    assert names(alice_client, "?q=twil") == ["Redham Twilight"]


def test_it_finds_a_meet_by_its_athletic_net_number(alice_client: Client, make_meet: Callable[..., Meet]) -> None:
    make_meet("Redham Twilight", athletic_net_id="900001")
    make_meet("Kestrelridge Classic", athletic_net_id="900002")
    assert names(alice_client, "?q=900002") == ["Kestrelridge Classic"]


def test_a_preview_is_no_last_import(
    alice_client: Client, make_meet: Callable[..., Meet], make_import: Callable[..., Import]
) -> None:
    meet = make_meet()
    make_import(meet_id=meet.pk, mode="preview", finished_at="2026-01-01T10:00Z")
    assert "not by this app" in alice_client.get("/meets/").content.decode()


def test_it_asks_as_often_for_many_meets_as_for_one(
    alice_client: Client, make_meet: Callable[..., Meet], django_assert_num_queries: Any
) -> None:
    for number in range(30):
        make_meet(f"Meet {number}")
    with django_assert_num_queries(7):
        alice_client.get("/meets/")


def test_it_never_reads_results(alice_client: Client, make_meet: Callable[..., Meet]) -> None:
    make_meet()
    with CaptureQueriesContext(connection) as asked:
        alice_client.get("/meets/")
    assert not [query for query in asked.captured_queries if '"results"' in query["sql"]]


def test_a_season_that_is_no_year_is_passed_over(alice_client: Client, make_meet: Callable[..., Meet]) -> None:
    make_meet()
    assert names(alice_client, "?season=20x5") == ["Redham Twilight"]
