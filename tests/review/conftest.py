"""Nobody listens in Redis here: the tests run the job themselves."""

import pytest


@pytest.fixture(autouse=True)
def _nobody_is_woken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meets.jobs.queue.push", lambda *args: None)
