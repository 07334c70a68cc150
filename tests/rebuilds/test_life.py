"""The life of a rebuild: claimed once, cancelled, taken over, refused, and what the night may do."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from importadmin.models import AuditEntry
from meets import rebuilding
from meets.actions.rebuild_derived import approve_rebuild, cancel_rebuild, start_rebuild
from meets.actions.refused import Refused
from meets.jobs import rebuild_states, sweep
from meets.jobs.nightly import nightly_rebuild, scheduler
from meets.jobs.rebuild import may_apply_by_itself, run_rebuild
from meets.models import Bundle, Import, Rebuild
from tests.rebuilds.conftest import applied, computed, versions
from tests.schema import oracle
from tests.schema.world import World

WRONG_LEADER = "UPDATE course_records SET athlete_name = 'Wrong', athlete_id = gen_random_uuid() WHERE rank = 1"
WRONG_NAME = "UPDATE course_records SET athlete_name = 'Wrong' WHERE rank = 1"


def running_import() -> Import:
    bundle = Bundle.objects.create(name="meet_900001_20251011", content_hash="0" * 64)
    return Import.objects.create(bundle=bundle, meet_key="an:900001", state="running")


def test_an_import_that_began_meanwhile_ends_the_computing(world: World) -> None:
    rebuild = start_rebuild(names=["course_records"], user=None)
    running_import()
    run_rebuild(str(rebuild.pk))
    rebuild.refresh_from_db()
    assert (rebuild.state, "meet_900001_20251011 is being imported" in rebuild.note) == ("failed", True)


def test_nothing_is_written_while_an_import_runs(world: World, damage: Callable[[str], None]) -> None:
    damage(WRONG_NAME)
    rebuild = computed("course_records")
    approve_rebuild(rebuild_id=rebuild.pk, user=None)
    running_import()
    before = versions()
    run_rebuild(str(rebuild.pk))
    rebuild.refresh_from_db()
    assert (rebuild.state, versions()) == ("failed", before)


def test_approval_is_refused_while_an_import_runs(world: World, damage: Callable[[str], None]) -> None:
    damage(WRONG_NAME)
    rebuild = computed("course_records")
    running_import()
    with pytest.raises(Refused, match="is being imported"):
        approve_rebuild(rebuild_id=rebuild.pk, user=None)


def test_whoever_comes_second_to_a_claim_does_nothing(world: World) -> None:
    rebuild = start_rebuild(names=["course_records"], user=None)
    with connection.cursor() as cursor:
        assert rebuild_states.claim(cursor, str(rebuild.pk), "another", 20)
    run_rebuild(str(rebuild.pk))
    rebuild.refresh_from_db()
    assert (rebuild.state, rebuild.worker, rebuild.attempt) == ("running", "another", 1)


def test_cancelled_before_it_runs_it_never_does(world: World) -> None:
    rebuild = start_rebuild(names=["course_records"], user=None)
    cancel_rebuild(rebuild_id=rebuild.pk, user=None)
    run_rebuild(str(rebuild.pk))
    rebuild.refresh_from_db()
    assert (rebuild.state, rebuild.attempt) == ("cancelled", 0)


def test_cancelled_while_it_writes_it_leaves_nothing(
    world: World, damage: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(WRONG_NAME)
    rebuild = computed("course_records")
    before = versions()
    real = rebuilding._apply_one

    def cancelled_then(*args: Any) -> int:
        written = real(*args)
        cancel_rebuild(rebuild_id=rebuild.pk, user=None)
        return written

    monkeypatch.setattr(rebuilding, "_apply_one", cancelled_then)
    assert (applied(rebuild).state, versions()) == ("cancelled", before)


def test_one_whose_worker_died_is_taken_up_again(world: World, damage: Callable[[str], None]) -> None:
    damage(WRONG_NAME)
    rebuild = computed("course_records")
    approve_rebuild(rebuild_id=rebuild.pk, user=None)
    with connection.cursor() as cursor:
        rebuild_states.claim(cursor, str(rebuild.pk), "dead", -1)
    found = sweep.sweep()
    assert [key for key, _ in found.rebuilds] == [str(rebuild.pk)]
    run_rebuild(str(rebuild.pk))
    rebuild.refresh_from_db()
    assert rebuild.state == "done"
    oracle.check(world.conn)


def test_a_stalled_worker_cannot_commit_after_a_takeover(
    world: World, damage: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(WRONG_NAME)
    rebuild = computed("course_records")
    before = versions()
    real = rebuilding._apply_one

    def taken_over_then(*args: Any) -> int:
        written = real(*args)
        Rebuild.objects.update(attempt=99)
        return written

    monkeypatch.setattr(rebuilding, "_apply_one", taken_over_then)
    assert (applied(rebuild).attempt, versions()) == (99, before)


def test_one_that_lost_its_worker_too_often_fails(world: World) -> None:
    rebuild = start_rebuild(names=["course_records"], user=None)
    Rebuild.objects.update(attempts_left=1)
    with connection.cursor() as cursor:
        rebuild_states.claim(cursor, str(rebuild.pk), "dead", -1)
    sweep.sweep()
    rebuild.refresh_from_db()
    assert (rebuild.state, "taken up 5 times" in rebuild.note) == ("failed", True)


def test_what_was_written_is_in_the_audit_log(world: World, damage: Callable[[str], None]) -> None:
    damage(WRONG_NAME)
    applied(computed("course_records"))
    assert AuditEntry.objects.get(action="derived.rebuilt").after == {"Course records": "1 rows"}


def test_the_night_writes_by_itself_what_moves_no_record(world: World, damage: Callable[[str], None]) -> None:
    damage(WRONG_NAME)
    nightly_rebuild()
    rebuild = Rebuild.objects.get()
    for _ in range(2):
        run_rebuild(str(rebuild.pk))
    rebuild.refresh_from_db()
    assert (rebuild.state, rebuild.rows_written) == ("done", 1)
    oracle.check(world.conn)


def test_the_night_leaves_a_record_that_changes_hands_to_an_admin(world: World, damage: Callable[[str], None]) -> None:
    damage(WRONG_LEADER)
    nightly_rebuild()
    rebuild = Rebuild.objects.get()
    run_rebuild(str(rebuild.pk))
    rebuild.refresh_from_db()
    assert rebuild.state == "waiting"


def test_the_night_leaves_many_rows_to_an_admin() -> None:
    assert not may_apply_by_itself({"athlete_best_times": {"changed": 1_001, "kinds": {"changed": 1_001}}})


def test_what_an_admin_has_not_decided_yet_outlives_the_night(world: World, damage: Callable[[str], None]) -> None:
    damage(WRONG_LEADER)
    waiting = computed("course_records")
    nightly_rebuild()
    waiting.refresh_from_db()
    assert (waiting.state, Rebuild.objects.count()) == ("waiting", 1)


def test_two_schedulers_start_one_rebuild(world: World) -> None:
    nightly_rebuild()
    Rebuild.objects.update(state="done")
    nightly_rebuild()
    assert Rebuild.objects.count() == 1


def test_the_night_waits_for_no_import(world: World) -> None:
    running_import()
    assert "is being imported" in nightly_rebuild()


def test_the_schedule_is_the_setting(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.IMPORTADMIN_NIGHTLY_REBUILD = "15 4 * * *"
    (job,) = scheduler().get_jobs()
    assert (job.cron, job.func_name, job.queue_name) == ("15 4 * * *", "meets.jobs.nightly.nightly_rebuild", "imports")
