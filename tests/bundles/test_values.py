"""Values of results.csv that look odd and are good."""

import pytest

from tests.bundles.helpers import HEADER, LINE, codes, csv_bytes, one, results


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("7", 7),
        ("7.0", 7),
        ("10,201", 10201),
        ("T7", 7),
        ("7th", 7),
        ("", None),
        ("--", None),
        ("nan", None),
        (" 7 ", 7),
    ],
)
def test_a_place_is_understood(written: str, place: int | None) -> None:
    row = one(place_overall=written)
    assert (row.place, row.status) == (place, "ok")


def test_a_time_with_a_blank_place_is_a_result_without_place() -> None:
    row = one(place_overall="")
    assert (row.time_cs, row.place, row.status) == (93240, None, "ok")


def test_a_place_of_zero_is_left_out_with_a_warning() -> None:
    row = one(place_overall="0")
    assert (row.place, row.status, codes(row.problems)) == (None, "ok", ["place.zero"])


@pytest.mark.parametrize("code", ["DNF", "DNS", "DQ", "NT", "dnf", ""])
def test_a_code_or_nothing_in_the_time_column_is_skipped(code: str) -> None:
    row = one(time_cs=code)
    assert (row.status, row.time_cs, row.problems) == ("skipped", None, ())


@pytest.mark.parametrize("code", ["DNF", "DQ", "dns"])
def test_a_code_in_the_place_column_is_skipped(code: str) -> None:
    row = one(place_overall=code)
    assert (row.status, row.time_cs, row.place) == ("skipped", None, None)


def test_a_skipped_line_keeps_who_it_was() -> None:
    row = one(time_cs="DNF")
    assert (row.athlete_name, row.race_ref, row.school_ref, row.grade) == ("Ann Bell", "101", "77", 11)


@pytest.mark.parametrize(
    ("written", "grade"),
    [
        ("11", 11),
        ("11.0", 11),
        ("", None),
        ("Fr", 9),
        ("So", 10),
        ("jr.", 11),
        ("Sr", 12),
        ("7", 7),
        ("9th", 9),
        ("-", None),
    ],
)
def test_a_grade_is_understood(written: str, grade: int | None) -> None:
    row = one(grade=written)
    assert (row.grade, row.status) == (grade, "ok")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Ann\u00a0Bell", "Ann Bell"),
        ("Ann\u2009Bell", "Ann Bell"),
        ("  Ann   Bell ", "Ann Bell"),
        ("Ann\u200b Bell", "Ann Bell"),
        ("Sean O’Brien", "Sean O’Brien"),
        ("Sean O‘Brien", "Sean O‘Brien"),
        ("“Ann” Bell", "“Ann” Bell"),
        ("ANN BELL", "ANN BELL"),
        ("Nguyễn Văn Ân", "Nguyễn Văn Ân"),
        ("Лена", "Лена"),
    ],
)
def test_only_the_spaces_of_a_name_are_put_right(written: str, name: str) -> None:
    row = one(athlete_name=written)
    assert (row.athlete_name, row.status, row.problems) == (name, "ok", ())


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Josï¿½ Ruiz", "name.destroyed"),
        ("Jos\ufffd Ruiz", "name.destroyed"),
        ("Jos? Ruiz", "name.destroyed"),
        ("JosÃ© Ruiz", "name.garbled"),
        ("Sean Oâ€™Brien", "name.garbled"),
    ],
)
def test_letters_that_were_destroyed_before_are_a_warning(name: str, code: str) -> None:
    row = one(athlete_name=name)
    assert (row.status, codes(row.problems), row.problems[0].severity) == ("ok", [code], "warning")


@pytest.mark.parametrize("written", ["101.0", " 101", "101"])
def test_an_id_that_a_spreadsheet_touched_is_the_id(written: str) -> None:
    assert one(athletic_net_race_id=written).race_ref == "101"


def test_a_name_in_two_halves_is_put_together() -> None:
    assert one(athlete_name="").athlete_name == "Ann Bell"


def test_the_older_form_of_the_file_maps_by_itself() -> None:
    header = "athletic_net_race_id,athlete_name,athletic_net_athlete_id,school_athletic_net_id"
    header += ",time_cs,grad_year,gender,data_source"
    (row,) = results(csv_bytes(header, "101,Ann Bell,555,77,93240,2026,F,athletic_net"))
    assert (row.athlete_ref, row.school_ref, row.grad_year, row.gender, row.status) == ("555", "77", 2026, "F", "ok")


def test_blank_lines_and_repeated_headers_are_no_data() -> None:
    rows = results(csv_bytes(HEADER, "", LINE, ",,,,,,,,", "   ", HEADER, LINE, HEADER.upper()))
    assert [row.line for row in rows] == [3, 7]
