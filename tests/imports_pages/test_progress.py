from datetime import UTC, datetime, timedelta

import pytest

from meets.models import Import, Stage, State
from meets.progress import progress_of

NOW = datetime(2025, 10, 11, 9, 0, tzinfo=UTC)


def running(**changes) -> Import:
    """Ten seconds in: two of them for the stages done, eight for the one that runs."""
    import_ = Import(
        state=State.RUNNING,
        stage=Stage.STAGE,
        stage_rows=4_000,
        stage_total=10_000,
        stages=[
            {"name": "receive", "seconds": 0.5, "rows": 1},
            {"name": "read", "seconds": 1.5, "rows": 10_000},
        ],
        started_at=NOW - timedelta(seconds=10),
    )
    for name, value in changes.items():
        setattr(import_, name, value)
    return import_


def test_every_stage_stands_on_the_line_in_order() -> None:
    assert [stage.name for stage in progress_of(running(), NOW).stages] == Stage.values


def test_stages_before_the_current_one_are_done_and_those_after_are_to_come() -> None:
    statuses = [stage.status for stage in progress_of(running(), NOW).stages]

    assert statuses == ["done", "done", "now", "todo", "todo", "todo", "todo", "todo"]


def test_a_finished_stage_shows_its_own_time_and_rows() -> None:
    read = progress_of(running(), NOW).stages[1]

    assert (read.seconds, read.rows) == (1.5, 10_000)


def test_the_rate_counts_only_the_time_of_the_current_stage() -> None:
    assert progress_of(running(), NOW).rate == pytest.approx(500)


def test_the_time_left_is_what_the_rest_takes_at_this_rate() -> None:
    assert progress_of(running(), NOW).seconds_left == pytest.approx(12)


def test_no_time_left_is_claimed_where_the_total_is_unknown() -> None:
    assert progress_of(running(stage_total=0), NOW).seconds_left is None


def test_the_first_half_second_of_a_stage_gives_no_rate() -> None:
    assert progress_of(running(started_at=NOW - timedelta(seconds=2.2)), NOW).rate is None


def test_more_rows_than_were_announced_leave_no_negative_time() -> None:
    assert progress_of(running(stage_rows=12_000), NOW).seconds_left == 0


def test_a_failed_import_shows_where_it_stopped() -> None:
    failed = running(state=State.FAILED, finished_at=NOW)

    assert progress_of(failed, NOW).current.status == "stopped"


def test_a_failed_import_has_no_rate() -> None:
    assert progress_of(running(state=State.FAILED), NOW).rate is None


def test_an_import_in_the_queue_shows_nothing_of_an_earlier_attempt() -> None:
    queued = running(state=State.QUEUED, stage=Stage.APPLY)

    assert {stage.status for stage in progress_of(queued, NOW).stages} == {"todo"}


def test_a_done_import_keeps_the_time_that_the_worker_measured() -> None:
    done = running(state=State.DONE, seconds=3.25, finished_at=NOW)

    assert progress_of(done, NOW).elapsed == 3.25
