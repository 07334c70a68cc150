"""The labelled generator: the truth fits its files, a seed makes one set, and the set is as hard as it says."""

import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench.matching import measure
from bench.matching.generate import Made, Settings, main, make, write
from bench.matching.run import EXACT_NAMES, ROOT, command, pairs_file

HARD = Settings(people=3_000, seed=7, newcomers=0.2)


@pytest.fixture(scope="module")
def hard() -> Made:
    return make(HARD)


def test_both_files_have_as_many_lines_as_were_asked_for(hard: Made) -> None:
    assert (len(hard.first), len(hard.second)) == (3_000, 3_000)


def test_the_share_of_newcomers_is_in_no_true_pair(hard: Made) -> None:
    assert len(hard.truth) == 2_400


def test_nobody_is_linked_twice(hard: Made) -> None:
    assert len({id1 for id1, _, _ in hard.truth}) == len({id2 for _, id2, _ in hard.truth}) == len(hard.truth)


def test_every_true_id_is_in_its_file(hard: Made) -> None:
    assert {id1 for id1, _, _ in hard.truth} <= {row[0] for row in hard.first}
    assert {id2 for _, id2, _ in hard.truth} <= {row[0] for row in hard.second}


def test_about_77_of_100_carry_noise(hard: Made) -> None:
    noisy = sum(kinds != "none" for _, _, kinds in hard.truth) / len(hard.truth)
    assert 0.74 < noisy < 0.80


def test_a_line_without_noise_is_written_as_in_the_first_file(hard: Made) -> None:
    first, second = ({row[0]: row[1:] for row in rows} for rows in (hard.first, hard.second))
    assert all(first[id1] == second[id2] for id1, id2, kinds in hard.truth if kinds == "none")


def test_a_line_with_noise_differs(hard: Made) -> None:
    first, second = ({row[0]: row[1:] for row in rows} for rows in (hard.first, hard.second))
    same = [(id1, id2, kinds) for id1, id2, kinds in hard.truth if kinds != "none" and first[id1] == second[id2]]
    # Two slips can undo each other, and a middle name dropped from nothing can't happen: a handful at most.
    assert len(same) <= 6


def test_the_same_seed_makes_the_same_files(hard: Made) -> None:
    assert make(HARD) == hard


def test_another_seed_makes_others(hard: Made) -> None:
    assert make(Settings(people=3_000, seed=8, newcomers=0.2)).first != hard.first


@pytest.mark.parametrize("seed", [7, 8])
def test_exact_names_reach_a_best_f1_of_at_most_60(tmp_path: Path, seed: int) -> None:
    write(make(Settings(people=3_000, seed=seed)), tmp_path)
    subprocess.run(command(EXACT_NAMES, tmp_path, sys.executable), cwd=ROOT, check=True)
    curve = measure.curve(measure.read_pairs(pairs_file(EXACT_NAMES, tmp_path)), measure.read_truth(tmp_path))
    assert curve.best_f1 <= 0.60


def test_clean_data_is_as_clean_as_the_sites() -> None:
    made = make(Settings(people=20_000, seed=7, clean=True))
    shares = {k: sum(kinds == k for _, _, kinds in made.truth) / len(made.truth) for k in ("none", "case")}
    assert shares["none"] > 0.988
    assert 0.003 < shares["case"] < 0.007


def test_the_program_writes_the_columns_that_the_matcher_reads(tmp_path: Path) -> None:
    main(["--people", "200", "--seed", "3", str(tmp_path)])
    with (tmp_path / "second.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == ["id", "name", "first_name", "last_name", "gender", "grad_year", "school_id"]


def test_the_generator_knows_nothing_of_the_matcher() -> None:
    sources = "\n".join(path.read_text() for path in (ROOT / "bench" / "matching").glob("*.py"))
    assert not re.search(r"^\s*(from|import) (meets|reconciliation)\b", sources, re.MULTILINE)
