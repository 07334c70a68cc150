"""A worker that is stopped past its lease loses its import, and can't commit when it wakes."""

import signal

import psutil
import pytest

from tests.processes.site import Site, until

pytestmark = pytest.mark.processes


@pytest.mark.parametrize("moment", ["apply", "fence"])
def test_a_stalled_worker_can_not_commit_after_a_takeover(site: Site, moment: str):
    # Long enough for the takeover; a child that is stopped sleeps on by the clock.
    import_id = site.upload_pausing_at(moment, seconds=9)
    worker = site.worker()
    assert worker
    stalled = [worker, site.horse(worker)]
    for process in stalled:
        process.send_signal(signal.SIGSTOP)
    other = site.another_worker()
    try:
        site.assert_done_exactly_once(import_id)
        assert site.state(import_id)["attempt"] == 2
    finally:
        for process in stalled:
            process.send_signal(signal.SIGCONT)
    until(lambda: not stalled[1].is_running() or stalled[1].status() == psutil.STATUS_ZOMBIE, 40, "the stalled child")
    site.assert_done_exactly_once(import_id)
    assert site.state(import_id)["attempt"] == 2
    psutil.Process(other).terminate()


def test_a_stalled_child_is_replaced_by_its_own_worker(site: Site):
    import_id = site.upload_pausing_at("apply")
    horse = site.horse()
    assert horse
    horse.send_signal(signal.SIGSTOP)
    site.assert_done_exactly_once(import_id)
    assert not horse.is_running() or horse.status() == psutil.STATUS_ZOMBIE
