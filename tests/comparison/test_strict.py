"""The strict comparison: sets of (name, race, time) by exact name, as the site's guide defines it."""

from meets.models import Outcome
from tests.comparison.conftest import SmallMeet


def test_an_equal_row_is_neither_missing_nor_extra(small: SmallMeet) -> None:
    small.both("Ada Lind")
    assert small.strict() == (0, 0)


def test_a_line_without_a_result_is_missing(small: SmallMeet) -> None:
    small.line("Ada Lind")
    assert small.strict() == (1, 0)


def test_a_result_without_a_line_is_extra(small: SmallMeet) -> None:
    small.result("Ada Lind")
    assert small.strict() == (0, 1)


def test_another_capitalisation_is_both_missing_and_extra(small: SmallMeet) -> None:
    small.line("Ada De La Cruz")
    small.result("Ada de la Cruz")
    assert small.strict() == (1, 1)


def test_the_time_belongs_to_the_key(small: SmallMeet) -> None:
    small.line("Ada Lind", 95_000)
    small.result("Ada Lind", 95_001)
    assert small.strict() == (1, 1)


def test_the_race_belongs_to_the_key(small: SmallMeet) -> None:
    small.line("Ada Lind")
    small.result("Ada Lind", race=small.add_race("Mens Junior Varsity"))
    assert small.strict() == (1, 1)


def test_two_namesakes_in_one_time_count_once(small: SmallMeet) -> None:
    small.line("Ada Lind")
    small.line("Ada Lind")
    small.result("Ada Lind")
    assert small.strict() == (0, 0)


def test_a_line_without_a_time_is_no_result(small: SmallMeet) -> None:
    small.line("Ada Lind", None, Outcome.SKIPPED)
    small.line("Bo Ek", 95_000, Outcome.REJECTED)
    assert small.strict() == (0, 0)


def test_the_name_the_csv_wrote_does_not_count(small: SmallMeet) -> None:
    small.line("Ada Lind-Ek")
    small.result("Ada Lind", source_name="Ada Lind-Ek")
    assert small.strict() == (1, 1)


def test_the_source_of_the_result_does_not_matter(small: SmallMeet) -> None:
    small.both("Ada Lind", data_source="excel_import")
    assert small.strict() == (0, 0)


def test_a_result_without_a_race_is_extra(small: SmallMeet) -> None:
    small.line("Ada Lind")
    small.result("Ada Lind", race=None)
    assert small.strict() == (1, 1)
