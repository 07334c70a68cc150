"""`verify_meet`: the closing checklist, for scripts."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from meets.models import Meet
from tests.comparison.conftest import SmallMeet, small

__all__ = ["small"]


@pytest.fixture
def other_tools(small: SmallMeet) -> SmallMeet:
    """A meet that another tool brought: nothing of ours to account for."""
    small.result("Ada Lind")
    small.import_.delete()
    return small


def verify(*args: str) -> tuple[Any, int]:
    out, code = StringIO(), 0
    try:
        call_command("verify_meet", "900001", "--json", *args, stdout=out)
    except SystemExit as stop:
        code = int(stop.code or 0)
    return json.loads(out.getvalue()), code


def test_a_meet_in_order_exits_with_zero(other_tools: SmallMeet) -> None:
    assert verify()[1] == 0


def test_anything_wrong_exits_with_one(other_tools: SmallMeet) -> None:
    Meet.objects.update(result_count=7)
    assert verify()[1] == 1


def test_every_line_is_true_or_false_with_its_figures(other_tools: SmallMeet) -> None:
    Meet.objects.update(result_count=7)
    lines = {check["key"]: (check["ok"], check["figures"]) for check in verify()[0]["checks"]}
    assert lines["counts_equal"] == (False, {"cached": 7, "counted": 1})


def test_the_whole_says_whether_all_is_well(other_tools: SmallMeet) -> None:
    assert verify()[0]["ok"] is True


def test_without_json_each_line_is_a_sentence(other_tools: SmallMeet) -> None:
    out = StringIO()
    call_command("verify_meet", "900001", stdout=out)
    assert "yes  Counts equal: 1 results counted" in out.getvalue()


def test_an_unknown_meet_is_an_error(other_tools: SmallMeet) -> None:
    with pytest.raises(CommandError, match="There is no meet"):
        call_command("verify_meet", "900002")
