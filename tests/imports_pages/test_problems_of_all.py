"""Search over the problems of all imports."""

from typing import Any

import pytest
from django.test import Client

from meets.models import Import, ImportProblem


def found(client: Client, query: str) -> list[str]:
    return [row["problem"].code for row in client.get(f"/imports/problems/{query}").context["rows"]]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["bad_time"]),
        ("?q=time", ["bad_time"]),
        ("?q=results+1%2B1", ["bad_time"]),
        ("?q=grade", []),
        ("?q=%00", ["bad_time"]),
    ],
)
def test_problems_are_found_by_their_words(alice_client: Client, done: Import, query: str, codes: list[str]) -> None:
    assert found(alice_client, query) == codes


def test_each_leads_to_its_import(alice_client: Client, done: Import) -> None:
    assert f"/imports/{done.pk}/" in alice_client.get("/imports/problems/").content.decode()


def test_it_asks_as_often_for_many_problems_as_for_one(
    alice_client: Client, done: Import, django_assert_num_queries: Any
) -> None:
    ImportProblem.objects.bulk_create(
        ImportProblem(import_id=done.pk, code="x", file="results.csv", message=f"{n}.") for n in range(50)
    )
    with django_assert_num_queries(6):
        alice_client.get("/imports/problems/")
