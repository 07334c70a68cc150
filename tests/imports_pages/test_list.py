from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from meets.models import Import, State

MakeImport = Callable[..., Import]


def listed(client: Client, **query: str) -> str:
    return client.get(reverse("imports"), query).content.decode()


def test_an_import_is_listed_by_the_name_of_its_meet(alice_client: Client, done: Import) -> None:
    assert "Harbour Invitational" in listed(alice_client)


def test_an_import_whose_meet_is_not_there_yet_is_listed_by_its_bundle(
    alice_client: Client, make_import: MakeImport
) -> None:
    make_import()

    assert "meet_900001_20251011" in listed(alice_client)


def test_the_list_says_what_became_of_the_lines(alice_client: Client, done: Import) -> None:
    assert "2 added" in listed(alice_client)


def test_lines_that_wait_are_linked_to(alice_client: Client, done: Import) -> None:
    assert f"{reverse('import-rows', args=[done.pk])}?outcome=held" in listed(alice_client)


def test_a_preview_says_what_would_happen(alice_client: Client, make_import: MakeImport) -> None:
    make_import(mode="preview", state=State.DONE, outcomes={"inserted": 7}, lines=7)

    assert "would add 7" in listed(alice_client)


def test_a_filter_by_state_leaves_out_the_others(alice_client: Client, done: Import) -> None:
    assert "Harbour Invitational" not in listed(alice_client, state="failed")


def test_an_unknown_state_filters_nothing(alice_client: Client, done: Import) -> None:
    assert "Harbour Invitational" in listed(alice_client, state="nonsense")


@pytest.mark.parametrize("words", ["harbour", "900001_2025", "900001"])
def test_a_search_finds_by_meet_by_bundle_and_by_number(alice_client: Client, done: Import, words: str) -> None:
    assert "Harbour Invitational" in listed(alice_client, q=words)


def test_a_search_that_finds_nothing_says_what_to_do(alice_client: Client, done: Import) -> None:
    assert "No import matches" in listed(alice_client, q="nowhere")


def test_the_list_keeps_itself_fresh_while_an_import_runs(alice_client: Client, make_import: MakeImport) -> None:
    make_import(state=State.RUNNING)

    assert 'hx-trigger="every 2s"' in listed(alice_client)


def test_the_list_rests_when_nothing_runs(alice_client: Client, done: Import) -> None:
    assert "hx-trigger" not in listed(alice_client)


def test_fifty_imports_cost_as_many_queries_as_one(
    alice: User, alice_client: Client, make_import: MakeImport, django_assert_num_queries: Callable
) -> None:
    for number in range(50):
        make_import(meet_key=f"an:{number}", created_by=alice)

    # session, person, role; the count that waits; how many, which
    with django_assert_num_queries(6):
        alice_client.get(reverse("imports"))
