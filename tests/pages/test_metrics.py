"""/metrics in Prometheus' text format."""

import re
from typing import Any

import pytest
from django.test import Client

from meets.models import Bundle, Import
from reconciliation.models import Case

TOKEN = "a-token-for-prometheus"
# https://prometheus.io/docs/instrumenting/exposition_formats/
SAMPLE = re.compile(r'^[a-z_]+(\{[a-z]+="[^"\\\n]*"(,[a-z]+="[^"\\\n]*")*\})? -?[0-9.]+(e[+-]?[0-9]+)?$')


@pytest.fixture(autouse=True)
def _redis_away(settings: Any) -> None:
    settings.RQ_QUEUES = {"imports": {"URL": "redis://127.0.0.1:1/0"}}


@pytest.fixture
def imports(db: None) -> None:
    bundle = Bundle.objects.create(name="Ana's meet", content_hash="0" * 64)
    for number, seconds in enumerate([0.4, 1.5, 700.0]):
        Import.objects.create(
            bundle=bundle, meet_key=f"an:{number}", state="done", seconds=seconds,
            outcomes={"inserted": 10, "held": number}, stages=[{"name": "read", "seconds": 0.2, "rows": 10}],
        )  # fmt: skip
    Import.objects.create(bundle=bundle, meet_key="an:9", state="failed")
    Import.objects.create(bundle=bundle, meet_key="an:10", state="done", mode="preview", outcomes={"inserted": 99})
    Case.objects.create(kind="two_times", fingerprint="f", question="Which?")


def scraped(client: Client) -> dict[str, float]:
    lines = client.get("/metrics").content.decode().splitlines()
    samples = [line.rsplit(" ", 1) for line in lines if not line.startswith("#")]
    return {name: float(value) for name, value in samples}


def test_every_line_is_a_comment_or_a_sample(alice_client: Client, imports: None) -> None:
    lines = alice_client.get("/metrics").content.decode().splitlines()
    assert [line for line in lines if not line.startswith(("# HELP ", "# TYPE ")) and not SAMPLE.match(line)] == []


def test_imports_are_counted_by_mode_and_state(alice_client: Client, imports: None) -> None:
    found = scraped(alice_client)
    assert found['importadmin_imports{mode="import",state="done"}'] == 3
    assert found['importadmin_imports{mode="import",state="failed"}'] == 1


def test_rows_are_counted_by_outcome_and_previews_left_out(alice_client: Client, imports: None) -> None:
    found = scraped(alice_client)
    assert found['importadmin_import_rows_total{outcome="inserted"}'] == 30
    assert found['importadmin_import_rows_total{outcome="held"}'] == 3


def test_durations_are_a_histogram(alice_client: Client, imports: None) -> None:
    found = scraped(alice_client)
    name = "importadmin_import_duration_seconds"
    bounds = [found[f'{name}_bucket{{mode="import",le="{le}"}}'] for le in ("0.5", "2", "600", "1800", "+Inf")]
    assert (bounds, found[f'{name}_sum{{mode="import"}}']) == ([1, 2, 2, 3, 3], pytest.approx(701.9))


def test_stages_tell_their_time(alice_client: Client, imports: None) -> None:
    assert scraped(alice_client)['importadmin_import_stage_seconds_sum{stage="read"}'] == pytest.approx(0.6)


def test_cases_are_counted(alice_client: Client, imports: None) -> None:
    assert scraped(alice_client)['importadmin_cases{kind="two_times",status="open"}'] == 1


def test_a_server_that_is_away_is_a_figure_not_an_error(alice_client: Client) -> None:
    assert scraped(alice_client)['importadmin_part_ok{part="redis"}'] == 0


def test_no_name_is_told(alice_client: Client, imports: None) -> None:
    assert "Ana" not in alice_client.get("/metrics").content.decode()


def test_the_token_opens_it(client: Client, db: None, settings: Any) -> None:
    settings.IMPORTADMIN_METRICS_TOKEN = TOKEN
    assert client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", "Bearer é"])
def test_anything_else_does_not(client: Client, db: None, settings: Any, sent: str) -> None:
    settings.IMPORTADMIN_METRICS_TOKEN = TOKEN
    assert client.get("/metrics", headers={"Authorization": sent}).status_code == 401


@pytest.mark.parametrize("sent", ["Bearer ", "Bearer"])
def test_without_a_token_set_an_empty_one_opens_nothing(client: Client, db: None, sent: str) -> None:
    assert client.get("/metrics", headers={"Authorization": sent}).status_code == 401
