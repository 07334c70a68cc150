from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from importadmin.models import AuditEntry
from meets.actions.rate_course import BadRating, parse_rating, rate_course
from meets.actions.refused import Refused
from meets.models import Course, Result
from tests.pages.conftest import World


def rate(client: Client, course: Course, **fields: str) -> Any:
    given = {"rating": "1.14", "seen": "", "next": "/meets/", **fields}
    return client.post(f"/courses/{course.pk}/rating/", given)


def test_the_rating_is_written(dana_client: Client, world: World) -> None:
    rate(dana_client, world.course, rating="1.140294291")
    world.course.refresh_from_db()
    assert world.course.difficulty_rating == Decimal("1.140294291")


def test_normalised_times_follow(dana_client: Client, world: World) -> None:
    rate(dana_client, world.course, rating="1.1")
    assert Result.objects.get().normalized_time_cs == round(112_340 * 1609.344 / (5000 * 1.1))


def test_it_is_written_into_the_audit_log(dana_client: Client, dana: User, world: World) -> None:
    rate(dana_client, world.course, reason="as last year")
    entry = AuditEntry.objects.get(action="course.rated")
    assert (entry.actor, entry.after["rating"], entry.reason) == (dana, "1.14", "as last year")


def test_it_leads_back_to_where_one_came_from(dana_client: Client, world: World) -> None:
    assert (
        rate(dana_client, world.course, next=f"/meets/{world.meet.pk}/")
        .headers["Location"]
        .endswith(f"{world.meet.pk}/")
    )


def test_it_never_leads_to_another_site(dana_client: Client, world: World) -> None:
    assert rate(dana_client, world.course, next="https://elsewhere.example/").headers["Location"] == "/meets/"


@pytest.mark.parametrize("typed", ["", "hilly", "0", "-1", "31", "NaN", "Infinity", "1e999"])
def test_what_is_no_rating_is_refused_with_what_is(dana_client: Client, world: World, typed: str) -> None:
    response = rate(dana_client, world.course, rating=typed)
    assert (response.status_code, "1 is a flat track" in response.content.decode()) == (422, True)


def test_a_refused_rating_changes_nothing(dana_client: Client, world: World) -> None:
    rate(dana_client, world.course, rating="31")
    world.course.refresh_from_db()
    assert world.course.difficulty_rating is None


def test_a_decimal_comma_is_understood() -> None:
    assert parse_rating("1,14") == Decimal("1.14")


def test_whoever_is_second_is_told(dana_client: Client, world: World) -> None:
    rate(dana_client, world.course, rating="1.1")
    response = rate(dana_client, world.course, rating="1.2", seen="")
    assert (response.status_code, "was rated 1.1 in the meantime" in response.content.decode()) == (409, True)


def test_the_same_rating_again_leaves_no_second_entry(dana: User, world: World) -> None:
    for _ in range(2):
        rate_course(course_id=world.course.pk, rating="1.1", user=dana)
    assert AuditEntry.objects.count() == 1


def test_the_action_refuses_like_the_page(dana: User, world: World) -> None:
    with pytest.raises(BadRating):
        rate_course(course_id=world.course.pk, rating="flat", user=dana)
    with pytest.raises(Refused):
        rate_course(course_id=world.course.pk, rating="1.1", seen="1.3", user=dana)
