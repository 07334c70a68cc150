from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from importadmin.tables import CappedPaginator
from meets.models import Athlete
from tests.pages.conftest import World


def names(client: Client, query: str = "") -> list[str]:
    return [row.record.name for row in client.get(f"/athletes/{query}").context["table"].page.object_list]


@pytest.mark.parametrize("typed", ["ana", "torres ana", "MARÍA", "maria t", "Ana-Maria"])
def test_it_finds_a_name_however_it_is_typed(alice_client: Client, world: World, typed: str) -> None:
    assert names(alice_client, f"?q={typed}") == ["Ana María Torres"]


def test_it_finds_nothing_for_another_name(alice_client: Client, world: World) -> None:
    assert "No athlete matches" in alice_client.get("/athletes/?q=henderson").content.decode()


@pytest.mark.parametrize("typed", ["%25", "_", "%00", "..."])
def test_signs_alone_break_nothing(alice_client: Client, world: World, typed: str) -> None:
    assert alice_client.get(f"/athletes/?q={typed}").status_code == 200


def test_it_shows_one_school(alice_client: Client, world: World, make_athlete: Callable[..., Athlete]) -> None:
    other = type(world.school).objects.create(pk=world.race.pk, name="Stoneland Charter")
    make_athlete("Noah Henderson", other)
    assert names(alice_client, f"?school={other.pk}") == ["Noah Henderson"]


def test_a_school_that_is_no_id_is_passed_over(alice_client: Client, world: World) -> None:
    assert names(alice_client, "?school=x") == ["Ana María Torres"]


def test_it_goes_by_name(alice_client: Client, world: World, make_athlete: Callable[..., Athlete]) -> None:
    make_athlete("Aaron Mabry", world.school)
    assert names(alice_client) == ["Aaron Mabry", "Ana María Torres"]


def test_it_asks_as_often_for_many_athletes_as_for_one(
    alice_client: Client,
    world: World,
    make_athlete: Callable[..., Athlete],
    django_assert_num_queries: Any,
) -> None:
    for number in range(60):
        make_athlete(f"Runner {number}", world.school)
    with django_assert_num_queries(6):
        alice_client.get("/athletes/")


def test_it_stops_counting_at_the_cap(world: World, make_athlete: Callable[..., Athlete]) -> None:
    class Short(CappedPaginator):
        CAP = 2

    for number in range(3):
        make_athlete(f"Runner {number}", world.school)
    assert (Short(Athlete.objects.order_by("pk"), 1).count, Short(Athlete.objects.order_by("pk"), 1).capped) == (
        2,
        True,
    )


def test_the_list_itself_is_counted_no_further_than_the_cap(
    alice_client: Client, world: World, make_athlete: Callable[..., Athlete], monkeypatch: Any
) -> None:
    monkeypatch.setattr(CappedPaginator, "CAP", 2)
    for number in range(3):
        make_athlete(f"Runner {number}", world.school)
    assert alice_client.get("/athletes/").context["table"].paginator.count == 2
