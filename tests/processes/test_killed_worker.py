"""kill -9 at every stage: the import goes on by itself and is done exactly once."""

import pytest

from meets.models import Stage
from tests.processes.site import Site, kill, until

pytestmark = pytest.mark.processes

MOMENTS = [*Stage.values, "fence", "committed"]


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_child_killed_at_any_moment_is_made_up_for(site: Site, moment: str):
    import_id = site.upload_pausing_at(moment)
    kill(site.horse())
    site.assert_done_exactly_once(import_id)


@pytest.mark.parametrize("moment", ["stage", "apply", "fence"])
def test_a_worker_killed_with_its_child_is_made_up_for(site: Site, moment: str):
    import_id = site.upload_pausing_at(moment)
    worker = site.worker()
    kill(worker, site.horse(worker))
    site.assert_done_exactly_once(import_id)
    until(lambda: site.worker() not in (None, worker), 30, "a new worker")


def test_a_child_whose_worker_was_killed_ends_its_import_alone(site: Site):
    import_id = site.upload_pausing_at("apply", seconds=3)
    kill(site.worker())
    site.assert_done_exactly_once(import_id)


def test_what_follows_the_commit_is_not_done_twice(site: Site):
    import_id = site.upload_pausing_at("committed")
    assert site.state(import_id)["state"] == "done"
    kill(site.horse())
    site.assert_done_exactly_once(import_id)
    assert site.state(import_id)["attempt"] == 1
