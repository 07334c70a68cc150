"""The report of the check page."""

import io
import json
from typing import Any

import pytest

from meets.bundles.check import BundleFile, check_bundle, size_class
from tests.bundles.helpers import HEADER, LINE, csv_bytes

RACES = csv_bytes(
    "athletic_net_race_id,meet_athletic_net_id,name,gender,distance_meters,race_type",
    '101,5,"Womens 5,000 Meters Varsity",F,5000,',
    '102,5,"Mens 4,000 Meters JV",M,0,',
)
MEETS = csv_bytes("athletic_net_id,name,meet_date,venue_name,season_year,meet_type", "5,Autumn Run,10/11/25,Park,2025,")
SCHOOLS = csv_bytes("athletic_net_id,name", "77,Rio")


def check(*lines: str, meet_id: str = "", **files: bytes) -> dict[str, Any]:
    given = {"results": csv_bytes(HEADER, *lines), **files}
    return check_bundle(
        [BundleFile(kind, f"{kind}.csv", lambda data=data: io.BytesIO(data)) for kind, data in given.items()],  # type: ignore[misc]
        name="meet_5_1",
        meet_id=meet_id,
        free_bytes=10,
    )


def timed(time: str, race: str = "101") -> str:
    return LINE.replace("93240", time).replace("101", race)


def test_rows_races_schools_and_statuses_are_counted() -> None:
    report = check(LINE, timed("DNF"), timed("0"), timed("100000", "102"), races=RACES)
    assert (report["rows"], report["races"], report["schools"]) == (4, 2, 1)
    assert report["statuses"] == {"ok": 2, "skipped": 1, "rejected": 1}


def test_the_report_is_json() -> None:
    report = check(LINE, "x", races=RACES, meets=MEETS, schools=SCHOOLS)
    assert json.loads(json.dumps(report)) == report


def test_the_meet_is_named() -> None:
    report = check(LINE, meets=MEETS)
    assert report["meets"] == [{"id": "5", "name": "Autumn Run", "date": "2025-10-11", "season": 2025, "venue": "Park"}]
    assert (report["meet"]["athletic_net_id"], report["meet"]["source"]) == ("5", "meets.csv")


def test_the_meet_is_known_by_its_races_without_meets_csv() -> None:
    report = check(LINE, races=RACES, meet_id="5")
    assert (report["meet"]["athletic_net_id"], report["meet"]["source"]) == ("5", "races.csv")


def test_the_meet_is_known_by_its_folder_as_a_last_resort() -> None:
    report = check(LINE, meet_id="254378")
    assert [meet["id"] for meet in report["meets"]] == ["254378"]


def test_files_that_name_different_meets_are_a_warning() -> None:
    assert check(LINE, meets=MEETS, meet_id="6")["problem_codes"] == {"meet.contradiction": 1}


def test_encoding_and_delimiter_are_told_in_words() -> None:
    file = check(LINE, schools=csv_bytes("athletic_net_id;name", "7;Río", encoding="cp1252"))["files"]["schools"]
    assert (file["encoding"], file["delimiter"], file["rows"]) == ("Windows-1252", "semicolon", 1)


def test_a_time_over_two_hours_is_implausible() -> None:
    report = check(LINE, timed("46:00:00"))
    assert [(found["line"], found["reason"]) for found in report["implausible"]] == [(3, "over two hours")]


def test_a_time_faster_than_anybody_runs_is_implausible() -> None:
    report = check(timed("11:30.00"), timed("12:30.00"), races=RACES)
    assert [found["line"] for found in report["implausible"]] == [2]


def test_the_distance_in_a_name_serves_where_the_column_has_none() -> None:
    report = check(timed("9:10.00", "102"), timed("9:40.00", "102"), races=RACES)
    assert [found["line"] for found in report["implausible"]] == [2]


def test_a_field_faster_than_plausible_is_named() -> None:
    report = check(*[timed("13:00.00")] * 6, races=RACES)
    assert [(field["race"], field["runners"], field["median_cs"]) for field in report["fields_too_fast"]] == [
        ("101", 6, 78000)
    ]


@pytest.mark.parametrize(
    ("rows", "name"),
    [(0, ""), (999, ""), (1000, "medium"), (2999, "medium"), (3000, "large"), (6999, "large"), (7000, "x-large")],
)
def test_a_meet_has_a_size_class(rows: int, name: str) -> None:
    assert size_class(rows) == name


def test_an_unknown_column_comes_with_samples_suggestion_and_choices() -> None:
    data = csv_bytes(HEADER.replace("time_cs", "Zeit"), timed("15:32.40"))
    report = check_bundle([BundleFile("results", "results.csv", lambda: io.BytesIO(data))])
    (header,) = report["headers"]
    assert (header["header"], header["samples"], header["suggestion"]) == ("Zeit", ["15:32.40"], "time_cs")
    assert "time_cs" in header["choices"]
    assert report["blocked"]


def test_bad_lines_do_not_block_an_import() -> None:
    report = check(LINE, "x", timed("0"))
    assert not report["blocked"]
    assert report["problem_codes"] == {"line.ragged": 1, "time.zero": 1}


def test_a_missing_column_blocks_an_import() -> None:
    assert check(LINE, schools=csv_bytes("name,city", "Rio,Rio"))["blocked"]


def test_only_the_first_problems_are_kept_and_all_are_counted() -> None:
    report = check(*["x"] * 500)
    assert (len(report["problems"]), report["problem_count"]) == (200, 500)


def test_a_race_and_a_school_that_the_bundle_does_not_have_are_warnings_once_each() -> None:
    report = check(LINE, timed("93240", "999"), timed("93241", "999"), races=RACES, schools=SCHOOLS)
    (problem,) = [problem for problem in report["problems"] if problem["code"] == "race.not_in_bundle"]
    assert (problem["line"], problem["value"], problem["severity"]) == (3, "999", "warning")


def test_header_only_says_that_there_are_no_result_lines() -> None:
    report = check()
    assert (report["rows"], report["blocked"]) == (0, False)
    assert "no result lines" in report["problems"][0]["message"]
