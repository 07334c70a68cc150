from collections.abc import Callable
from typing import Any

from django.test import Client

from meets.models import AthleteAlias, Result, SlugRedirect
from tests.pages.conftest import World


def page(client: Client, world: World) -> str:
    return client.get(f"/athletes/{world.athlete.pk}/").content.decode()


def test_a_time_reads_as_runners_write_it(alice_client: Client, world: World) -> None:
    assert "18:43.40" in page(alice_client, world)


def test_it_names_the_spelling_of_the_csv(alice_client: Client, world: World) -> None:
    assert alice_client.get(f"/athletes/{world.athlete.pk}/").context["spellings"] == ["ANA MARIA TORRES"]


def test_it_names_accepted_spellings(alice_client: Client, world: World) -> None:
    AthleteAlias.objects.create(athlete_id=world.athlete.pk, name="Anita Torres", name_key="anita torres")
    assert "Anita Torres" in page(alice_client, world)


def test_it_names_addresses_that_lead_here(alice_client: Client, world: World) -> None:
    SlugRedirect.objects.create(slug="ana-torres-old", athlete_id=world.athlete.pk)
    assert "ana-torres-old" in page(alice_client, world)


def test_it_shows_the_best_of_a_season(alice_client: Client, world: World) -> None:
    (best,) = alice_client.get(f"/athletes/{world.athlete.pk}/").context["bests"]
    assert (best.season_year, best.season_best_time_cs) == (2025, 112_340)


def test_an_athlete_without_results_says_so(alice_client: Client, world: World) -> None:
    Result.objects.all().delete()
    assert "No results" in page(alice_client, world)


def test_an_athlete_who_is_not_there_is_a_404(alice_client: Client, world: World) -> None:
    assert alice_client.get(f"/athletes/{world.meet.pk}/").status_code == 404


def test_it_asks_as_often_for_many_results_as_for_one(
    alice_client: Client,
    world: World,
    make_result: Callable[..., Result],
    django_assert_num_queries: Any,
) -> None:
    for number in range(20):
        make_result(world.athlete, world.race, 112_341 + number)
    with django_assert_num_queries(11):
        page(alice_client, world)
