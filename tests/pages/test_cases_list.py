from collections.abc import Callable
from typing import Any

from django.test import Client

from tests.pages.conftest import World


def questions(client: Client, query: str = "") -> int:
    return len(client.get(f"/review/{query}").context["table"].page.object_list)


def test_it_says_that_nothing_waits(alice_client: Client, db: None) -> None:
    assert "Nothing waits" in alice_client.get("/review/").content.decode()


def test_it_shows_open_cases_only(alice_client: Client, make_case: Callable[..., Any]) -> None:
    make_case(2)
    make_case(3, status="obsolete")
    assert questions(alice_client) == 1


def test_it_shows_one_kind(alice_client: Client, make_case: Callable[..., Any]) -> None:
    make_case(2, kind="no_grade")
    make_case(3, kind="two_times")
    assert questions(alice_client, "?kind=no_grade") == 1


def test_it_shows_one_meet(alice_client: Client, world: World, make_case: Callable[..., Any]) -> None:
    make_case()
    assert (questions(alice_client, f"?meet={world.meet.pk}"), questions(alice_client, f"?meet={world.race.pk}")) == (
        1,
        0,
    )


def test_a_meet_that_is_no_id_is_passed_over(alice_client: Client, make_case: Callable[..., Any]) -> None:
    make_case()
    assert questions(alice_client, "?meet=x") == 1


def test_the_rail_shows_how_many_wait(alice_client: Client, make_case: Callable[..., Any]) -> None:
    make_case()
    waiting = {entry["label"]: entry["count"] for entry in alice_client.get("/review/").context["rail"]}
    assert waiting["Review"] == 1


def test_it_asks_as_often_for_many_cases_as_for_one(
    alice_client: Client, make_case: Callable[..., Any], django_assert_num_queries: Any
) -> None:
    for line in range(2, 22):
        make_case(line)
    with django_assert_num_queries(8):
        alice_client.get("/review/")
