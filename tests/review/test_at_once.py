"""Two at once, on connections of their own: nothing is done twice, nobody waits for ever."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from meets.models import Athlete, Result
from reconciliation.actions.answer_case import answer_case
from reconciliation.actions.errors import AlreadyDecided
from reconciliation.actions.merge_athletes import merge_athletes
from reconciliation.actions.undo_decision import undo_decision
from reconciliation.models import Decision
from tests.inline import ADA, bundle_of, results, upload_and_import
from tests.review.scene import NICK, held_nickname, people, sound

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*todo: Callable[[], Any]) -> list[Any]:
    """What each returned or raised."""
    found: list[Any] = [None] * len(todo)
    start = threading.Barrier(len(todo))

    def run(nth: int) -> None:
        try:
            start.wait(10)
            found[nth] = todo[nth]()
        except BaseException as error:  # noqa: BLE001
            found[nth] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(nth,)) for nth in range(len(todo))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return found


def test_of_two_reviewers_one_decides_and_the_other_is_told(alice_client: Client, bob: User, dana: User):
    case = held_nickname(alice_client)
    found = at_once(
        lambda: answer_case(case_id=case.pk, version=case.version, answer="same", user=bob),
        lambda: answer_case(case_id=case.pk, version=case.version, answer="same", user=dana),
    )
    assert sorted(type(one).__name__ for one in found) == ["AlreadyDecided", "Decision"]
    told = next(one for one in found if isinstance(one, AlreadyDecided))
    assert told.decision == Decision.objects.get()
    assert Result.objects.filter(time_cs=94500).count() == 1
    sound()


def test_merges_and_imports_at_once_never_deadlock(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    answer_case(case_id=case.pk, version=case.version, answer="different", user=bob)
    mike, michael = (Athlete.objects.get(name=name).pk for name in ("Mike Abernathy", "Michael Abernathy"))
    there = people()

    def merge_and_undo() -> int:
        for _ in range(4):
            undo_decision(
                decision_id=merge_athletes(survivor_id=michael, loser_id=mike, user=bob, reason="a test").pk, user=bob
            )
        return 4

    def imports() -> int:
        for _ in range(4):
            upload_and_import(alice_client, bundle_of(results=results(ADA, NICK)))
        return 4

    assert at_once(merge_and_undo, imports) == [4, 4]
    assert people() == there
    sound()
