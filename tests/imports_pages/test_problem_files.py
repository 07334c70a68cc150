import csv
import io

import pytest

from meets.models import Import, ImportProblem
from meets.problem_files import problems_csv, safe_cell


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "\u00a0=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize("text", ["-5", "+7.5", "15:32.4", "O'Brien", "10,201", ""])
def test_a_plain_value_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


def test_nothing_is_written_as_an_empty_cell() -> None:
    assert safe_cell(None) == ""


def records(import_: Import) -> list[dict[str, str]]:
    text = "".join(problems_csv(import_)).removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_rejected_line_keeps_its_own_columns(done: Import) -> None:
    assert records(done)[0]["athlete_name"] == "Runner 7"


def test_a_rejected_line_carries_its_error(done: Import) -> None:
    assert records(done)[0]["error"] == "“=1+1” is no time."


def test_a_rejected_line_carries_its_place(done: Import) -> None:
    record = records(done)[0]

    assert (record["file"], record["line"], record["column"]) == ("results.csv", "7", "time_cs")


def test_a_formula_in_a_rejected_line_is_made_harmless(done: Import) -> None:
    assert records(done)[0]["time_cs"] == "'=1+1"


def test_lines_without_an_error_are_left_out(done: Import) -> None:
    assert len(records(done)) == 1


def test_several_errors_of_one_line_stand_in_one_row(done: Import) -> None:
    ImportProblem.objects.create(
        import_id=done.pk, code="bad_grade", file="results.csv", line=7, column="grade", message="No such grade."
    )

    assert records(done)[0]["error"] == "“=1+1” is no time.; No such grade."


def test_a_problem_of_another_file_stands_after_the_lines(done: Import) -> None:
    ImportProblem.objects.create(
        import_id=done.pk, code="bad_date", file="meets.csv", line=2, column="meet_date", message="No such day."
    )

    assert records(done)[1]["file"] == "meets.csv"


def test_a_line_with_too_many_cells_stands_whole_in_the_last_column(done: Import) -> None:
    from meets.models import ImportRow

    ImportRow.objects.filter(import_id=done.pk, line=7).update(raw="r1,Runner 7,s1,x,7,11,extra,more")

    assert records(done)[0]["as_written"] == "r1,Runner 7,s1,x,7,11,extra,more"
