"""The analysis as JSON, in the shape of the site's guide, and as CSV."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from meets.models import Outcome
from reconciliation.compare.download import safe_cell
from tests.comparison.conftest import SmallMeet


@pytest.fixture
def told(small: SmallMeet) -> SmallMeet:
    small.both("Ada Lind")
    small.athlete("Bo Ek")
    small.line("Bo Ek", 96_000, place=4)
    small.line("Cy Oh", 97_000, Outcome.HELD, grade=None)
    return small


def get_json(client: Client, small: SmallMeet) -> dict:
    return client.get(reverse("comparison-json", args=[small.meet.pk])).json()


def get_csv(client: Client, small: SmallMeet) -> list[dict[str, str]]:
    response = client.get(reverse("comparison-csv", args=[small.meet.pk]))
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_json_has_exactly_the_guides_keys(told: SmallMeet, alice_client: Client) -> None:
    assert sorted(get_json(alice_client, told)) == ["categories", "meet_id", "summary"]


def test_the_summary_adds_up(told: SmallMeet, alice_client: Client) -> None:
    assert get_json(alice_client, told)["summary"] == {
        "csv_total": 3,
        "db_total": 1,
        "missing_total": 2,
        "athlete_exists": 1,
        "athlete_not_found": 1,
    }


def test_a_row_has_exactly_the_guides_fields(told: SmallMeet, alice_client: Client) -> None:
    row = get_json(alice_client, told)["categories"]["athlete_exists"][0]
    assert row == {
        "athlete_name": "Bo Ek",
        "race_id": str(told.race.pk),
        "time_cs": 96_000,
        "place": 4,
        "grad_year": 2026,
        "gender": "M",
        "athlete_id": row["athlete_id"],
        "db_name": "Bo Ek",
    }


def test_without_a_grade_there_is_no_grad_year(told: SmallMeet, alice_client: Client) -> None:
    assert get_json(alice_client, told)["categories"]["athlete_not_found"][0]["grad_year"] is None


def test_the_csv_names_each_finding(told: SmallMeet, alice_client: Client) -> None:
    findings = [(row["finding"], row["athlete_name"], row["status"]) for row in get_csv(alice_client, told)]
    assert findings == [
        ("missing", "Bo Ek", "athlete_exists"),
        ("missing", "Cy Oh", "held"),
        ("held", "Cy Oh", ""),
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_never_begins_like_a_formula(start: str) -> None:
    assert safe_cell(f"{start}1+1") == f"'{start}1+1"


def test_a_name_in_the_csv_is_made_harmless(small: SmallMeet, alice_client: Client) -> None:
    small.line('=HYPERLINK("x")')
    assert get_csv(alice_client, small)[0]["athlete_name"] == '\'=HYPERLINK("x")'


@pytest.mark.parametrize("name", ["comparison", "comparison-json", "comparison-csv", "meet-checklist"])
def test_somebody_without_a_role_is_refused(small: SmallMeet, charlie_client: Client, name: str) -> None:
    assert charlie_client.get(reverse(name, args=[small.meet.pk])).status_code == 403


@pytest.mark.parametrize("name", ["comparison", "comparison-json", "comparison-csv", "meet-checklist"])
def test_an_unknown_meet_is_not_found(alice_client: Client, name: str) -> None:
    assert alice_client.get(reverse(name, args=["00000000-0000-0000-0000-00000000000a"])).status_code == 404


@pytest.mark.parametrize("name", ["comparison", "comparison-json", "comparison-csv", "meet-checklist"])
def test_nothing_is_changed_so_nothing_is_posted(small: SmallMeet, alice_client: Client, name: str) -> None:
    assert alice_client.post(reverse(name, args=[small.meet.pk])).status_code == 405
