import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from importadmin.models import AuditEntry
from meets.derived_figures import derived_figures
from meets.models import Import, Rebuild, RebuildChange
from tests.pages.conftest import World


@pytest.fixture
def woken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which rebuilds a worker would have been woken for."""
    sent: list[str] = []
    monkeypatch.setattr("meets.jobs.queue.push_rebuild", lambda queue, key, attempt: sent.append(key))
    return sent


def test_it_counts_the_rows_of_each_table(world: World) -> None:
    assert {table.name: table.rows for table in derived_figures()} == {
        "normalized_times": 0,  # the course has no rating yet
        "athlete_best_times": 1,
        "course_records": 1,
        "school_hall_of_fame": 0,
        "school_course_records": 1,
    }


def test_a_table_that_nobody_has_looked_at_says_so(alice_client: Client, world: World) -> None:
    assert "not looked yet" in alice_client.get("/derived/").content.decode()


def test_staff_see_no_button(alice_client: Client, world: World) -> None:
    assert "Rebuild all five" not in alice_client.get("/derived/").content.decode()


def test_an_admin_starts_a_rebuild_and_lands_on_its_page(dana_client: Client, world: World, woken: list[str]) -> None:
    response = dana_client.post("/derived/rebuild/", {"table": "all"})
    rebuild = Rebuild.objects.get()
    assert (response.headers["Location"], rebuild.state) == (f"/derived/rebuilds/{rebuild.pk}/", "queued")


def test_one_table_alone_can_be_chosen(dana_client: Client, world: World, woken: list[str]) -> None:
    dana_client.post("/derived/rebuild/", {"table": "course_records"})
    assert Rebuild.objects.get().tables == ["course_records"]


def test_the_worker_is_woken_by_the_id_after_the_commit(
    dana_client: Client, world: World, woken: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        dana_client.post("/derived/rebuild/", {"table": "all"})
    assert woken == [str(Rebuild.objects.get().pk)]


def test_it_is_refused_while_an_import_runs(
    dana_client: Client, world: World, make_import: Callable[..., Import], woken: list[str]
) -> None:
    make_import(state="running")
    page = dana_client.post("/derived/rebuild/", {"table": "all"}, follow=True).content.decode()
    assert ("is being imported" in page, Rebuild.objects.count()) == (True, 0)


def test_a_second_one_is_refused_while_one_runs(dana_client: Client, world: World, woken: list[str]) -> None:
    dana_client.post("/derived/rebuild/", {"table": "all"})
    page = dana_client.post("/derived/rebuild/", {"table": "all"}, follow=True).content.decode()
    assert ("A rebuild is running already" in page, Rebuild.objects.count()) == (True, 1)


def test_a_table_that_is_none_is_refused(dana_client: Client, world: World, woken: list[str]) -> None:
    page = dana_client.post("/derived/rebuild/", {"table": "users"}, follow=True).content.decode()
    assert "No derived table is called users" in page


WAITING = {"athlete_best_times": {"changed": 2, "digest": "1", "kinds": {"changed": 2}, "rows": 9, "orphans": 1,
                                  "seconds": 0.5}}  # fmt: skip


@pytest.fixture
def waiting(db: None, dana: User) -> Rebuild:
    return Rebuild.objects.create(
        pk=uuid.uuid4(), tables=["athlete_best_times"], state="waiting", difference=WAITING, created_by=dana
    )


def test_what_waits_is_told_with_a_link(alice_client: Client, waiting: Rebuild) -> None:
    page = alice_client.get("/derived/").content.decode()
    assert ("A rebuild waits for an admin" in page, f"/derived/rebuilds/{waiting.pk}/" in page) == (True, True)


def test_stale_rows_and_orphans_are_those_of_the_last_look(waiting: Rebuild) -> None:
    found = {table.name: (table.stale, table.orphans) for table in derived_figures()}
    assert (found["athlete_best_times"], found["course_records"]) == ((2, 1), (None, None))


def test_once_written_none_is_stale(waiting: Rebuild) -> None:
    Rebuild.objects.update(state="done")
    assert next(t.stale for t in derived_figures() if t.name == "athlete_best_times") == 0


def test_its_page_shows_who_loses_a_record_to_whom(alice_client: Client, waiting: Rebuild, world: World) -> None:
    row = {"course_id": str(world.course.pk), "gender": "F", "rank": 1, "time_cs": 112_340}
    Rebuild.objects.update(difference={"course_records": {**WAITING["athlete_best_times"], "kinds": {"hands": 1}}})
    RebuildChange.objects.create(
        rebuild=waiting, derived="course_records", kind="hands", subject_id=world.course.pk, place=1,
        was={**row, "athlete_name": "Ada Wrong"}, becomes={**row, "athlete_name": "Ana Right"},
    )  # fmt: skip
    page = alice_client.get(f"/derived/rebuilds/{waiting.pk}/").content.decode()
    assert all(text in page for text in ("Ada Wrong", "Ana Right", "Redham Loop, girls, rank 1", "18:43.40"))


def test_approving_queues_the_writing(dana_client: Client, waiting: Rebuild, woken: list[str]) -> None:
    dana_client.post(f"/derived/rebuilds/{waiting.pk}/approve/")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.phase, waiting.approved_by.username) == ("queued", "apply", "dana")


def test_approving_is_in_the_audit_log(dana_client: Client, waiting: Rebuild, woken: list[str]) -> None:
    dana_client.post(f"/derived/rebuilds/{waiting.pk}/approve/")
    assert AuditEntry.objects.get(action="derived.approved").after == {"Best times": "2 rows"}


def test_whoever_approves_second_is_told(dana_client: Client, waiting: Rebuild, woken: list[str]) -> None:
    dana_client.post(f"/derived/rebuilds/{waiting.pk}/cancel/")
    page = dana_client.post(f"/derived/rebuilds/{waiting.pk}/approve/", follow=True).content.decode()
    assert "wait for approval any more" in page


def test_a_new_one_puts_what_waited_aside(dana_client: Client, waiting: Rebuild, woken: list[str]) -> None:
    dana_client.post("/derived/rebuild/", {"table": "all"})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.note) == ("cancelled", "A newer rebuild was started instead.")


def test_what_waits_can_be_left(dana_client: Client, waiting: Rebuild) -> None:
    dana_client.post(f"/derived/rebuilds/{waiting.pk}/cancel/")
    waiting.refresh_from_db()
    assert waiting.state == "cancelled"


def test_the_live_part_tells_how_far_it_is(alice_client: Client, waiting: Rebuild) -> None:
    Rebuild.objects.update(state="running", stage="course_records", stage_rows=2, stage_total=5)
    assert "Course records" in alice_client.get(f"/derived/rebuilds/{waiting.pk}/live/").content.decode()


def test_the_live_part_of_one_that_ended_loads_the_whole_page(alice_client: Client, waiting: Rebuild) -> None:
    assert alice_client.get(f"/derived/rebuilds/{waiting.pk}/live/").headers["HX-Refresh"] == "true"


def test_the_page_asks_a_fixed_number_of_questions(
    alice_client: Client, waiting: Rebuild, django_assert_num_queries: Any
) -> None:
    alice_client.get("/derived/")
    with django_assert_num_queries(14):
        alice_client.get("/derived/")
