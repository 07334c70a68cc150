"""The same bundle twice changes nothing; a preview changes nothing at all."""

from pathlib import Path

import pytest

from importadmin.database import connect
from meets.sample import load
from meets.sample.bundle import make_bundle
from meets.sample.reference import write_reference
from tests.inline import command, count, snapshot

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made_up(tmp_path: Path) -> Path:
    return make_bundle(tmp_path, results=300, races=4, schools=25, seed=11)


def test_a_made_up_bundle_twice_changes_nothing(db: None, made_up: Path):
    first, code = command(made_up)
    assert (code, first["lines"], sum(first["outcomes"].values())) == (0, 300, 300)
    before, cases = snapshot(), count("importadmin.cases")
    second, _ = command(made_up)
    assert second["outcomes"]["inserted"] == 0
    assert (snapshot(), count("importadmin.cases")) == (before, cases)


def test_the_second_import_says_already_there_of_what_the_first_added(db: None, made_up: Path):
    first, second = command(made_up)[0]["outcomes"], command(made_up)[0]["outcomes"]
    assert second == {**first, "inserted": 0, "already_present": first["already_present"] + first["inserted"]}


def test_a_preview_leaves_no_trace(db: None, made_up: Path):
    before = snapshot()
    printed, code = command(made_up, "--preview")
    assert (code, printed["lines"]) == (0, 300)
    assert snapshot() == before
    assert [count(f"importadmin.{table}") for table in ("cases", "case_rows", "import_rows", "import_journal")] == [
        0
    ] * 4


def test_a_preview_tells_what_the_import_then_does(db: None, made_up: Path):
    assert command(made_up, "--preview")[0]["outcomes"] == command(made_up)[0]["outcomes"]


def test_the_reference_case_twice_changes_nothing(db: None, tmp_path: Path):
    with connect() as conn:
        load.load(conn)
    folder = write_reference(tmp_path)
    empty = snapshot()
    preview, _ = command(folder, "--preview")
    assert snapshot() == empty
    first, code = command(folder)
    assert (code, first["outcomes"]) == (0, preview["outcomes"])
    before, cases = snapshot(), count("importadmin.cases")
    second, _ = command(folder)
    assert second["outcomes"]["inserted"] == 0
    assert (snapshot(), count("importadmin.cases")) == (before, cases)
