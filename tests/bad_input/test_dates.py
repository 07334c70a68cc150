"""Dates of both forms, and nonsense."""

from pathlib import Path

import pytest
from django.test import Client

from meets.models import Meet
from tests.inline import FILES, Expected, bundle_of, command, snapshot, told_everywhere, upload_and_import, write

pytestmark = pytest.mark.django_db(transaction=True)


def with_date(day: str) -> dict[str, str | bytes]:
    return bundle_of(meets=FILES["meets.csv"].replace("10/11/25", day))


@pytest.mark.parametrize("day", ["10/11/25", "2025-10-11", "10/11/2025"])
def test_both_forms_are_read(alice_client: Client, day: str):
    upload_and_import(alice_client, with_date(day))
    assert str(Meet.objects.get().meet_date) == "2025-10-11"


@pytest.mark.parametrize("day", ["31/31/25", "2025-02-30", "soon"])
def test_nonsense_is_said_and_nothing_is_written(alice_client: Client, day: str):
    before = snapshot()
    import_ = upload_and_import(alice_client, with_date(day))
    assert (import_.state, import_.failure_kind) == ("failed", "bad_file")
    told_everywhere(alice_client, import_, Expected("meet_date.wrong", "meets.csv", 2, "meet_date", day))
    assert snapshot() == before


def test_the_command_says_the_same(db: None, tmp_path: Path):
    printed, code = command(write(tmp_path, with_date("soon")))
    assert code == 1
    Expected("meet_date.wrong", "meets.csv", 2, "meet_date", "soon").among(printed["problems"])
