"""PostgreSQL restarted under a running import: it goes on by itself, and nothing is doubled."""

import pytest

from tests.processes.site import Site, kill

pytestmark = pytest.mark.processes


@pytest.mark.parametrize("moment", ["stage", "apply", "fence", "committed"])
def test_postgres_killed_at_any_moment_is_made_up_for(site: Site, moment: str):
    import_id = site.upload_pausing_at(moment, seconds=3)
    site.kill_postgres()
    site.assert_done_exactly_once(import_id)


def test_postgres_restarted_immediately_is_made_up_for(site: Site):
    import_id = site.upload_pausing_at("reconcile", seconds=3)
    site.restart_postgres_immediately()
    site.assert_done_exactly_once(import_id)


def test_postgres_and_the_worker_killed_together_are_made_up_for(site: Site):
    import_id = site.upload_pausing_at("apply")
    worker = site.worker()
    horse = site.horse(worker)
    site.kill_postgres()
    kill(worker, horse)
    site.assert_done_exactly_once(import_id)
