"""A result stands there under the same name, race and time, but the grades speak of two people."""

from pathlib import Path

import pytest

from meets.models import Athlete, Result
from tests.inline import ADA, BO, bundle_of, command, count, results, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _stands_there(db: None, tmp_path: Path) -> None:
    assert command(write(tmp_path, bundle_of()))[0]["outcomes"]["inserted"] == 2


def outcomes(folder: Path, line: str) -> dict[str, int]:
    printed, code = command(write(folder, bundle_of(results=results(line, BO))))
    assert code == 0
    return {name: number for name, number in printed["outcomes"].items() if number}


def test_one_year_apart_is_a_slip_of_the_pen(tmp_path: Path):
    assert outcomes(tmp_path, ADA.replace(",11,", ",10,")) == {"already_present": 2}


def test_more_than_one_year_apart_is_asked_and_not_taken_as_present(tmp_path: Path):
    assert outcomes(tmp_path, ADA.replace(",11,", ",9,")) == {"held": 1, "already_present": 1}
    assert (Result.objects.count(), Athlete.objects.count(), count("importadmin.cases")) == (2, 2, 1)


def test_at_another_school_it_is_somebody_else_who_tied(tmp_path: Path):
    line = ADA.replace(",11,", ",9,").replace(",s1,", ",s2,")
    assert outcomes(tmp_path, line) == {"inserted": 1, "already_present": 1}
    assert Athlete.objects.filter(name="Ada Lindqvist").count() == 2


def test_at_another_school_with_the_same_grade_it_is_a_transfer(tmp_path: Path):
    assert outcomes(tmp_path, ADA.replace(",s1,", ",s2,")) == {"already_present": 2}
