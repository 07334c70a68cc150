"""JSON logs, one object a line, with the import that the process is running."""

import json
import logging

import pytest

from importadmin.logs import JsonFormatter, of_import


def line(message: str, *arguments: object, error: bool = False) -> dict[str, str]:
    record = logging.LogRecord("meets.jobs", logging.WARNING, __file__, 1, message, arguments, None)
    if error:
        try:
            raise ValueError("broken")
        except ValueError as problem:
            record.exc_info = (type(problem), problem, problem.__traceback__)
    told: dict[str, str] = json.loads(JsonFormatter().format(record))
    return told


def test_a_line_says_what_where_and_how_bad() -> None:
    told = line("%s rows", 3)
    assert (told["message"], told["logger"], told["level"]) == ("3 rows", "meets.jobs", "WARNING")


def test_while_an_import_runs_every_line_names_it() -> None:
    with of_import("01a2"):
        assert line("anything")["import_id"] == "01a2"
    assert "import_id" not in line("anything")


def test_an_error_keeps_its_traceback_on_the_one_line() -> None:
    assert "ValueError: broken" in line("it broke", error=True)["error"]


@pytest.mark.parametrize("text", ['a "quoted" line', "two\nlines", "José"])
def test_any_text_stays_one_line(text: str) -> None:
    assert line(text.replace("%", "%%"))["message"] == text
