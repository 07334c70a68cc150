"""The reference bundle: its figures, counted from the files."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from meets.sample.reference import reference, write_reference

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_reference(tmp_path_factory.mktemp("reference"))


def read(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def results(folder: Path) -> Rows:
    return read(folder / "results.csv")


def test_it_has_4655_lines_in_26_races_from_265_schools(results: Rows) -> None:
    assert len(results) == 4_655
    assert len({row["athletic_net_race_id"] for row in results}) == 26
    assert len({row["athlete_school_id"] for row in results}) == 265


def test_every_line_has_a_time_and_a_place(results: Rows) -> None:
    assert all(row["time_cs"].isdigit() and row["place_overall"].isdigit() for row in results)


def test_86_times_of_a_race_are_shared(results: Rows) -> None:
    times = Counter((row["athletic_net_race_id"], row["time_cs"]) for row in results)
    assert sum(1 for runners in times.values() if runners > 1) == 86


def test_no_name_has_one_time_twice_in_a_race(results: Rows) -> None:
    triples = Counter((r["athlete_name"], r["athletic_net_race_id"], r["time_cs"]) for r in results)
    assert max(triples.values()) == 1


def test_places_follow_the_times(results: Rows) -> None:
    for race in {row["athletic_net_race_id"] for row in results}:
        runners = [(int(r["place_overall"]), int(r["time_cs"])) for r in results if r["athletic_net_race_id"] == race]
        assert [place for place, _ in runners] == list(range(1, len(runners) + 1))
        assert sorted(time for _, time in runners) == [time for _, time in runners]


def test_the_truth_knows_everybody_once(folder: Path) -> None:
    truth = read(folder.parent / "truth.csv")
    assert len({row["person"] for row in truth}) == 4_655
    assert {row["person"] for row in truth} == {person.key for person in reference().people}


def test_it_is_the_same_every_time(folder: Path, tmp_path: Path) -> None:
    again = write_reference(tmp_path)
    assert {p.name: p.read_bytes() for p in again.iterdir()} == {p.name: p.read_bytes() for p in folder.iterdir()}
