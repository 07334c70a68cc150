from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from meets.models import Import, Stage, State

MakeImport = Callable[..., Import]


def test_the_live_part_shows_how_far_the_stage_is(alice_client: Client, make_import: MakeImport) -> None:
    import_ = make_import(state=State.RUNNING, stage=Stage.APPLY, stage_rows=1200, stage_total=4655)

    assert "1,200 of 4,655 rows" in alice_client.get(reverse("import-live", args=[import_.pk])).content.decode()


def test_the_live_part_brings_the_state_at_the_pages_head(alice_client: Client, make_import: MakeImport) -> None:
    import_ = make_import(state=State.RUNNING)

    body = alice_client.get(reverse("import-live", args=[import_.pk])).content.decode()

    assert '<span id="import-state" hx-swap-oob="true"><span class="badge state-running">Running</span>' in body


def test_the_page_has_a_place_for_that_state(alice_client: Client, make_import: MakeImport) -> None:
    import_ = make_import(state=State.QUEUED)

    body = alice_client.get(reverse("import", args=[import_.pk])).content.decode()

    assert '<span id="import-state"><span class="badge state-queued">' in body


def test_the_live_part_goes_on_asking_while_it_runs(alice_client: Client, make_import: MakeImport) -> None:
    import_ = make_import(state=State.RUNNING)

    assert "every 1s" in alice_client.get(reverse("import-live", args=[import_.pk])).content.decode()


def test_the_live_part_says_what_it_waits_for(alice_client: Client, make_import: MakeImport) -> None:
    import_ = make_import(state=State.RUNNING, waiting_for="another import writes its athletes")

    body = alice_client.get(reverse("import-live", args=[import_.pk])).content.decode()

    assert "Waiting: another import writes its athletes" in body


@pytest.mark.parametrize("state", [State.DONE, State.FAILED, State.CANCELLED, State.NEEDS_ANSWER])
def test_the_whole_page_is_loaded_when_it_has_ended(
    alice_client: Client, make_import: MakeImport, state: State
) -> None:
    response = alice_client.get(reverse("import-live", args=[make_import(state=state).pk]))

    assert response.headers["HX-Refresh"] == "true"


def test_the_live_part_costs_one_query_beyond_the_person(
    alice_client: Client, make_import: MakeImport, django_assert_num_queries: Callable
) -> None:
    import_ = make_import(state=State.RUNNING)

    with django_assert_num_queries(4):
        alice_client.get(reverse("import-live", args=[import_.pk]), headers={"HX-Request": "true"})
