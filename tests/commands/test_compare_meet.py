"""`compare_meet`: the analysis for operators and scripts."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.comparison.conftest import SmallMeet, small

__all__ = ["small"]


def compare(*args: str) -> Any:
    out = StringIO()
    call_command("compare_meet", *args, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_a_meet_is_found_by_its_id(small: SmallMeet) -> None:
    assert compare(str(small.meet.pk))["meet_id"] == str(small.meet.pk)


def test_a_meet_is_found_by_its_athletic_net_id(small: SmallMeet) -> None:
    assert compare("900001")["meet_id"] == str(small.meet.pk)


def test_both_ways_of_counting_are_told(small: SmallMeet) -> None:
    small.line("Ada Lind")
    small.result("ADA LIND")
    small.line("Bo Ek", 96_000)
    found = compare("900001")
    assert (found["strict"], found["folded"]) == ({"missing": 2, "extra": 1}, {"missing": 1, "extra": 0})


def test_the_truly_missing_are_named(small: SmallMeet) -> None:
    row = small.line("Bo Ek", 96_000)
    missing = compare("900001")["truly_missing"]
    assert [(found["athlete_name"], found["line"]) for found in missing] == [("Bo Ek", row.line)]


def test_variants_carry_their_label(small: SmallMeet) -> None:
    small.line("Ada Lind")
    small.result("ADA LIND")
    assert compare("900001")["variants"][0]["label"] == "case"


def test_without_json_it_tells_the_sentence(small: SmallMeet) -> None:
    small.line("Bo Ek")
    out = StringIO()
    call_command("compare_meet", "900001", stdout=out)
    assert "1 missing − 0 extra = 1 truly missing" in out.getvalue()


def test_a_meet_without_an_import_is_told_so(small: SmallMeet) -> None:
    small.import_.delete()
    assert compare("900001")["import_id"] is None


@pytest.mark.parametrize("name", ["900002", "00000000-0000-0000-0000-00000000000a"])
def test_an_unknown_meet_is_an_error(small: SmallMeet, name: str) -> None:
    with pytest.raises(CommandError, match="There is no meet"):
        compare(name)


def test_an_athletic_net_id_of_two_meets_asks_for_one(small: SmallMeet) -> None:
    type(small.meet).objects.create(name="Again", meet_date="2025-10-11", season_year=2025, athletic_net_id="900001")
    with pytest.raises(CommandError, match="2 meets"):
        compare("900001")
