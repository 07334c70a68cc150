from collections.abc import Callable
from typing import Any

from django.test import Client

from meets.meet_figures import explain
from meets.models import Athlete, Course, Import, Meet, Result
from tests.pages.conftest import World


def page(client: Client, meet: Meet) -> str:
    return client.get(f"/meets/{meet.pk}/").content.decode()


def test_it_says_that_everything_is_there() -> None:
    assert explain({"already_present": 3, "inserted": 2}, 5, 5) == ("All 5 lines are in the database.", True)


def test_it_explains_lines_that_are_not_in_the_database() -> None:
    sentence, explained = explain(
        {"already_present": 4606, "variant_present": 23, "inserted": 23, "held": 3}, 4655, 4652
    )
    assert (sentence, explained) == ("4,655 lines = 4,652 in the database + 3 waiting for review.", True)


def test_it_says_how_many_results_the_csv_does_not_have() -> None:
    assert explain({"inserted": 2}, 2, 5) == (
        "All 2 lines are in the database. The database has 3 more that this CSV does not have.",
        False,
    )


def test_it_says_how_many_have_gone_since() -> None:
    assert explain({"inserted": 2}, 2, 1)[1] is False


def test_it_shows_three_counts(alice_client: Client, world: World, make_import: Callable[..., Import]) -> None:
    make_import(meet_id=world.meet.pk, lines=1, outcomes={"inserted": 1})
    counts = alice_client.get(f"/meets/{world.meet.pk}/").context["counts"]
    assert (counts.lines, counts.database, counts.cached) == (1, 1, 1)


def test_a_cached_count_that_is_wrong_is_said(alice_client: Client, world: World) -> None:
    Meet.objects.filter(pk=world.meet.pk).update(result_count=7)
    assert "The count that the site shows is not what is there" in page(alice_client, world.meet)


def test_a_preview_is_not_what_the_counts_rest_on(
    alice_client: Client, world: World, make_import: Callable[..., Import]
) -> None:
    make_import(meet_id=world.meet.pk, mode="preview", lines=1, outcomes={"inserted": 1})
    assert alice_client.get(f"/meets/{world.meet.pk}/").context["counts"].lines is None


def test_a_meet_of_another_tool_invites_to_upload_its_bundle(alice_client: Client, world: World) -> None:
    assert "Another tool brought this meet in" in page(alice_client, world.meet)


def test_a_race_has_its_count_and_its_fastest_time(alice_client: Client, world: World) -> None:
    (race,) = alice_client.get(f"/meets/{world.meet.pk}/").context["races"]
    assert (race["results"], race["fastest"]) == (1, 112_340)


def test_every_result_stands_in_one_bar(
    alice_client: Client,
    world: World,
    make_athlete: Callable[..., Athlete],
    make_result: Callable[..., Result],
) -> None:
    for number in range(20):
        athlete = make_athlete(f"Runner {number}", world.school, grad_year=2026)
        make_result(athlete, world.race, 100_000 + number * 1_000)
    make_result(make_athlete("Very Slow", world.school), world.race, 46 * 360_000)
    (race,) = alice_client.get(f"/meets/{world.meet.pk}/").context["races"]
    assert sum(race["bins"].values()) == 22


def test_one_absurd_time_does_not_press_the_others_into_one_bar(
    alice_client: Client,
    world: World,
    make_athlete: Callable[..., Athlete],
    make_result: Callable[..., Result],
) -> None:
    make_result(make_athlete("Quite Slow", world.school), world.race, 150_000)
    make_result(make_athlete("Very Slow", world.school), world.race, 46 * 360_000)
    (race,) = alice_client.get(f"/meets/{world.meet.pk}/").context["races"]
    assert len(race["bars"]) == 3


def test_a_held_result_is_marked_in_its_race(alice_client: Client, world: World, make_case: Callable[..., Any]) -> None:
    make_case()
    (race,) = alice_client.get(f"/meets/{world.meet.pk}/").context["races"]
    assert race["held"] == 1


def test_an_admin_may_rate_a_course_without_rating(dana_client: Client, world: World) -> None:
    assert f"/courses/{world.course.pk}/rating/" in page(dana_client, world.meet)


def test_staff_are_told_that_an_admin_rates(alice_client: Client, world: World) -> None:
    assert "An admin can enter it" in page(alice_client, world.meet)


def test_a_rated_course_is_not_asked_for(dana_client: Client, world: World) -> None:
    Course.objects.update(difficulty_rating="1.1")
    assert "a rating" not in page(dana_client, world.meet)


def test_it_asks_as_often_for_many_results_as_for_one(
    alice_client: Client,
    world: World,
    make_athlete: Callable[..., Athlete],
    make_result: Callable[..., Result],
    make_case: Callable[..., Any],
    django_assert_num_queries: Any,
) -> None:
    for number in range(30):
        make_result(make_athlete(f"Runner {number}", world.school), world.race, 100_000 + number)
    make_case()
    with django_assert_num_queries(12):
        page(alice_client, world.meet)
