from typing import Any

import pytest

from reconciliation.evidence.waterfall import waterfall_of

LISTS = {"fields": ["name", "grad_year"], "levels": ["nickname", "one apart"], "weights": [6.0, -2.0], "version": "w3"}
BY_FIELD = {"weights": {"name": 6.0, "grad_year": -2.0}, "levels": {"name": "nickname", "grad_year": "one apart"}}


@pytest.mark.parametrize("evidence", [LISTS, BY_FIELD])
def test_each_bar_starts_where_the_last_one_ended(evidence: dict[str, Any]) -> None:
    fall = waterfall_of({"evidence": evidence})
    assert [(bar.label, bar.level, bar.left, bar.width) for bar in fall.bars] == [
        ("Name", "nickname", 0, 100),
        ("Graduates", "one apart", pytest.approx(66.67, abs=0.01), pytest.approx(33.33, abs=0.01)),
    ]


def test_the_weights_add_up() -> None:
    assert waterfall_of({"evidence": LISTS}).total == 4.0


def test_it_tells_for_from_against() -> None:
    assert [bar.kind for bar in waterfall_of({"evidence": LISTS}).bars] == ["for", "against"]


def test_it_names_the_weights_that_made_it() -> None:
    assert waterfall_of({"evidence": LISTS}).version == "w3"


@pytest.mark.parametrize("candidate", [{}, {"evidence": None}, {"evidence": {}}, {"evidence": {"weights": "?"}}])
def test_a_bare_score_has_no_waterfall(candidate: dict[str, Any]) -> None:
    assert waterfall_of(candidate) is None
