from collections.abc import Callable

import pytest
from django.test import Client

from meets.models import Import, SlugRedirect
from tests.pages.conftest import World


@pytest.mark.parametrize(
    ("typed", "found"),
    [("twilight", "meets"), ("torres", "athletes"), ("larkspring", "schools"), ("meet_9000", "imports")],
)
def test_it_finds_each_kind(
    alice_client: Client, world: World, make_import: Callable[..., Import], typed: str, found: str
) -> None:
    make_import()
    context = alice_client.get(f"/search/?q={typed}").context
    assert [kind for kind in ("meets", "athletes", "schools", "imports") if context[kind]] == [found]


def test_a_meets_number_leads_to_it_at_once(alice_client: Client, world: World) -> None:
    assert alice_client.get("/search/?q=900001").headers["Location"] == f"/meets/{world.meet.pk}/"


def test_an_id_leads_to_its_page_at_once(alice_client: Client, world: World) -> None:
    assert alice_client.get(f"/search/?q={world.athlete.pk}").headers["Location"] == f"/athletes/{world.athlete.pk}/"


def test_a_slug_leads_to_the_athlete(alice_client: Client, world: World) -> None:
    assert alice_client.get(f"/search/?q={world.athlete.slug}").headers["Location"] == f"/athletes/{world.athlete.pk}/"


def test_a_redirected_slug_leads_to_the_athlete(alice_client: Client, world: World) -> None:
    SlugRedirect.objects.create(slug="ana-old", athlete_id=world.athlete.pk)
    assert alice_client.get("/search/?q=ana-old").headers["Location"] == f"/athletes/{world.athlete.pk}/"


@pytest.mark.parametrize("typed", ["", "%20", "%00", "%25", "'", "---", "11111111-1111-1111-1111-111111111111"])
def test_odd_input_breaks_nothing(alice_client: Client, world: World, typed: str) -> None:
    assert alice_client.get(f"/search/?q={typed}").status_code == 200


def test_it_says_what_to_try_when_nothing_is_found(alice_client: Client, world: World) -> None:
    assert "Nothing found" in alice_client.get("/search/?q=zzzz").content.decode()
