from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from meets.models import Import, Stage, State


def told(client: Client, import_: Import) -> dict[str, Any]:
    return client.get(reverse("import-progress", args=[import_.pk])).json()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("state", "done"),
        ("finished", True),
        ("lines", 6),
        ("outcomes", {"inserted": 2, "already_present": 1, "held": 1, "skipped": 1, "rejected": 1}),
        ("rate", None),
        ("eta", None),
    ],
)
def test_a_script_is_told(alice_client: Client, done: Import, field: str, value: Any) -> None:
    assert told(alice_client, done)[field] == value


def test_a_script_is_told_how_far_a_running_import_is(alice_client: Client, make_import: Callable[..., Import]) -> None:
    import_ = make_import(state=State.RUNNING, stage=Stage.STAGE, stage_rows=5, stage_total=9)

    progress = told(alice_client, import_)

    assert (progress["stage"], progress["rows"], progress["total"]) == ("stage", 5, 9)


def test_a_script_is_told_the_questions(alice_client: Client, make_import: Callable[..., Import]) -> None:
    import_ = make_import(state=State.NEEDS_ANSWER, questions=[{"key": "meet"}])

    assert told(alice_client, import_)["questions"] == [{"key": "meet"}]
