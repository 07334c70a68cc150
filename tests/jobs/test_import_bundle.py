"""`manage.py import_bundle`: its JSON and its exit codes."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from meets.models import Result
from meets.sample.bundle import make_bundle

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_bundle(tmp_path, results=40, races=2, schools=4, seed=3)


def run(*arguments) -> tuple[dict, int]:
    out, code = io.StringIO(), 0
    try:
        call_command("import_bundle", *map(str, arguments), "--json", stdout=out)
    except SystemExit as end:
        code = int(end.code or 0)
    return json.loads(out.getvalue()), code


def test_a_bundle_is_imported_and_accounted_for(folder: Path):
    printed, code = run(folder)
    assert code == 0
    assert printed["lines"] == sum(printed["outcomes"].values()) == 40
    assert Result.objects.count() == printed["outcomes"]["inserted"]
    assert {"import_id", "meet_id", "cases", "seconds", "stages", "peak_rss_mb"} <= printed.keys()


def test_a_preview_writes_no_result(folder: Path):
    printed, code = run(folder, "--preview")
    assert (code, printed["state"], printed["lines"]) == (0, "done", 40)
    assert not Result.objects.exists()


def test_a_path_that_holds_no_bundle_is_an_error_with_its_problem(tmp_path: Path):
    printed, code = run(tmp_path / "nowhere")
    assert code == 1
    assert printed["problems"][0]["message"]


def two_schools_alike(folder: Path) -> None:
    """A second school of the same name, but for its case, in another city."""
    schools = folder / "schools.csv"
    lines = schools.read_text().splitlines()
    name = lines[1].split(",")[1]
    schools.write_text("\n".join([*lines, f"school_twin,{name.upper()},,Elsewhere,CA,"]) + "\n")


def test_a_question_ends_with_code_3(folder: Path):
    two_schools_alike(folder)
    printed, code = run(folder)
    assert (code, printed["state"], len(printed["questions"])) == (3, "needs_answer", 1)
    assert not Result.objects.exists()


def test_answers_let_it_go_on(folder: Path, tmp_path: Path):
    two_schools_alike(folder)
    [question] = run(folder)[0]["questions"]
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({question["key"]: question["options"][0]["value"]}))
    printed, code = run(folder, "--answers", answers)
    assert (code, printed["state"]) == (0, "done")


def test_another_meet_than_the_bundles_is_refused(folder: Path):
    printed, code = run(folder, "--meet", "1")
    assert (code, printed["state"], printed["problems"][0]["code"]) == (1, "refused", "other_meet")
