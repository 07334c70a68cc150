import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reconciliation.models import Case
from reconciliation.review.queue import OLDEST, SUREST, Queue, QueueFilter, around
from tests.pages.conftest import World

Make = Callable[..., Any]
MORNING = datetime(2025, 10, 12, 8, tzinfo=UTC)


def ask(kind: str = "name_variant", *, minute: int = 0, score: float | None = 0.5, **fields: Any) -> Case:
    candidates = [] if score is None else [{"athlete_id": str(uuid.uuid4()), "name": "Ana", "score": score}]
    given = {"question": f"Question {minute}?", "position": MORNING + timedelta(minutes=minute), **fields}
    case = Case.objects.create(
        pk=uuid.uuid4(), kind=kind, fingerprint=str(uuid.uuid4()), candidates=candidates, **given
    )
    case.refresh_from_db()
    return case


def questions(client: Client, query: str = "") -> list[str]:
    return [case.question for case in client.get(f"/review/{query}").context["near"].cases]


def test_it_says_that_nothing_waits(alice_client: Client, db: None) -> None:
    assert "Nothing waits" in alice_client.get("/review/").content.decode()


def test_a_choice_that_nothing_fits_offers_the_others(alice_client: Client, db: None) -> None:
    ask()
    assert "1 open question" in alice_client.get("/review/?kind=two_times").content.decode()


def test_it_opens_with_the_oldest_question(alice_client: Client, db: None) -> None:
    ask(minute=2)
    oldest = ask(minute=1)
    assert alice_client.get("/review/").context["case"] == oldest


def test_the_surest_come_first_when_asked_for(alice_client: Client, db: None) -> None:
    for minute, score in ((1, 0.6), (2, 0.9), (3, None), (4, 0.7)):
        ask(minute=minute, score=score)
    assert questions(alice_client, "?sort=surest") == [f"Question {n}?" for n in (2, 4, 1, 3)]


def test_it_shows_open_cases_only(alice_client: Client, db: None) -> None:
    ask(minute=1)
    for status in ("answered", "dismissed", "obsolete"):
        ask(minute=2, status=status)
    assert questions(alice_client) == ["Question 1?"]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?kind=two_times", [2]),
        ("?sure=high", [1]),
        ("?sure=middle", [2]),
        ("?sure=low", [3]),
        ("?sure=none", [4]),
        ("?kind=nonsense", [1, 2, 3, 4]),
        ("?sure=low&kind=two_times", []),
    ],
)
def test_filters_narrow_the_queue(alice_client: Client, db: None, query: str, shown: list[int]) -> None:
    ask(minute=1, score=0.95)
    ask("two_times", minute=2, score=0.8)
    ask(minute=3, score=0.2)
    ask(minute=4, score=None)
    assert questions(alice_client, query) == [f"Question {n}?" for n in shown]


def test_it_shows_one_meet(alice_client: Client, world: World) -> None:
    ask(minute=1, meet_id=world.meet.pk)
    ask(minute=2, meet_id=uuid.uuid4())
    assert questions(alice_client, f"?meet={world.meet.pk}") == ["Question 1?"]


def test_it_shows_one_school(alice_client: Client, world: World) -> None:
    ask(minute=1, school_id=world.school.pk)
    ask(minute=2, school_id=uuid.uuid4())
    assert questions(alice_client, f"?school={world.school.pk}") == ["Question 1?"]


def test_a_meet_that_is_no_id_is_passed_over(alice_client: Client, db: None) -> None:
    ask()
    assert len(questions(alice_client, "?meet=x")) == 1


def test_the_filters_say_how_many_wait_for_each(alice_client: Client, world: World) -> None:
    for minute in range(3):
        ask(minute=minute, meet_id=world.meet.pk, school_id=world.school.pk)
    context = alice_client.get("/review/").context
    assert [(one.name, one.n) for one in (*context["meets"], *context["schools"])] == [
        ("Redham Twilight", 3),
        ("Larkspring Christian", 3),
    ]


def test_the_kinds_are_counted_under_the_other_filters(alice_client: Client, world: World) -> None:
    ask("two_times", meet_id=world.meet.pk)
    ask("two_times", minute=1)
    ask("no_grade", minute=2)
    kinds = alice_client.get(f"/review/?meet={world.meet.pk}&kind=no_grade").context["kinds"]
    assert [(value, n) for value, _label, n in kinds] == [("two_times", 1)]


def test_what_is_parked_for_another_does_not_wait_for_me(alice_client: Client, bob: User) -> None:
    ask(minute=1)
    ask(minute=2, parked_for=bob)
    assert questions(alice_client) == ["Question 1?"]


def test_what_is_parked_for_me_waits_for_me(bob_client: Client, bob: User) -> None:
    ask(minute=1)
    ask(minute=2, parked_for=bob)
    assert (questions(bob_client), questions(bob_client, "?whose=mine")) == (
        ["Question 1?", "Question 2?"],
        ["Question 2?"],
    )


def test_what_is_parked_for_others_can_be_looked_at(alice_client: Client, bob: User) -> None:
    ask(minute=1)
    ask(minute=2, parked_for=bob)
    assert (questions(alice_client, "?whose=parked"), len(questions(alice_client, "?whose=all"))) == (
        ["Question 2?"],
        2,
    )


def test_the_place_in_the_queue_is_shown(alice_client: Client, db: None) -> None:
    cases = [ask(minute=minute) for minute in range(5)]
    near = alice_client.get(f"/review/{cases[3].pk}/").context["near"]
    assert (near.place, near.total, near.previous, near.next) == (4, 5, cases[2], cases[4])


def test_the_filters_go_along_to_the_next_case(alice_client: Client, db: None) -> None:
    cases = [ask("two_times", minute=minute) for minute in range(2)]
    text = alice_client.get("/review/?kind=two_times").content.decode()
    assert f'href="/review/{cases[1].pk}/?kind=two_times"' in text


def test_an_answered_case_still_knows_what_comes_next(alice_client: Client, alice: User, db: None) -> None:
    cases = [ask(minute=minute) for minute in range(3)]
    Case.objects.filter(pk=cases[1].pk).update(status="answered")
    assert Queue(QueueFilter(), alice).next_after(cases[1]) == cases[2]


def test_after_the_last_case_comes_the_first(alice: User, db: None) -> None:
    cases = [ask(minute=minute) for minute in range(3)]
    assert Queue(QueueFilter(), alice).next_after(cases[2]) == cases[0]


def test_the_rail_shows_how_many_wait(alice_client: Client, db: None) -> None:
    ask()
    waiting = {entry["label"]: entry["count"] for entry in alice_client.get("/review/").context["rail"]}
    assert waiting["Review"] == 1


@pytest.mark.parametrize("query", ["", "?sort=surest", "?kind=name_variant"])
def test_it_asks_as_often_for_many_cases_as_for_one(
    alice_client: Client, django_assert_num_queries: Any, query: str
) -> None:
    for minute in range(40):
        ask(minute=minute, meet_id=uuid.uuid4(), school_id=uuid.uuid4())
    with django_assert_num_queries(18):
        alice_client.get(f"/review/{query}")


@given(
    rows=st.lists(st.tuples(st.integers(0, 3), st.sampled_from([None, 0.2, 0.5, 0.9])), min_size=1, max_size=12),
    sort=st.sampled_from([OLDEST, SUREST]),
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_walking_from_case_to_case_visits_each_once_in_order(
    alice: User, rows: list[tuple[int, float | None]], sort: str
) -> None:
    """Equal positions and equal scores must neither hide a case nor show it twice."""
    Case.objects.all().delete()
    for minute, score in rows:
        ask(minute=minute, score=score)
    queue = Queue(QueueFilter(sort=sort), alice)
    walked, case = [], queue.first()
    while case is not None:
        near = around(queue, case)
        walked.append((near.place, case.pk))
        case = near.next
    assert walked == list(enumerate(queue.ordered().values_list("pk", flat=True), 1))
