"""Answer the sure ones together: listed before it is done, each its own decision, one undo."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from meets.models import Result
from reconciliation.actions.answer_case import answer_case
from reconciliation.models import Case, Decision
from tests.held import Held, three_questions


@pytest.fixture
def held(db: None) -> Held:
    return three_questions()


def pairs(held: Held) -> list[str]:
    return [f"{case.pk}:{case.version}" for case in held.cases]


def listed(client: Client, query: str = "") -> list[Case]:
    return [row.case for row in client.get(f"/review/together/{query}").context["rows"]]


def test_it_lists_what_is_above_the_threshold(bob_client: Client, held: Held) -> None:
    assert (len(listed(bob_client)), listed(bob_client, "?above=0.99")) == (3, [])


def test_what_has_a_veto_or_two_candidates_is_not_listed(bob_client: Client, held: Held) -> None:
    held.ask("Ana Tores", held.athlete("Ana Torres"), vetoes=("both finished the same race",))
    held.ask("Bea Lind", held.athlete("Bea Lindh"), held.athlete("Bea Linde"))
    assert len(listed(bob_client)) == 3


def test_all_that_is_ticked_is_answered(bob_client: Client, held: Held) -> None:
    bob_client.post("/review/together/", {"case": pairs(held)[:2], "reason": "Checked."})
    assert Result.objects.filter(race=held.race).count() == 2
    assert set(Decision.objects.values_list("answer", "reason")) == {("same", "Checked.")}


def test_a_reason_for_all_overrides_no_veto(bob_client: Client, held: Held) -> None:
    twin = held.athlete("Ana Torres")
    held.result(twin, held.race, 111_000)
    held.ask("Ana Tores", twin)
    bob_client.post("/review/together/", {"case": pairs(held), "reason": "Checked."})
    assert Decision.objects.count() == 3
    assert Case.objects.get(pk=held.cases[3].pk).status == "open"


def test_what_somebody_else_decided_is_left_out_and_told(bob_client: Client, dana: User, held: Held) -> None:
    answer_case(case_id=held.cases[0].pk, version=1, answer="different", user=dana)
    response = bob_client.post("/review/together/", {"case": pairs(held)}, follow=True)
    assert "1 left out" in response.content.decode()
    assert Decision.objects.filter(answer="same").count() == 2


def test_one_undo_takes_all_back(bob_client: Client, held: Held) -> None:
    bob_client.post("/review/together/", {"case": pairs(held)})
    bob_client.post(f"/decisions/{Decision.objects.first().pk}/undo/", {"quick": "1", "queue": ""})
    assert not Result.objects.filter(race=held.race).exists()
    assert Case.objects.filter(status="open").count() == 3


def test_nothing_ticked_answers_nothing(bob_client: Client, held: Held) -> None:
    assert bob_client.post("/review/together/").status_code == 303
    assert not Decision.objects.exists()
