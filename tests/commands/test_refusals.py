"""How the commands end when they can't do what was asked: a sentence, an exit code, and JSON for who asked for it."""

import json
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command, load_command_class

APPS = {
    "compare_meet": "reconciliation",
    "verify_meet": "reconciliation",
    "rebuild_derived": "reconciliation",
    "import_bundle": "meets",
    "make_bundle": "meets",
    "load_reference": "meets",
    "servers": "importadmin",
    "first_admin": "importadmin",
}
REFUSED = [
    ("compare_meet", "nowhere"),
    ("verify_meet", "nowhere"),
    ("rebuild_derived", "nowhere"),
    ("import_bundle", "nowhere.zip", "--answers", "/nowhere.json"),
    ("make_bundle", "--results", "0", "/nowhere"),
]


def refused(*arguments: str) -> tuple[Any, CommandError]:
    out = StringIO()
    with pytest.raises(CommandError) as problem:
        call_command(*arguments, "--json", stdout=out)
    return json.loads(out.getvalue()), problem.value


def typed(monkeypatch: pytest.MonkeyPatch, name: str, *arguments: str) -> Any:
    """As on a command line; the exit code."""
    monkeypatch.setattr(sys, "argv", ["manage.py", name, *arguments])
    with pytest.raises(SystemExit) as end:
        load_command_class(APPS[name], name).run_from_argv(sys.argv)
    return end.value.code


@pytest.mark.django_db
@pytest.mark.parametrize("arguments", REFUSED, ids=lambda arguments: arguments[0])
def test_a_refusal_is_json_too(arguments: tuple[str, ...]) -> None:
    report, problem = refused(*arguments)
    assert report == {"error": str(problem)}


@pytest.mark.parametrize("name", APPS)
def test_a_wrong_argument_is_json_too(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(monkeypatch, name, "--no-such-option", "--json") == 2
    assert json.loads(capsys.readouterr().out)["error"]


@pytest.mark.parametrize("name", APPS)
def test_a_wrong_argument_says_a_sentence(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, name, "--no-such-option")
    told = capsys.readouterr()
    assert (told.out, "error: " in told.err) == ("", True)


def test_a_table_that_is_none_of_the_five_is_a_wrong_argument() -> None:
    assert refused("rebuild_derived", "nowhere")[1].returncode == 2


@pytest.mark.parametrize("number", ["--results", "--races", "--schools"])
def test_a_bundle_of_nothing_is_a_wrong_argument(number: str, tmp_path: Path) -> None:
    arguments = {"--results": "5", "--races": "1", "--schools": "1"} | {number: "0"}
    assert refused("make_bundle", *sum(arguments.items(), ()), str(tmp_path))[1].returncode == 2


@pytest.mark.django_db
def test_an_unknown_meet_is_a_failure() -> None:
    assert refused("compare_meet", "nowhere")[1].returncode == 1
