from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from meets.models import Bundle, Import, Meet, School, State
from tests.upload_pages.conftest import FILES

# The questions come over a connection of their own, which must see what the test wrote.
pytestmark = pytest.mark.django_db(transaction=True)
Received = Callable[..., Bundle]


def page(client: Client, bundle: Bundle) -> str:
    return " ".join(client.get(reverse("bundle-check", args=[bundle.pk])).content.decode().split())


@pytest.mark.parametrize(
    "words",
    [
        "Harbour Invitational</strong>, 11 Oct 2025",
        "athletic.net 900001",
        "a new meet",
        "1 without a time",
        "results.csv",
        "comma",
        "UTF-8",
        "athletes.csv",
        "Who ran is taken from the results.",
        "Free disk space",
    ],
)
def test_the_check_tells_what_was_understood(alice_client: Client, received: Received, words: str) -> None:
    assert words in page(alice_client, received())


def test_what_is_new_to_the_site_is_counted(alice_client: Client, received: Received) -> None:
    School.objects.create(name="Quarry Hill", city="Redham")

    text = page(alice_client, received())

    assert '<span class="num">1</span> race, <span class="num">1</span> school' in text


def test_the_check_leaves_the_database_as_it_was(alice_client: Client, received: Received) -> None:
    page(alice_client, received())

    assert not School.objects.exists()


def test_a_meet_that_the_site_has_is_linked_to(alice_client: Client, received: Received) -> None:
    meet = Meet.objects.create(name="Harbor Invite", meet_date="2025-10-11", season_year=2025, athletic_net_id="900001")
    meet.refresh_from_db()

    assert f'<a href="{reverse("meet", args=[meet.pk])}">Harbor Invite</a>' in page(alice_client, received())


def test_both_buttons_are_there(alice_client: Client, received: Received) -> None:
    text = page(alice_client, received())

    assert 'name="mode" value="import"' in text and 'name="mode" value="preview"' in text


def test_two_schools_of_one_name_are_a_question(alice_client: Client, received: Received) -> None:
    School.objects.create(name="Quarry-Hill", city="Redham")
    School.objects.create(name="Quarry Hill", city="Redham")

    assert "Which school is Quarry Hill in Redham?" in page(alice_client, received())


def test_an_unknown_column_is_shown_with_its_values(alice_client: Client, received: Received) -> None:
    renamed = FILES["results.csv"].replace("time_cs", "finish clock")

    assert '<code class="value">93240</code>' in page(alice_client, received(results=renamed))


def test_a_column_that_is_missed_bars_the_import(alice_client: Client, received: Received) -> None:
    text = page(alice_client, received(results=FILES["results.csv"].replace("time_cs", "finish clock")))

    assert "be imported as it is" in text and 'value="import"' not in text


def test_an_impossible_time_is_shown(alice_client: Client, received: Received) -> None:
    text = page(alice_client, received(results=FILES["results.csv"].replace("94000", "16560000")))

    assert "over two hours" in text


def test_the_same_content_is_recognised(alice: User, alice_client: Client, received: Received) -> None:
    first = received()
    Import.objects.create(bundle=first, meet_key="an:900001", state=State.DONE)

    assert "The same files came before" in page(alice_client, received())


def test_the_same_content_never_imported_is_recognised(alice_client: Client, received: Received) -> None:
    received()

    assert "The same files were uploaded before" in page(alice_client, received())


def test_a_bundle_that_names_no_meet_is_asked_for_it(alice: User, alice_client: Client) -> None:
    from meets.actions.receive_bundle import receive
    from tests.upload_pages.conftest import upload_of

    bundle = receive(uploads=[("results.csv", upload_of("results.csv", FILES["results.csv"]))], user=alice)[0]

    assert 'name="answer-meet"' in page(alice_client, bundle)


def test_a_name_with_markup_is_shown_harmless(alice_client: Client, received: Received) -> None:
    text = page(alice_client, received(meets=FILES["meets.csv"].replace("Harbour Inv", "<script>x</script>")))

    assert "<script>x" not in text


def test_the_check_of_two_bundles_costs_the_same(
    alice_client: Client, received: Received, django_assert_max_num_queries: Callable
) -> None:
    bundle = received()
    received()

    with django_assert_max_num_queries(12):
        page(alice_client, bundle)
