"""Redis only wakes: flushed, stopped or gone, it can't lose an import."""

import signal
import time

import pytest

from tests.processes.site import Site, kill, until

pytestmark = pytest.mark.processes


def test_an_import_runs_on_while_redis_is_flushed(site: Site):
    import_id = site.upload_pausing_at("apply", seconds=2)
    site.redis().flushall()
    site.assert_done_exactly_once(import_id)
    assert site.state(import_id)["attempt"] == 1


def test_a_queued_import_is_found_after_a_flush(site: Site):
    busy = site.upload_pausing_at("apply", seconds=3)
    waiting = site.upload()
    site.redis().flushall()
    site.assert_done_exactly_once(busy)
    site.assert_done_exactly_once(waiting)


def test_the_worker_is_known_again_after_a_flush(site: Site):
    site.redis().flushall()
    until(lambda: site.redis().scard("rq:workers"), 20, "the worker to register again")


def test_an_upload_while_redis_hangs_runs_when_it_answers_again(site: Site):
    valkey = site.valkey()
    valkey.send_signal(signal.SIGSTOP)
    try:
        import_id = site.upload()
        assert site.state(import_id)["state"] == "queued"
    finally:
        valkey.send_signal(signal.SIGCONT)
    site.assert_done_exactly_once(import_id)


def test_an_upload_while_redis_is_down_runs_when_it_is_back(site: Site):
    site.running.send_signal(signal.SIGSTOP)  # or it would be started again at once
    try:
        kill(site.valkey())
        import_id = site.upload()
        time.sleep(3)  # the worker notices
    finally:
        site.running.send_signal(signal.SIGCONT)
    site.assert_done_exactly_once(import_id)


def test_redis_killed_while_an_import_runs_does_not_disturb_it(site: Site):
    import_id = site.upload_pausing_at("apply", seconds=4)
    kill(site.valkey())
    site.assert_done_exactly_once(import_id)
    assert site.state(import_id)["attempt"] == 1
    site.assert_done_exactly_once(site.upload())
