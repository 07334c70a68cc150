"""The figures of the report, worked by hand on a few pairs."""

from pathlib import Path

import pytest

from bench.matching.measure import Curve, Truth, at_defaults, curve, recall_by_kind

TRUTH = Truth({"b1": "a1", "b2": "a2", "b3": "a3", "b4": "a4"}, dict.fromkeys(("b1", "b2", "b3", "b4"), "typo"), 5)
PAIRS = [("a1", "b1", 9.0), ("a2", "b2", 8.0), ("a9", "b3", 7.0), ("a4", "b4", 6.0)]


def test_the_best_f1_is_at_the_best_cut() -> None:
    assert curve(PAIRS, TRUTH).best_f1 == 2 * 3 / (4 + 4)


def test_recall_at_99_percent_right_stops_before_the_first_wrong_link() -> None:
    assert (curve(PAIRS, TRUTH).r_at_p99, curve(PAIRS, TRUTH).safe_cut) == (0.5, 8.0)


def test_pairs_of_one_score_are_taken_together() -> None:
    tied = [(id1, id2, 1.0) for id1, id2, _ in PAIRS]
    assert curve(tied, TRUTH) == Curve(0.75, 0.75, 0.75, 1.0, r_at_p99=None, safe_cut=None)


def test_a_recall_at_99_percent_right_may_come_back_after_a_wrong_link() -> None:
    ids = [f"b{n}" for n in range(200)]
    truth = Truth({id_: id_ for id_ in ids}, dict.fromkeys(ids, "none"), 200)
    pairs = [("wrong", "b0", 300.0), *((id_, id_, 200.0 - n) for n, id_ in enumerate(ids[1:]))]
    assert curve(pairs, truth).r_at_p99 == 199 / 200


def test_recall_is_counted_by_kind_at_the_cut() -> None:
    truth = Truth({"b1": "a1", "b2": "a2"}, {"b1": "typo", "b2": "case+typo"}, 2)
    assert recall_by_kind(PAIRS, truth, 9.0) == {"several": (0, 1), "typo": (1, 1)}


def test_outcomes_are_measured_at_the_default_thresholds(tmp_path: Path) -> None:
    lines = ["b1,same,a1,9", "b2,doubtful,a2,3", "b3,same,a9,8", "b4,new,,", "b5,same,a5,7"]
    (tmp_path / "o.csv").write_text("\n".join(["id2,outcome,id1,score", *lines]))
    found = at_defaults(tmp_path / "o.csv", TRUTH)
    assert (found.same_right, found.same_recall, found.doubtful) == (1 / 3, 1 / 4, 1 / 5)
    assert (found.existing_new, found.newcomers_same, found.doubtful_best_right) == (1 / 4, 1, 1)
    assert found.wrong == [("a9", "b3"), ("a5", "b5")]


def test_outcomes_that_leave_out_a_line_are_refused(tmp_path: Path) -> None:
    (tmp_path / "o.csv").write_text("id2,outcome,id1,score\nb1,same,a1,9\n")
    with pytest.raises(ValueError, match="1 lines, not one for each of the 5"):
        at_defaults(tmp_path / "o.csv", TRUTH)
