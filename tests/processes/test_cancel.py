"""Cancel from another process, through the database alone."""

import time

import pytest

from tests.processes.site import Site, until

pytestmark = pytest.mark.processes


def test_a_statement_in_the_middle_of_apply_is_cancelled_within_3_seconds(site: Site):
    """A lock on `results` keeps apply's one INSERT running for as long as a million rows would."""
    site.ask("hold_results")
    try:
        import_id = site.upload()
        until(lambda: site.ask("waits_for_results"), 30, "apply's INSERT")
        until(lambda: site.state(import_id)["stage"] == "apply", 5, "the stage to be told")
        began = time.monotonic()
        assert site.ask("cancel", import_id)
        until(lambda: site.state(import_id)["state"] == "cancelled", 10, "the cancel")
        assert time.monotonic() - began < 3
        assert not site.ask("waits_for_results")
    finally:
        site.ask("let_results_go")
    facts = site.ask("facts", import_id)
    assert facts["results"] == facts["import_rows"] == facts["meets"] == facts["case_rows"] == 0


def test_a_running_import_is_cancelled_within_3_seconds_and_leaves_no_trace(site: Site):
    import_id = site.upload_pausing_at("refresh", seconds=1.5)
    began = time.monotonic()
    assert site.ask("cancel", import_id)
    until(lambda: site.state(import_id)["state"] == "cancelled", 10, "the cancel")
    assert time.monotonic() - began < 3
    facts = site.ask("facts", import_id)
    assert facts["results"] == facts["meets"] == facts["case_rows"] == 0
