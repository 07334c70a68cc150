"""Cancel from another process, through the database alone."""

import time

import pytest

from tests.processes.site import Site, until

pytestmark = pytest.mark.processes


def test_a_running_import_is_cancelled_within_3_seconds_and_leaves_no_trace(site: Site):
    import_id = site.upload_pausing_at("refresh", seconds=1.5)
    began = time.monotonic()
    assert site.ask("cancel", import_id)
    until(lambda: site.state(import_id)["state"] == "cancelled", 10, "the cancel")
    assert time.monotonic() - began < 3
    facts = site.ask("facts", import_id)
    assert facts["results"] == facts["meets"] == facts["case_rows"] == 0
