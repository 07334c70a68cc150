"""Every wrong value of results.csv: what it gets."""

import pytest

from tests.bundles.helpers import HEADER, LINE, codes, csv_bytes, one, results


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("time_cs", "0", "time.zero"),
        ("time_cs", "-10", "time.negative"),
        ("time_cs", "fast", "time.not_a_time"),
        ("place_overall", "first", "place.not_a_number"),
        ("place_overall", "7.5", "place.not_a_number"),
        ("place_overall", "-3", "place.not_a_number"),
        ("place_overall", "99999999999", "place.not_a_number"),
        ("grade", "x", "grade.not_a_number"),
        ("grade", "44", "grade.not_a_number"),
        ("athletic_net_race_id", "", "race.blank"),
        ("athlete_school_id", "", "school.blank"),
        ("athlete_name", "#NAME?", "name.formula"),
        ("athlete_name", "ann@example.org", "name.email"),
        ("athlete_name", "12345", "name.no_letters"),
    ],
)
def test_a_wrong_value_is_rejected_with_its_place_and_a_remedy(column: str, value: str, code: str) -> None:
    row = one(**{column: value})
    assert row.status == "rejected"
    (problem,) = row.problems
    assert (problem.code, problem.file, problem.line, problem.column, problem.value) == (
        code,
        "results.csv",
        2,
        column,
        value,
    )
    assert problem.message.endswith(".")
    assert problem.remedy


def test_everything_wrong_with_a_line_is_said_at_once() -> None:
    row = one(time_cs="-1", place_overall="x", grade="y", athlete_name="#NAME?")
    assert len(row.problems) == 4


def test_a_line_with_too_few_fields_is_rejected_with_an_explanation() -> None:
    (row,) = results(csv_bytes(HEADER, "101,Ann Bell,Ann"))
    assert (row.status, codes(row.problems)) == ("rejected", ["line.ragged"])
    assert "3 fields, fewer than the 9 columns" in row.problems[0].message


def test_a_line_with_too_many_fields_is_rejected_with_an_explanation() -> None:
    (row,) = results(csv_bytes(HEADER, LINE + ",more"))
    assert (row.status, codes(row.problems)) == ("rejected", ["line.ragged"])
    assert "10 fields, more than the 9 columns" in row.problems[0].message


def test_empty_fields_at_the_end_do_no_harm() -> None:
    (row,) = results(csv_bytes(HEADER, LINE + ",,"))
    assert row.status == "ok"


def test_a_bad_line_does_not_end_the_reading() -> None:
    rows = results(csv_bytes(HEADER, LINE, "x", LINE, LINE.replace("93240", "0"), LINE))
    assert [row.status for row in rows] == ["ok", "rejected", "ok", "rejected", "ok"]


def test_a_long_value_is_cut_in_the_report() -> None:
    (problem,) = one(grade="q" * 5000).problems
    assert len(problem.value) == 200


def test_a_second_header_with_other_columns_is_named() -> None:
    (row,) = results(csv_bytes(HEADER, "athletic_net_race_id,athlete_name,school_athletic_net_id,time_cs,grad_year"))
    assert codes(row.problems) == ["header.second"]


def test_a_name_that_runs_over_many_lines_has_lost_its_quotation_mark() -> None:
    lines = [HEADER, LINE, '101,"Ann Bell,Ann', *[LINE] * 12, LINE.replace("Ann Bell", '"Ann"'), LINE]
    rows = results(csv_bytes(*lines))
    assert [row.status for row in rows] == ["ok", "rejected", "ok"]
    assert "line 3" in rows[1].problems[0].remedy
