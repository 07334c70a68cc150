"""A made-up bundle: the scraper's files, the same every time, of people who could be real."""

import csv
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from meets.sample.bundle import make_bundle
from meets.sample.files import HEADERS
from meets.sample.people import name_fold
from meets.sample.schools import school

Rows = list[dict[str, str]]


def read(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("bundle")
    return make_bundle(out, results=8_000, races=24, schools=450, seed=11)


@pytest.fixture(scope="module")
def results(folder: Path) -> Rows:
    return read(folder / "results.csv")


@pytest.fixture(scope="module")
def truth(folder: Path) -> Rows:
    return read(folder.parent / "truth.csv")


def test_the_folder_holds_the_seven_files_and_metadata(folder: Path) -> None:
    assert {p.name for p in folder.iterdir()} == {f"{kind}.csv" for kind in HEADERS} | {"metadata.json"}


@pytest.mark.parametrize("kind", HEADERS)
def test_a_file_has_the_header_of_the_scraper(folder: Path, kind: str) -> None:
    assert (folder / f"{kind}.csv").read_text(encoding="utf-8").splitlines()[0] == HEADERS[kind]


@pytest.mark.parametrize("lines", [1, 2, 39, 1_000])
def test_results_counts_the_lines_exactly(tmp_path: Path, lines: int) -> None:
    made = make_bundle(tmp_path, results=lines, races=7, schools=5, seed=2)
    assert len(read(made / "results.csv")) == lines


def test_the_same_seed_makes_the_same_files(folder: Path, tmp_path: Path) -> None:
    again = make_bundle(tmp_path, results=8_000, races=24, schools=450, seed=11)
    assert {p.name: p.read_bytes() for p in again.iterdir()} == {p.name: p.read_bytes() for p in folder.iterdir()}


def test_another_seed_makes_another_bundle(results: Rows, tmp_path: Path) -> None:
    assert read(make_bundle(tmp_path, results=8_000, races=24, schools=450, seed=12) / "results.csv") != results


def test_every_result_names_a_race_and_a_school_of_the_bundle(folder: Path, results: Rows) -> None:
    races = {row["athletic_net_race_id"] for row in read(folder / "races.csv")}
    schools = {row["athletic_net_id"] for row in read(folder / "schools.csv")}
    assert {row["athletic_net_race_id"] for row in results} == races
    assert {row["athlete_school_id"] for row in results} <= schools
    assert (len(races), len(schools)) == (24, 450)


def test_every_result_names_somebody_of_the_athletes_file(folder: Path, results: Rows) -> None:
    athletes = Counter((r["name"], r["school_athletic_net_id"]) for r in read(folder / "athletes.csv"))
    assert {(r["athlete_name"], r["athlete_school_id"]) for r in results} == set(athletes)
    assert max(athletes.values()) == 1


def test_the_truth_tells_of_every_line_who_it_is(results: Rows, truth: Rows) -> None:
    assert [int(row["line"]) for row in truth] == list(range(2, len(results) + 2))
    assert [row["name"] for row in truth] == [row["athlete_name"] for row in results]


def test_a_person_runs_at_most_once_in_a_race(truth: Rows) -> None:
    assert max(Counter((row["person"], row["race"]) for row in truth).values()) == 1


def test_some_people_run_two_races(truth: Rows) -> None:
    assert 50 < sum(1 for n in Counter(row["person"] for row in truth).values() if n == 2) < 400


def test_places_follow_the_times(results: Rows) -> None:
    races: dict[str, list[tuple[int, int]]] = {}
    for row in results:
        if row["place_overall"]:
            time_and_place = (int(row["time_cs"]), int(row["place_overall"]))
            races.setdefault(row["athletic_net_race_id"], []).append(time_and_place)
    for finishers in races.values():
        assert finishers == sorted(finishers, key=lambda pair: pair[1]) == sorted(finishers)


def test_times_are_those_of_school_runners(results: Rows) -> None:
    times = [int(row["time_cs"]) for row in results if row["time_cs"].isdigit()]
    assert 70_000 < min(times) < max(times) < 260_000


def test_some_lines_have_no_time_and_some_times_no_place(results: Rows) -> None:
    words = Counter(row["time_cs"] for row in results if not row["time_cs"].isdigit())
    assert set(words) == {"DNF", "DNS", "DQ", ""}
    assert any(row["time_cs"].isdigit() and not row["place_overall"] for row in results)


def test_there_are_ties(results: Rows) -> None:
    times = Counter((r["athletic_net_race_id"], r["time_cs"]) for r in results if r["time_cs"].isdigit())
    assert sum(1 for runners in times.values() if runners > 1) > 80


def people(truth: Rows) -> dict[str, dict[str, str]]:
    return {row["person"]: row for row in truth}


def test_namesakes_of_one_school_differ_in_grade_or_gender(truth: Rows) -> None:
    identities = [
        (name_fold(p["name"]), name_fold(p["school"]), p["grad_year"], p["gender"]) for p in people(truth).values()
    ]
    assert len(identities) == len(set(identities))


def test_common_names_are_shared_within_and_across_schools(truth: Rows) -> None:
    everybody = people(truth).values()
    within = Counter((p["name"], p["school"]) for p in everybody)
    across = Counter(name for name, _ in within)
    assert max(within.values()) > 1
    assert max(across.values()) > 3


@pytest.mark.parametrize("piece", ["-", "'", "’", "é", "De la ", "De La ", " Jr"])
def test_names_are_written_in_the_ways_of_real_files(truth: Rows, piece: str) -> None:
    assert any(piece in row["name"] for row in truth)


def test_some_names_are_all_capitals_and_some_have_three_parts(truth: Rows) -> None:
    assert any(row["name"].isupper() for row in truth)
    assert any(len(row["name"].split()) == 3 for row in truth)


def test_siblings_share_a_surname_in_a_school(truth: Rows) -> None:
    pairs = Counter((p["school"], p["name"].split()[-1]) for p in people(truth).values())
    assert sum(1 for many in pairs.values() if many > 1) > 200


def test_one_school_comes_under_two_apostrophes(folder: Path) -> None:
    names = {row["name"] for row in read(folder / "schools.csv")}
    assert {"St Colman's College", "St Colman’s College"} <= names


def test_schools_have_distinct_names_far_beyond_any_bundle() -> None:
    names = Counter(name_fold(school(i, curly_twin=False).name) for i in range(120_000))
    assert max(names.values()) == 1


def test_memory_does_not_grow_with_the_results(tmp_path: Path) -> None:
    script = (
        "import resource, sys; from pathlib import Path; from meets.sample.bundle import make_bundle;"
        "make_bundle(Path(sys.argv[1]), results=int(sys.argv[2]), races=2, schools=100, seed=1);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    peaks = [
        int(subprocess.check_output([sys.executable, "-c", script, str(tmp_path / str(n)), str(n)]))
        for n in (1_000, 100_000)
    ]
    assert peaks[1] - peaks[0] < 8_000
