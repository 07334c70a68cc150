"""The six small files: dates, distances, ratings, names."""

from datetime import date
from decimal import Decimal

import pytest

from meets.bundles.values import distance_in, gender_in
from tests.bundles.helpers import codes, small

MEETS = "athletic_net_id,name,meet_date,venue_name,season_year,meet_type"
RACES = "athletic_net_race_id,meet_athletic_net_id,name,gender,distance_meters,race_type"
COURSES = "athletic_net_id,name,venue_name,distance_meters,distance_display,difficulty_rating"


@pytest.mark.parametrize(
    "written",
    [
        "10/11/25",
        "10/11/2025",
        "2025-10-11",
        "2025-10-11T09:00:00",
        "2025-10-11 09:00:00",
        '"Oct 11, 2025"',
        "10-11-2025",
    ],
)
def test_a_date_is_understood(written: str) -> None:
    found = small("meets", MEETS, f"5,Invitational,{written},,,")
    assert [row["meet_date"] for row in found.rows] == [date(2025, 10, 11)]
    assert found.problems == []


@pytest.mark.parametrize("written", ["13/45/25", "yesterday", "2025-02-30", "20251011x", "10/11", "0001-01-01"])
def test_a_date_that_is_none_is_an_error_with_its_place(written: str) -> None:
    found = small("meets", MEETS, f"5,Invitational,{written},,,")
    (problem,) = found.problems
    assert found.rows == []
    assert (problem.code, problem.line, problem.column, problem.value) == ("meet_date.wrong", 2, "meet_date", written)
    assert problem.remedy


def test_a_blank_season_is_the_year_of_the_date() -> None:
    assert small("meets", MEETS, "5,Invitational,10/11/25,,,").rows[0]["season_year"] == 2025


def test_a_kind_of_meet_that_nobody_knows_is_left_blank_with_a_warning() -> None:
    found = small("meets", MEETS, "5,Invitational,10/11/25,,2025,picnic")
    assert (found.rows[0]["meet_type"], [problem.severity for problem in found.problems]) == ("", ["warning"])


@pytest.mark.parametrize(
    ("name", "metres"),
    [
        ("Mens 4,000 Meters Division 3 Varsity", 4000),
        ("Girls 5000m", 5000),
        ("Boys 3 Miles", 4828),
        ("Womens 5K Open", 5000),
        ("2.1 Mile JV", 3380),
        ("Varsity", None),
        ("Division 4 Boys 2025", None),
    ],
)
def test_a_distance_is_read_from_a_race_name(name: str, metres: int | None) -> None:
    assert distance_in(name) == metres


def test_a_distance_of_zero_is_unknown_and_the_name_is_offered() -> None:
    (row,) = small("races", RACES, '1,5,"Mens 4,000 Meters",M,0,').rows
    assert (row["distance_meters"], row["distance_offered"]) == (None, 4000)


def test_a_distance_that_is_known_is_not_second_guessed() -> None:
    (row,) = small("races", RACES, '1,5,"Mens 4,000 Meters",M,5000.0,').rows
    assert (row["distance_meters"], row["distance_offered"]) == (5000, None)


@pytest.mark.parametrize(
    ("name", "gender"), [("Mens Varsity", "M"), ("Girls JV", "F"), ("Boys & Girls Open", ""), ("Open", "")]
)
def test_a_gender_is_read_from_a_race_name(name: str, gender: str) -> None:
    assert gender_in(name) == gender


def test_a_rating_keeps_all_its_digits() -> None:
    (row,) = small("courses", COURSES, ",Woodward Park,Woodward Park,5000,5K,1.140294291").rows
    assert row["difficulty_rating"] == Decimal("1.140294291")


def test_a_rating_that_is_none_is_left_blank_with_a_warning() -> None:
    found = small("courses", COURSES, ",Woodward Park,Woodward Park,5000,5K,hilly")
    assert (found.rows[0]["difficulty_rating"], codes(found.problems)) == (None, ["difficulty_rating.wrong"])


def test_a_school_keeps_its_curly_apostrophe() -> None:
    (row,) = small("schools", "athletic_net_id,name", "school_st_mary’s,St Mary’s").rows
    assert (row["athletic_net_id"], row["name"]) == ("school_st_mary’s", "St Mary’s")


def test_a_row_without_its_id_is_left_out_with_an_error() -> None:
    found = small("schools", "athletic_net_id,name", ",Nowhere High", "7,Somewhere High")
    assert [row["name"] for row in found.rows] == ["Somewhere High"]
    assert [(problem.code, problem.line, problem.severity) for problem in found.problems] == [
        ("value.blank", 2, "error")
    ]


def test_a_ragged_row_is_left_out_with_an_error() -> None:
    found = small("schools", "athletic_net_id,name", "7", "8,Here,there")
    assert (found.rows, codes(found.problems)) == ([], ["line.ragged", "line.ragged"])


def test_an_athlete_of_the_older_form_is_read() -> None:
    (row,) = small(
        "athletes", "athletic_net_athlete_id,name,athletic_net_school_id,grad_year,gender", "5,Ann Bell,7,2026,F"
    ).rows
    assert (row["athletic_net_id"], row["school_athletic_net_id"], row["grad_year"]) == ("5", "7", 2026)


def test_a_graduation_year_out_of_range_is_left_blank_with_a_warning() -> None:
    found = small("athletes", "name,school_athletic_net_id,grad_year", "Ann Bell,7,1812")
    assert (found.rows[0]["grad_year"], codes(found.problems)) == (None, ["grad_year.wrong"])


def test_a_row_knows_its_lines() -> None:
    rows = small("venues", "name,notes", '"Park","a\nb"', "", "Hill,").rows
    assert [(row["line"], row["line_last"]) for row in rows] == [(2, 3), (5, 5)]
