"""`rebuild_derived`: the site's rebuild functions, one after the other."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from meets.models import AthleteBestTimes
from reconciliation.management.commands.rebuild_derived import NAMES
from tests.comparison.conftest import SmallMeet, small

__all__ = ["small"]


def rebuild(*names: str) -> Any:
    out = StringIO()
    call_command("rebuild_derived", *names, "--json", stdout=out)
    return json.loads(out.getvalue())["rebuilt"]


def test_without_a_name_all_five_are_rebuilt(small: SmallMeet) -> None:
    assert [part["name"] for part in rebuild()] == list(NAMES)


def test_a_name_rebuilds_that_one_alone(small: SmallMeet) -> None:
    assert [part["name"] for part in rebuild("course_records")] == ["course_records"]


def test_a_wrong_row_is_put_right_and_counted(small: SmallMeet) -> None:
    small.result("Ada Lind", 95_000)
    AthleteBestTimes.objects.update(season_best_time_cs=1)
    changed = rebuild("athlete_best_times")[0]["rows_changed"]
    assert (changed, AthleteBestTimes.objects.get().season_best_time_cs) == (1, 95_000)


def test_what_is_right_already_changes_nothing(small: SmallMeet) -> None:
    small.result("Ada Lind", 95_000)
    assert [part["rows_changed"] for part in rebuild()] == [0, 0, 0, 0, 0]


def test_an_unknown_name_is_an_error(small: SmallMeet) -> None:
    with pytest.raises(CommandError, match="No derived table is called nonsense"):
        rebuild("nonsense")


def test_without_json_each_table_is_a_line(small: SmallMeet) -> None:
    out = StringIO()
    call_command("rebuild_derived", "course_records", stdout=out)
    assert out.getvalue().startswith("course_records")
