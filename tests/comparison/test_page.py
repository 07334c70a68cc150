"""The comparison page: tabs, figures, words."""

import pytest
from django.test import Client
from django.urls import reverse

from meets.models import Outcome
from tests.comparison.conftest import SmallMeet
from tests.comparison.test_analysis import hold


def show(client: Client, small: SmallMeet, query: str = "") -> str:
    response = client.get(reverse("comparison", args=[small.meet.pk]) + query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_missing_one_is_named(small: SmallMeet, alice_client: Client) -> None:
    small.line("Bo Ek", 95_240)
    page = show(alice_client, small)
    assert "1 missing − 0 extra = 1 truly missing" in page
    assert "Bo Ek" in page
    assert "15:52.40" in page


def test_a_variant_shows_both_spellings(small: SmallMeet, alice_client: Client) -> None:
    small.line("Ada Lind")
    small.result("ADA LIND")
    page = show(alice_client, small, "?tab=variants")
    assert "Ada Lind" in page
    assert "ADA LIND" in page


def test_an_extra_is_listed_with_its_source(small: SmallMeet, alice_client: Client) -> None:
    small.result("Ada Lind", data_source="excel_import")
    assert "excel_import" in show(alice_client, small, "?tab=extra")


def test_a_held_line_shows_its_question(small: SmallMeet, alice_client: Client) -> None:
    hold(small, small.line("Bo Ek", outcome=Outcome.HELD))
    assert "Is Bo Ek new?" in show(alice_client, small, "?tab=held")


def test_a_repeated_line_is_shown_as_written(small: SmallMeet, alice_client: Client) -> None:
    small.line("Bo Ek", outcome=Outcome.REPEATED, raw="r1,Bo Ek,s1,95000,3,12")
    assert "r1,Bo Ek,s1,95000,3,12" in show(alice_client, small, "?tab=repeated")


@pytest.mark.parametrize("tab", ["missing", "extra", "variants", "repeated", "held"])
def test_an_empty_tab_says_so(small: SmallMeet, alice_client: Client, tab: str) -> None:
    small.both("Ada Lind")
    assert 'class="empty"' in show(alice_client, small, f"?tab={tab}")


def test_an_unknown_tab_shows_the_missing(small: SmallMeet, alice_client: Client) -> None:
    assert "Nothing is missing" in show(alice_client, small, "?tab=nonsense")


def test_the_second_page_goes_on(small: SmallMeet, alice_client: Client) -> None:
    for number in range(51):
        small.line(f"Runner Number{number}", 90_000 + number)
    assert "51–51 of 51" in show(alice_client, small, "?page=2")


def test_without_an_import_the_page_says_what_to_do(small: SmallMeet, alice_client: Client) -> None:
    small.import_.delete()
    assert "no CSV to compare" in show(alice_client, small)


def test_figures_before_the_import_are_shown_when_its_report_has_them(small: SmallMeet, alice_client: Client) -> None:
    small.line("Bo Ek")
    type(small.import_).objects.update(report={"comparison": small.summary()})
    assert "Missing before" in show(alice_client, small)


def test_a_name_is_escaped(small: SmallMeet, alice_client: Client) -> None:
    small.line("<b>Bo</b>")
    assert "<b>Bo</b>" not in show(alice_client, small)


@pytest.mark.parametrize("rows", [1, 30])
def test_queries_do_not_grow_with_the_rows(
    small: SmallMeet, alice_client: Client, rows: int, django_assert_max_num_queries
) -> None:
    for number in range(rows):
        hold(small, small.line(f"Runner Number{number}", 90_000 + number, Outcome.HELD))
    with django_assert_max_num_queries(22):
        show(alice_client, small)
