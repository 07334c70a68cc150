"""make_bundle and load_reference, as an operator calls them."""

import json
import zipfile
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from meets.models import Result, School


def answer(command: str, *args: Any, **options: Any) -> dict[str, Any]:
    out = StringIO()
    call_command(command, *args, json=True, stdout=out, **options)
    said: dict[str, Any] = json.loads(out.getvalue())
    return said


def test_make_bundle_says_where_it_put_the_bundle(tmp_path: Path) -> None:
    said = answer("make_bundle", tmp_path, results=50, races=2, schools=4, seed=7)
    assert (Path(said["folder"]) / "results.csv").exists()
    assert Path(said["truth"]).exists()


def test_make_bundle_refuses_a_bundle_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="at least one result"):
        call_command("make_bundle", tmp_path, results=0)


@pytest.mark.django_db(transaction=True)
def test_load_reference_loads_database_and_bundle(tmp_path: Path) -> None:
    said = answer("load_reference", out=tmp_path)
    assert said["loaded"]["results"] == Result.objects.count() > 10_000
    with zipfile.ZipFile(said["zip"]) as archive:
        assert len(archive.namelist()) == 8


@pytest.mark.django_db(transaction=True)
def test_load_reference_a_second_time_changes_nothing(tmp_path: Path) -> None:
    answer("load_reference", out=tmp_path)
    before = Result.objects.count()
    assert answer("load_reference", out=tmp_path)["loaded"] == {}
    assert Result.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_load_reference_leaves_a_database_with_other_rows_of_that_name_alone(tmp_path: Path) -> None:
    School.objects.create(name="Rio Mesa")
    with pytest.raises(CommandError, match="Rio Mesa"):
        call_command("load_reference", out=tmp_path)
    assert Result.objects.count() == 0
