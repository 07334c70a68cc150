from collections.abc import Callable
from typing import Any

from django.test import Client

from reconciliation.case_figures import compared, differing
from tests.pages.conftest import World


def test_it_shows_the_line_as_written(alice_client: Client, make_case: Callable[..., Any]) -> None:
    case = make_case()
    assert (
        "77,Ana Torres,,,school_larkspring,113000,4,10,false"
        in alice_client.get(f"/review/{case.pk}/").content.decode()
    )


def test_it_shows_what_the_candidate_ran(alice_client: Client, make_case: Callable[..., Any], world: World) -> None:
    (side,) = alice_client.get(f"/review/{make_case().pk}/").context["sides"]
    assert [result["time_cs"] for result in side.results] == [112_340]


def test_vetoes_are_shown_in_words(alice_client: Client, make_case: Callable[..., Any], world: World) -> None:
    candidate = {"athlete_id": str(world.athlete.pk), "name": "Ana", "vetoes": ["both finished the same race"]}
    case = make_case(candidates=[candidate])
    assert "both finished the same race" in alice_client.get(f"/review/{case.pk}/").content.decode()


def test_a_case_without_candidates_comes_up(alice_client: Client, make_case: Callable[..., Any]) -> None:
    assert alice_client.get(f"/review/{make_case(candidates=[]).pk}/").status_code == 200


def test_names_differ_letter_by_letter() -> None:
    assert differing("Ana Tores", "Ana Torres") == [("Ana Tor", False), ("r", True), ("es", False)]


def test_years_differ_as_a_whole() -> None:
    assert compared("grad_year", {"grad_year": 2027}, {"grad_year": 2028}) == [("2028", True)]


def test_what_is_not_known_is_said() -> None:
    assert compared("grad_year", {"grad_year": 2027}, {}) == [("not known", True)]


def test_names_are_escaped(alice_client: Client, make_case: Callable[..., Any]) -> None:
    case = make_case(subject={"name": "<script>alert(1)</script>"}, question="<script>alert(2)</script>?")
    assert "<script>alert" not in alice_client.get(f"/review/{case.pk}/").content.decode()
