from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from importadmin.icons import ICONS, svg
from importadmin.templatetags import words


@pytest.mark.parametrize(
    ("time", "shown"),
    [
        (93_240, "15:32.40"),
        (5, "0:00.05"),
        (360_000, "1:00:00.00"),
        (375_300, "1:02:33.00"),
        (None, "–"),
        (59_999, "9:59.99"),
    ],
)
def test_times_read_as_runners_write_them(time: int | None, shown: str) -> None:
    assert words.race_time(time) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (date(2025, 10, 11), "11 Oct 2025"),
        ("2025-10-11", "11 Oct 2025"),
        (datetime(2025, 10, 1, 23, tzinfo=UTC), "1 Oct 2025"),
        ("not a day", "not a day"),
        (None, "–"),
    ],
)
def test_days_have_their_month_in_letters(value: Any, shown: str) -> None:
    assert words.day(value) == shown


@pytest.mark.parametrize(("value", "shown"), [(4655, "4,655"), (0, "0"), (None, "–"), ("1000", "1,000")])
def test_thousands_are_set_apart(value: Any, shown: str) -> None:
    assert words.thousands(value) == shown


def test_outcomes_have_the_words_of_the_screen() -> None:
    assert words.outcome_label("variant_present") == "There under another spelling"


def test_an_unknown_outcome_shows_itself() -> None:
    assert words.outcome_label("new_one") == "new_one"


@pytest.mark.parametrize(("value", "shown"), [("1.140000000", "1.14"), ("1", "1"), ("100", "100")])
def test_ratings_have_no_empty_decimals(value: str, shown: str) -> None:
    assert words.normal(Decimal(value)) == shown


@pytest.mark.parametrize(("meters", "shown"), [(5000, "5,000 m"), (0, "–"), (None, "–")])
def test_a_distance_of_zero_is_not_known(meters: int | None, shown: str) -> None:
    assert words.distance(meters) == shown


@pytest.mark.parametrize("kind", ["good", "warn", "bad", "info", "busy", "quiet"])
def test_a_badge_has_an_icon_beside_its_words(kind: str) -> None:
    shown = words.badge(kind, "Done")
    assert ("<svg" in shown, "Done" in shown) == (True, True)


def test_a_badge_escapes_its_words() -> None:
    assert "<b>" not in words.badge("good", "<b>")


@pytest.mark.parametrize("name", sorted(ICONS))
def test_every_icon_is_hidden_from_screen_readers(name: str) -> None:
    assert 'aria-hidden="true"' in svg(name)
