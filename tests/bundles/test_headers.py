"""Columns: known, aliased, unknown, missing, twice."""

import pytest

from meets.bundles.format import FileFormat
from tests.bundles.helpers import HEADER, LINE, codes, csv_bytes, inspect, results


@pytest.mark.parametrize(
    ("kind", "header", "field"),
    [
        ("results", "athletic_net_athlete_id", "athletic_net_athlete_id"),
        ("results", "school_athletic_net_id", "athlete_school_id"),
        ("results", "Athlete Name", "athlete_name"),
        ("athletes", "athletic_net_athlete_id", "athletic_net_id"),
        ("athletes", "athletic_net_school_id", "school_athletic_net_id"),
        ("races", "distance_m", "distance_meters"),
        ("meets", "season", "season_year"),
        ("courses", "course_name", "name"),
    ],
)
def test_a_known_alias_maps_by_itself(kind: str, header: str, field: str) -> None:
    found = inspect(csv_bytes(f"{header},zzz", "1,2"), kind)
    assert found.format.columns[field] == 0


def test_an_exact_name_wins_over_an_alias() -> None:
    found = inspect(csv_bytes("athletic_net_race_id,distance_m,distance_meters,name", "1,2,3,x"), "races")
    assert found.format.columns["distance_meters"] == 2
    assert found.readable


def test_a_missing_column_names_file_column_and_remedy() -> None:
    found = inspect(csv_bytes(HEADER.replace("time_cs", "Zeit"), LINE))
    (problem,) = [problem for problem in found.problems if problem.code == "column.missing"]
    assert (problem.file, problem.column, problem.severity) == ("results.csv", "time_cs", "error")
    assert '"Zeit"' in problem.remedy


def test_an_unknown_column_is_a_question_not_an_error() -> None:
    found = inspect(csv_bytes(HEADER + ",shoe_size", LINE + ",42", LINE + ",43"))
    assert found.readable
    assert (found.format.unknown, found.samples) == (["shoe_size"], {"shoe_size": ["42", "43"]})
    assert codes(found.problems) == ["column.unknown"]


@pytest.mark.parametrize(
    ("header", "value", "suggestion"),
    [
        ("runner_name", "Ann Bell", "athlete_name"),
        ("athlete name", "Ann Bell", "athlete_name"),
        ("Runner", "Ann Bell", "athlete_name"),
        ("xyz", "15:32.4", "time_cs"),
        ("finish time", "93240", "time_cs"),
        ("overall_place", "3", "place_overall"),
        ("school", "77", "athlete_school_id"),
        ("shoe_size", "42", ""),
    ],
)
def test_an_unknown_column_gets_the_likeliest_suggestion(header: str, value: str, suggestion: str) -> None:
    found = inspect(csv_bytes(f"athletic_net_race_id,{header},grade", f"101,{value},11"))
    assert found.suggestions.get(header, (found.format.columns.get(suggestion) and suggestion, 0))[0] == suggestion


def test_a_confirmed_mapping_is_used() -> None:
    data = csv_bytes(HEADER.replace("time_cs", "Zeit"), LINE)
    assert results(data, Zeit="time_cs")[0].time_cs == 93240


def test_a_column_that_a_person_said_to_ignore_is_no_question() -> None:
    found = inspect(csv_bytes(HEADER + ",Bib", LINE + ",4"), Bib="")
    assert (found.format.unknown, found.problems) == ([], [])


def test_a_mapping_confirmed_later_needs_no_new_reading() -> None:
    form = inspect(csv_bytes(HEADER.replace("time_cs", "Zeit"), LINE)).format
    mapped, problems = form.with_mappings({("results", "Zeit"): "time_cs"})
    assert (mapped.columns["time_cs"], mapped.unknown, problems) == (5, [], [])


def test_the_same_column_twice_is_an_error() -> None:
    found = inspect(csv_bytes(HEADER + ",grade", LINE + ",11"))
    assert codes(found.problems) == ["column.twice"]


def test_the_format_goes_through_json_unchanged() -> None:
    form = inspect(csv_bytes(HEADER + ",Bib", LINE + ",4", encoding="utf-16")).format
    assert FileFormat.from_json(form.to_json()) == form


def test_blank_lines_and_a_sep_line_before_the_header_are_passed_over() -> None:
    form = inspect(csv_bytes("sep=;", "", HEADER.replace(",", ";"), LINE.replace(",", ";"))).format
    assert (form.header_line, form.delimiter, form.header[0]) == (3, ";", "athletic_net_race_id")


def test_a_header_in_quotation_marks_is_read() -> None:
    header = ",".join(f'"{name}"' for name in HEADER.split(","))
    assert results(csv_bytes(header, LINE))[0].status == "ok"


def test_a_repeated_header_is_left_out_with_a_warning() -> None:
    found = inspect(csv_bytes(HEADER, LINE, HEADER, LINE))
    assert (found.data_lines, codes(found.problems)) == (2, ["header.repeated"])


def test_a_header_without_lines_is_said_so() -> None:
    (problem,) = inspect(csv_bytes(HEADER)).problems
    assert (problem.code, problem.severity) == ("file.header_only", "warning")
    assert "no result lines" in problem.message


@pytest.mark.parametrize("data", [b"", b"\n\n , \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_said_so(data: bytes) -> None:
    assert codes(inspect(data).problems) == ["file.empty"]


def test_plain_prose_is_no_csv() -> None:
    assert codes(inspect(b"Dear all\nthe results will follow\n").problems) == ["file.not_csv"]


def test_a_file_without_a_header_says_that_its_first_line_names_no_column() -> None:
    assert "header.missing" in codes(inspect(csv_bytes(LINE, LINE)).problems)
