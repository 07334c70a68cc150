"""The folded comparison: multisets by name key, with every name that an athlete is known under."""

import pytest

from meets.models import AthleteAlias, Outcome
from meets.names import name_key
from tests.comparison.conftest import SmallMeet


@pytest.mark.parametrize(
    "spelling", ["ADA O'BRIEN-ÅS", "Ada O’Brien-Ås", "Ada OBrien As", "Áda O'Brien Ås", "Ada  O'Brien-Ås"]
)
def test_another_spelling_is_the_same_result(small: SmallMeet, spelling: str) -> None:
    small.line("Ada O'Brien-Ås")
    small.result(spelling)
    assert small.folded() == (0, 0)


def test_two_namesakes_in_one_time_need_two_results(small: SmallMeet) -> None:
    small.line("Ada Lind")
    small.line("ADA LIND")
    small.result("Ada Lind")
    assert small.folded() == (1, 0)


def test_two_namesakes_with_two_results_are_complete(small: SmallMeet) -> None:
    small.line("Ada Lind")
    small.line("Ada Lind")
    small.result("Ada Lind")
    small.result("ADA LIND")
    assert small.folded() == (0, 0)


def test_a_repeated_line_needs_no_second_result(small: SmallMeet) -> None:
    small.both("Ada Lind")
    small.line("Ada Lind", outcome=Outcome.REPEATED)
    assert small.folded() == (0, 0)


def test_the_missing_one_shows_behind_a_tie(small: SmallMeet) -> None:
    small.both("Ada Lind")
    small.line("Bo Ek")
    assert small.folded() == (1, 0)


def test_a_renamed_athlete_still_answers_to_the_name_the_csv_wrote(small: SmallMeet) -> None:
    small.line("Ada Lind-Ek")
    small.result("Ada Lind", source_name="Ada Lind-Ek")
    assert small.folded() == (0, 0)


def test_a_merged_athlete_still_answers_to_the_old_name(small: SmallMeet) -> None:
    survivor = small.athlete("Ada Lind")
    AthleteAlias.objects.create(athlete_id=survivor.pk, name="Adriana Lind", name_key=name_key("Adriana Lind"))
    small.line("ADRIANA LIND")
    small.result(survivor)
    assert small.folded() == (0, 0)


def test_a_result_with_two_names_leaves_the_plain_one_to_the_other_line(small: SmallMeet) -> None:
    """Equal names first would give this result to the first line and leave the second alone."""
    small.result("Ada Lind", source_name="Bo Ek")
    small.result("ADA LIND")
    small.line("Ada Lind")
    small.line("Bo Ek")
    assert small.folded() == (0, 0)


def test_a_nickname_is_not_folded(small: SmallMeet) -> None:
    small.line("Elizabeth Lind")
    small.result("Liz Lind")
    assert small.folded() == (1, 1)


def test_a_line_set_aside_is_not_missing(small: SmallMeet) -> None:
    small.line("Ada Lind", outcome=Outcome.DISMISSED)
    assert small.folded() == (0, 0)


def test_a_line_set_aside_takes_no_result_from_another_line(small: SmallMeet) -> None:
    small.line("ADA LIND", outcome=Outcome.DISMISSED)
    small.line("Ada Lind")
    small.result("ADA LIND")
    assert small.folded() == (0, 0)


def test_an_athlete_without_a_stored_key_is_folded_all_the_same(small: SmallMeet) -> None:
    small.line("Ada Lind")
    made = small.result("ADA LIND")
    type(made.athlete).objects.filter(pk=made.athlete_id).update(name_key=None)
    assert small.folded() == (0, 0)
