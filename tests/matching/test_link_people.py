"""`link_people`: two files in, links out, best first, and no database asked."""

import csv
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

HEADER = "id,name,first_name,last_name,gender,grad_year,school_id\n"
FIRST = """a1,José García López,José,García López,M,2027,s1
a2,Robert Smith,Robert,Smith,M,2026,s1
a3,Anna Lindqvist,Anna,Lindqvist,F,2028,s2
a4,Zebulon Quartermain,Zebulon,Quartermain,M,2026,s2
"""
SECOND = """b1,"GARCIA LOPEZ, JOSE",,,M,2027,s1
b2,Bob Smith,Bob,Smith,M,2026,s1
b3,Ana Lindqvist,Ana,Lindqvist,F,2028,s2
b4,Wilhelmina Okafor,Wilhelmina,Okafor,F,2027,s1
"""


def link(folder: Path, first: str = FIRST, second: str = SECOND, **options: object) -> list[tuple[str, str, float]]:
    (folder / "first.csv").write_text(HEADER + first, encoding="utf-8")
    (folder / "second.csv").write_text(HEADER + second, encoding="utf-8")
    out = folder / "pairs.csv"
    call_command("link_people", folder / "first.csv", folder / "second.csv", out=out, verbosity=0, **options)
    with out.open() as file:
        return [(row["id1"], row["id2"], float(row["score"])) for row in csv.DictReader(file)]


def test_everybody_is_found_under_another_spelling(tmp_path: Path) -> None:
    assert {pair[:2] for pair in link(tmp_path)} == {("a1", "b1"), ("a2", "b2"), ("a3", "b3")}


def test_the_best_link_comes_first(tmp_path: Path) -> None:
    scores = [score for _, _, score in link(tmp_path)]

    assert scores == sorted(scores, reverse=True)


def test_nobody_is_linked_twice(tmp_path: Path) -> None:
    twins = "a1,Jon Ames,Jon,Ames,M,2027,s1\n"
    two = "b1,Jon Ames,Jon,Ames,M,2027,s1\nb2,John Ames,John,Ames,M,2027,s1\n"

    assert [pair[:2] for pair in link(tmp_path, twins, two)] == [("a1", "b1")]


def test_blank_schools_and_years_do_not_equal_each_other(tmp_path: Path) -> None:
    known = link(tmp_path, "a1,Jon Ames,Jon,Ames,M,2027,s1\n", "b1,Jon Ames,Jon,Ames,M,2027,s1\n")
    blank = link(tmp_path, "a1,Jon Ames,Jon,Ames,,,\n", "b1,Jon Ames,Jon,Ames,,,\n")

    assert known[0][2] > (blank[0][2] if blank else 0)


def test_two_runs_give_the_same_file(tmp_path: Path) -> None:
    assert link(tmp_path) == link(tmp_path)


def test_an_empty_list_gives_an_empty_file(tmp_path: Path) -> None:
    assert link(tmp_path, "", SECOND) == []
    assert link(tmp_path, FIRST, "") == []


def test_saved_weights_can_be_used_again(tmp_path: Path) -> None:
    saved = tmp_path / "weights.json"
    link(tmp_path, save_weights=saved)

    assert json.loads(saved.read_text())["m"]["given"]
    assert {pair[:2] for pair in link(tmp_path, weights=saved)} >= {("a2", "b2")}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name\nx\n", "the columns id and name"),
        ("id,name\n1,A B\n1,C D\n", "record 3: has the id 1, which an earlier line has too"),
        ("id,name\n,A B\n", "record 2: has no id"),
    ],
)
def test_a_file_that_holds_no_people_is_refused_with_the_place(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "bad.csv").write_text(text)

    with pytest.raises(CommandError, match=sentence):
        call_command("link_people", tmp_path / "bad.csv", tmp_path / "bad.csv", out=tmp_path / "out.csv")


def outcomes(folder: Path, first: str, second: str) -> dict[str, str]:
    link(folder, first, second, outcomes=folder / "outcomes.csv")
    with (folder / "outcomes.csv").open() as file:
        return {row["id2"]: row["outcome"] for row in csv.DictReader(file)}


def test_everybody_of_the_second_list_gets_one_outcome(tmp_path: Path) -> None:
    assert list(outcomes(tmp_path, FIRST, SECOND)) == ["b1", "b2", "b3", "b4"]


def test_a_stranger_is_new(tmp_path: Path) -> None:
    assert outcomes(tmp_path, FIRST, SECOND)["b4"] == "new"


@pytest.mark.parametrize("other", ["F,2027,s1", "M,2024,s1"])
def test_a_veto_is_never_the_same_person(tmp_path: Path, other: str) -> None:
    assert outcomes(tmp_path, "a1,Jon Ames,Jon,Ames,M,2027,s1\n", f"b1,Jon Ames,Jon,Ames,{other}\n") == {"b1": "new"}
