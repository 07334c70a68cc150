"""The frame around django-rq's pages."""

from typing import Any

import pytest
from django.test import Client

from tests.access.test_access import redis

__all__ = ["redis"]


@pytest.fixture
def page(dana_client: Client, redis: None) -> str:
    return dana_client.get("/django-rq/").content.decode()


def test_it_bears_the_sites_name(page: str) -> None:
    assert ("Meet Import Admin" in page, "Django administration" in page) == (True, False)


def test_it_offers_no_list_of_what_is_not_there(page: str) -> None:
    assert "have permission to view or edit anything" not in page


def test_log_out_there_signs_out(dana_client: Client) -> None:
    dana_client.post("/django-admin/logout/")
    response: Any = dana_client.get("/")
    assert response.headers["Location"].startswith("/sign-in/")
