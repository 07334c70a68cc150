import datetime

import pytest
from django.db import connection
from django.utils import timezone

from meets.jobs import states
from meets.models import FailureKind, State

AGO = datetime.timedelta(seconds=30)
RESULT = {"lines": 3, "outcomes": {"inserted": 3}, "stages": [], "report": {"a": 1}}
PROGRESS = {"stage": "apply", "rows": 5, "total": 10, "waiting_for": "", "stages": [], "peak_rss_mb": 50.5}


def running(make_import, **fields):
    return make_import(
        **{
            "state": State.RUNNING,
            "attempt": 1,
            "attempts_left": 4,
            "worker": "w1",
            "started_at": timezone.now(),
            "lease_until": timezone.now() + AGO,
            **fields,
        }
    )


def test_a_queued_import_is_claimed_once(cursor, make_import):
    import_ = make_import()
    assert states.claim(cursor, str(import_.pk), "w1", 20) == 1
    assert states.claim(cursor, str(import_.pk), "w2", 20) is None
    import_.refresh_from_db()
    assert (import_.state, import_.worker, import_.attempts_left) == (State.RUNNING, "w1", 4)
    assert import_.lease_until > timezone.now() + datetime.timedelta(seconds=15)


@pytest.mark.parametrize("state", [s for s in State if s != State.QUEUED])
def test_only_a_queued_import_can_be_claimed(cursor, make_import, state):
    assert states.claim(cursor, str(make_import(state=state).pk), "w1", 20) is None


def test_renewing_prolongs_the_lease_and_shows_progress(cursor, make_import):
    import_ = running(make_import, lease_until=timezone.now())
    assert states.renew(cursor, str(import_.pk), 1, PROGRESS, 20) is False
    import_.refresh_from_db()
    assert import_.lease_until > timezone.now() + datetime.timedelta(seconds=15)
    assert (import_.stage, import_.stage_rows, import_.stage_total, import_.peak_rss_mb) == ("apply", 5, 10, 50.5)


def test_renewing_tells_of_a_request_to_cancel(cursor, make_import):
    import_ = running(make_import, cancel_requested=True)
    assert states.renew(cursor, str(import_.pk), 1, PROGRESS, 20) is True


def test_renewing_somebody_elses_attempt_is_refused(cursor, make_import):
    import_ = running(make_import, attempt=2)
    assert states.renew(cursor, str(import_.pk), 1, PROGRESS, 20) is None


def test_finishing_keeps_the_result(cursor, make_import):
    import_ = running(make_import)
    assert states.finish(cursor, str(import_.pk), 1, RESULT)
    import_.refresh_from_db()
    assert (import_.state, import_.lines, import_.outcomes) == (State.DONE, 3, {"inserted": 3})
    assert import_.lease_until is None
    assert import_.seconds is not None


@pytest.mark.parametrize(
    "fields", [{"attempt": 2}, {"cancel_requested": True}, {"state": State.QUEUED}, {"state": State.CANCELLED}]
)
def test_finishing_is_fenced(cursor, make_import, fields):
    import_ = running(make_import, **fields)
    assert not states.finish(cursor, str(import_.pk), 1, RESULT)
    import_.refresh_from_db()
    assert import_.state != State.DONE


@pytest.mark.parametrize(
    "end",
    [
        lambda cursor, pk: states.ask(cursor, pk, 1, []),
        lambda cursor, pk: states.fail(cursor, pk, 1, FailureKind.CRASH, "x"),
        lambda cursor, pk: states.stop(cursor, pk, 1),
        lambda cursor, pk: states.abandon(cursor, pk, 1),
    ],
)
def test_a_worker_that_lost_its_import_cannot_end_it(cursor, make_import, end):
    import_ = running(make_import, attempt=2)
    assert not end(cursor, str(import_.pk))
    import_.refresh_from_db()
    assert (import_.state, import_.worker) == (State.RUNNING, "w1")


def test_an_expired_lease_is_queued_again(cursor, make_import):
    import_ = running(make_import, lease_until=timezone.now() - AGO)
    assert states.expire(cursor) == [str(import_.pk)]
    import_.refresh_from_db()
    assert (import_.state, import_.attempt, import_.attempts_left) == (State.QUEUED, 1, 4)


def test_a_living_lease_is_left_alone(cursor, make_import):
    running(make_import)
    assert states.expire(cursor) == []


def test_an_expired_lease_without_attempts_left_fails_as_a_crash(cursor, make_import):
    import_ = running(make_import, lease_until=timezone.now() - AGO, attempts_left=0)
    states.expire(cursor)
    import_.refresh_from_db()
    assert (import_.state, import_.failure_kind) == (State.FAILED, FailureKind.CRASH)
    assert "worker" in import_.failure


def test_an_expired_lease_that_was_to_be_cancelled_ends_cancelled(cursor, make_import):
    import_ = running(make_import, lease_until=timezone.now() - AGO, cancel_requested=True)
    states.expire(cursor)
    import_.refresh_from_db()
    assert import_.state == State.CANCELLED


def test_an_expired_lease_whose_row_is_being_committed_is_left_alone(make_import):
    from importadmin.database import connect

    import_ = running(make_import, lease_until=timezone.now() - AGO)
    with connect() as committing, connection.cursor() as cursor:
        assert states.finish(committing.cursor(), str(import_.pk), 1, RESULT)
        assert states.expire(cursor) == []


def test_a_dead_workers_imports_are_queued_again_at_once(cursor, make_import):
    mine, other = running(make_import), running(make_import, worker="w2")
    assert states.abandon_all_of(cursor, "w1") == [str(mine.pk)]
    other.refresh_from_db()
    assert other.state == State.RUNNING


@pytest.mark.parametrize("state", [State.QUEUED, State.NEEDS_ANSWER])
def test_an_import_that_waits_is_cancelled_at_once(cursor, make_import, state):
    assert states.request_cancel(cursor, str(make_import(state=state).pk)) == State.CANCELLED


def test_a_running_import_is_asked_to_stop(cursor, make_import):
    import_ = running(make_import)
    assert states.request_cancel(cursor, str(import_.pk)) == State.RUNNING
    import_.refresh_from_db()
    assert import_.cancel_requested


@pytest.mark.parametrize("state", [State.DONE, State.FAILED, State.CANCELLED])
def test_an_import_that_has_ended_cannot_be_cancelled(cursor, make_import, state):
    assert states.request_cancel(cursor, str(make_import(state=state).pk)) is None


def test_a_queued_import_is_woken_for_again_only_after_a_while(cursor, make_import):
    import_ = make_import(attempt=2)
    assert states.waking(cursor, 4) == [(str(import_.pk), 2)]
    assert states.waking(cursor, 4) == []
