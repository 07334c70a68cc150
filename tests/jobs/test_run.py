"""The life of an import, with pipelines that stop where the test wants them to."""

import threading
import time
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.db import connection

from importadmin.database import connect
from meets.bundles.problems import Problem
from meets.jobs import states
from meets.jobs.run import run_import
from meets.models import FailureKind, Import, ImportProblem, Mode, State, Venue
from meets.pipeline.errors import BadBundle, LeaseLost, NeedsAnswer
from tests.jobs.conftest import report, writes_a_venue

MISSING = Problem(code="missing_column", file="results.csv", message="results.csv has no column time_cs.", line=1)


def ended(import_: Import) -> Import:
    import_.refresh_from_db()
    assert import_.lease_until is None
    return import_


def raises(error: Exception) -> Callable[..., Any]:
    def pipeline(conn, job, monitor):
        conn.execute("INSERT INTO public.venues (name) VALUES ('half done')")
        raise error

    return pipeline


def in_background(import_: Import, pipeline: Callable[..., Any]) -> threading.Thread:
    thread = threading.Thread(target=run_import, args=(str(import_.pk), pipeline))
    thread.start()
    return thread


def until(condition: Callable[[], Any], seconds: float = 10) -> Any:
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.02)
    return found


def test_an_import_that_ends_well_is_done_with_its_work_committed(make_import):
    import_ = make_import()
    run_import(str(import_.pk), writes_a_venue)
    ended(import_)
    assert (import_.state, import_.lines, import_.outcomes) == (State.DONE, 3, {"inserted": 3})
    assert [stage["name"] for stage in import_.stages] == ["receive", "apply"]
    assert import_.peak_rss_mb > 10
    assert Venue.objects.count() == 1


def test_a_preview_keeps_its_report_and_writes_nothing(make_import):
    import_ = make_import(mode=Mode.PREVIEW)
    run_import(str(import_.pk), writes_a_venue)
    ended(import_)
    assert (import_.state, import_.report) == (State.DONE, {"created": {"venues": 1}})
    assert import_.meet_id is None
    assert not Venue.objects.exists()


def test_an_import_that_is_not_queued_is_not_run(make_import):
    import_ = make_import(state=State.CANCELLED)
    run_import(str(import_.pk), writes_a_venue)
    ended(import_)
    assert import_.state == State.CANCELLED
    assert not Venue.objects.exists()


def test_a_bad_file_fails_with_its_problems(make_import):
    import_ = make_import()
    run_import(str(import_.pk), raises(BadBundle([MISSING])))
    ended(import_)
    assert (import_.state, import_.failure_kind) == (State.FAILED, FailureKind.BAD_FILE)
    assert import_.failure == MISSING.message
    problem = ImportProblem.objects.get(import_id=import_.pk)
    assert (problem.code, problem.file, problem.line) == ("missing_column", "results.csv", 1)


def test_a_crash_reads_differently_from_a_bad_file(make_import):
    import_ = make_import()
    run_import(str(import_.pk), raises(ZeroDivisionError("division by zero")))
    ended(import_)
    assert (import_.state, import_.failure_kind) == (State.FAILED, FailureKind.CRASH)
    assert import_.failure == "ZeroDivisionError: division by zero"


def test_a_failed_import_leaves_nothing_behind(make_import):
    run_import(str(make_import().pk), raises(ZeroDivisionError()))
    assert not Venue.objects.exists()


def test_an_end_that_cannot_be_stored_is_still_an_end(make_import):
    import_ = make_import()
    run_import(str(import_.pk), raises(NeedsAnswer([{"key": "a", "text": "with a \0"}])))
    assert ended(import_).failure_kind == FailureKind.CRASH


def test_questions_are_kept_and_free_the_meet(make_import):
    import_ = make_import()
    question = {"key": "meet", "text": "Which meet?", "options": []}
    run_import(str(import_.pk), raises(NeedsAnswer([question])))
    ended(import_)
    assert (import_.state, import_.questions) == (State.NEEDS_ANSWER, [question])
    make_import(meet_key=import_.meet_key)


def test_a_lost_lease_touches_nothing(make_import):
    import_ = make_import()
    run_import(str(import_.pk), raises(LeaseLost()))
    import_.refresh_from_db()
    assert import_.state == State.RUNNING
    assert not Venue.objects.exists()


def test_another_worker_that_took_over_fences_the_commit(make_import):
    import_ = make_import()

    def pipeline(conn, job, monitor):
        monitor.stop()  # as if stalled
        Import.objects.filter(pk=import_.pk).update(attempt=2, worker="other")
        connection.close()
        return writes_a_venue(conn, job, monitor)

    run_import(str(import_.pk), pipeline)
    import_.refresh_from_db()
    assert (import_.state, import_.worker) == (State.RUNNING, "other")
    assert not Venue.objects.exists()


def test_a_lease_that_is_lost_ends_the_running_statement(make_import):
    import_ = make_import()

    def pipeline(conn, job, monitor):
        Import.objects.filter(pk=import_.pk).update(attempt=2, worker="other")
        connection.close()
        conn.execute("SELECT pg_sleep(30)")
        return report()

    began = time.monotonic()
    run_import(str(import_.pk), pipeline)
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    "work",
    [
        lambda conn, monitor: conn.execute("SELECT pg_sleep(30)"),
        lambda conn, monitor: [monitor.check() or threading.Event().wait(0.01) for _ in range(3000)],
        lambda conn, monitor: [conn.execute("SELECT pg_sleep(0.01)") for _ in range(3000)],
        lambda conn, monitor: conn.execute("SELECT pg_advisory_xact_lock(4711)"),
    ],
    ids=["in a statement", "in Python", "in many small statements", "waiting for a lock"],
)
def test_cancel_stops_within_3_seconds(make_import, work):
    import_ = make_import()

    def pipeline(conn, job, monitor):
        monitor.stage("apply")
        conn.execute("INSERT INTO public.venues (name) VALUES ('half done')")
        work(conn, monitor)
        return report()

    with connect() as holder:
        holder.execute("SELECT pg_advisory_xact_lock(4711)")
        thread = in_background(import_, pipeline)
        until(lambda: Import.objects.get(pk=import_.pk).state == State.RUNNING)
        time.sleep(0.3)
        with connection.cursor() as cursor:
            states.request_cancel(cursor, str(import_.pk))
        began = time.monotonic()
        until(lambda: Import.objects.get(pk=import_.pk).state == State.CANCELLED)
        assert time.monotonic() - began < 3
        thread.join()
    assert not Venue.objects.exists()


def test_cancel_between_the_last_beat_and_the_commit_still_cancels(make_import):
    import_ = make_import()

    def pipeline(conn, job, monitor):
        with connect() as other:
            states.request_cancel(other.cursor(), str(import_.pk))
        return writes_a_venue(conn, job, monitor)

    run_import(str(import_.pk), pipeline)
    assert ended(import_).state == State.CANCELLED
    assert not Venue.objects.exists()


def test_progress_shows_while_it_runs(make_import):
    import_ = make_import()
    go_on = threading.Event()

    def pipeline(conn, job, monitor):
        monitor.stage("read", 100)
        monitor.advance(40)
        monitor.waiting("another import")
        go_on.wait(10)
        return writes_a_venue(conn, job, monitor)

    thread = in_background(import_, pipeline)
    try:
        shown = until(lambda: Import.objects.filter(pk=import_.pk, stage_rows=40, stage_total=100).first())
        until(lambda: Import.objects.get(pk=import_.pk).waiting_for == "another import")
    finally:
        go_on.set()
        thread.join()
    assert shown.stage == "read"
    assert [stage["name"] for stage in shown.stages] == ["receive"]


def ends_its_own_connection(conn: Any, job: Any, monitor: Any) -> Any:
    with connect(autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [conn.info.backend_pid])
    conn.execute("SELECT 1")


def test_a_connection_that_broke_queues_the_import_again(make_import, woken):
    import_ = make_import()
    run_import(str(import_.pk), ends_its_own_connection)
    ended(import_)
    assert (import_.state, import_.attempt, import_.attempts_left) == (State.QUEUED, 1, 4)
    assert woken == [(str(import_.pk), 1)]


def test_a_connection_that_breaks_every_time_fails_in_the_end(make_import):
    import_ = make_import(attempts_left=1)
    run_import(str(import_.pk), ends_its_own_connection)
    ended(import_)
    assert (import_.state, import_.failure_kind) == (State.FAILED, FailureKind.CRASH)
    assert "terminating connection" in import_.failure


def test_a_commit_whose_answer_was_lost_counts_as_done(make_import):
    import_ = make_import()

    def pipeline(conn, job, monitor):
        writes_a_venue(conn, job, monitor)
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    run_import(str(import_.pk), pipeline)
    assert ended(import_).state == State.DONE
    assert Venue.objects.count() == 1


def test_the_lease_survives_the_loss_of_its_own_connection(make_import):
    import_ = make_import()

    def pipeline(conn, job, monitor):
        until(lambda: Import.objects.get(pk=import_.pk).stage == "receive")
        with connect(autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE %s",
                [f"%{import_.pk} lease"],
            )
        monitor.advance(7)
        until(lambda: Import.objects.get(pk=import_.pk).stage_rows == 7)
        return writes_a_venue(conn, job, monitor)

    run_import(str(import_.pk), pipeline)
    assert ended(import_).state == State.DONE


def test_the_main_connection_is_guarded(make_import):
    found: dict[str, str] = {}

    def pipeline(conn, job, monitor):
        for name in ("jit", "client_connection_check_interval", "idle_in_transaction_session_timeout"):
            found[name] = conn.execute("SELECT current_setting(%s)", [name]).fetchone()[0]
        conn.rollback()
        return writes_a_venue(conn, job, monitor)

    run_import(str(make_import().pk), pipeline)
    assert found == {
        "jit": "off",
        "client_connection_check_interval": "2s",
        "idle_in_transaction_session_timeout": "5min",
    }
