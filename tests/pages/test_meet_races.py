"""The races of a meet with what is missing and extra on their plots."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from meets.models import Import, Outcome, State
from meets.race_plots import bars, marks
from tests.comparison.conftest import SmallMeet, small

__all__ = ["small"]


def races(client: Client, small: SmallMeet) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/meets/{small.meet.pk}/races/").context["races"]
    return found


def shown(client: Client, address: str, **headers: str) -> str:
    return " ".join(client.get(address, headers=headers).content.decode().split())


def test_a_bar_is_as_high_as_its_share_of_the_highest() -> None:
    assert bars({"1": 2, "40": 4}) == [{"x": 0, "y": 5.0, "height": 5.0}, {"x": 39, "y": 0.0, "height": 10.0}]


def test_a_mark_stays_on_the_plot() -> None:
    assert marks([50, 150, 999], 100, 200) == [0.0, 20.0, 39.5]


def test_marks_of_one_place_are_one() -> None:
    assert marks(range(100, 300), 100, 10_100) == [0.0, 0.5]


def test_a_missing_line_is_marked_in_its_race(small: SmallMeet, alice_client: Client) -> None:
    small.both("Ada Lind", 90_000)
    small.both("Cy Roe", 110_000)
    small.line("Bo Ek", 100_000)
    (race,) = races(alice_client, small)
    assert (race["missing"], race["missing_marks"], race["extra_marks"]) == (1, [20.0], [])


def test_an_extra_result_is_marked_in_its_race(small: SmallMeet, alice_client: Client) -> None:
    small.both("Ada Lind", 90_000)
    small.result("Bo Ek", 110_000)
    (race,) = races(alice_client, small)
    assert (race["extra"], race["missing_marks"], race["extra_marks"]) == (1, [], [39.5])


def test_a_variant_is_neither(small: SmallMeet, alice_client: Client) -> None:
    small.line("Ada Lind")
    small.result("ADA LIND")
    (race,) = races(alice_client, small)
    assert (race["missing"], race["extra"]) == (0, 0)


def test_a_race_of_which_all_is_missing_has_marks(small: SmallMeet, alice_client: Client) -> None:
    small.line("Ada Lind", 90_000)
    small.line("Bo Ek", 110_000)
    (race,) = races(alice_client, small)
    assert race["missing_marks"] == [0.0, 39.5]


def test_the_numbers_lead_to_their_rows(small: SmallMeet, alice_client: Client) -> None:
    small.line("Bo Ek")
    href = f"/meets/{small.meet.pk}/comparison/?tab=missing&amp;race={small.race.pk}"
    assert href in shown(alice_client, f"/meets/{small.meet.pk}/races/")


def test_the_comparison_shows_the_rows_of_one_race(small: SmallMeet, alice_client: Client) -> None:
    small.line("Bo Ek")
    small.line("Cy Roe", race_id=small.add_race("Mens Reserve").pk)
    page = alice_client.get(f"/meets/{small.meet.pk}/comparison/?tab=missing&race={small.race.pk}").context["page"]
    assert [row["line"].name for row in page.object_list] == ["Bo Ek"]


@pytest.mark.parametrize("race", ["nonsense", "00000000-0000-0000-0000-00000000000a", ""])
def test_a_race_that_the_meet_does_not_have_is_ignored(small: SmallMeet, alice_client: Client, race: str) -> None:
    small.line("Bo Ek")
    page = alice_client.get(f"/meets/{small.meet.pk}/comparison/?race={race}").context["page"]
    assert len(page.object_list) == 1


def test_the_meets_page_loads_them_after_itself(small: SmallMeet, alice_client: Client) -> None:
    small.both("Ada Lind")
    assert f'hx-get="/meets/{small.meet.pk}/races/"' in shown(alice_client, f"/meets/{small.meet.pk}/")


def test_the_meets_page_leads_to_them_without_scripts(small: SmallMeet, alice_client: Client) -> None:
    small.both("Ada Lind")
    assert f'<a href="/meets/{small.meet.pk}/races/">' in shown(alice_client, f"/meets/{small.meet.pk}/")


def test_the_part_does_not_load_itself_again(small: SmallMeet, alice_client: Client) -> None:
    small.both("Ada Lind")
    assert "hx-get" not in shown(alice_client, f"/meets/{small.meet.pk}/races/", **{"HX-Request": "true"})


def test_the_part_is_no_whole_page(small: SmallMeet, alice_client: Client) -> None:
    assert "<html" not in shown(alice_client, f"/meets/{small.meet.pk}/races/", **{"HX-Request": "true"})


def test_without_an_import_nothing_is_called_missing(small: SmallMeet, alice_client: Client) -> None:
    small.result("Ada Lind")
    Import.objects.all().delete()
    assert "not in the CSV" not in shown(alice_client, f"/meets/{small.meet.pk}/races/")


def test_the_latest_import_is_the_one_that_was_applied_last(small: SmallMeet, alice_client: Client) -> None:
    small.line("Bo Ek")
    Import.objects.filter(pk=small.import_.pk).update(finished_at=datetime(2025, 10, 13, tzinfo=UTC), lines=1)
    begun_later = Import.objects.create(
        bundle=small.import_.bundle, meet_key="an:900001", meet_id=small.meet.pk, state=State.DONE,
        finished_at=datetime(2025, 10, 12, tzinfo=UTC), lines=7,
    )  # fmt: skip
    assert begun_later.created_at > small.import_.created_at
    assert alice_client.get(f"/meets/{small.meet.pk}/").context["counts"].lines == 1


@pytest.mark.parametrize("rows", [1, 30])
def test_queries_do_not_grow_with_the_rows(
    small: SmallMeet, alice_client: Client, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        small.line(f"Runner Number{number}", 90_000 + number, Outcome.ALREADY_PRESENT)
    with django_assert_num_queries(13):
        races(alice_client, small)
