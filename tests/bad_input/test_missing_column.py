"""A column that nothing can do without is not there."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from meets.models import HeaderMapping, Import
from tests.inline import ADA, BO, HEADER, Expected, bundle_of, command, import_bundle, results, snapshot, upload, write

pytestmark = pytest.mark.django_db(transaction=True)


WITHOUT_TIME = bundle_of(results=results(ADA.replace("93240,", ""), header=HEADER.replace("time_cs,", "")))
MISSING = Expected("column.missing", line=1, column="time_cs")


def test_the_check_page_says_which(alice_client: Client):
    bundle = upload(alice_client, WITHOUT_TIME)
    MISSING.on_page(alice_client.get(reverse("bundle-check", args=[bundle.pk])).content.decode())


@pytest.mark.parametrize("mode", ["import", "preview"])
def test_no_import_starts_whatever_the_browser_sends(alice_client: Client, mode: str):
    bundle, before = upload(alice_client, WITHOUT_TIME), snapshot()
    page = alice_client.post(reverse("bundle-import", args=[bundle.pk]), {"mode": mode}, follow=True)
    assert "can&#x27;t be imported as it is" in page.content.decode()
    assert not Import.objects.exists()
    assert snapshot() == before


def test_the_command_ends_with_1_and_the_problem(db: None, tmp_path: Path):
    printed, code = command(write(tmp_path, WITHOUT_TIME))
    assert (code, printed["state"]) == (1, "refused")
    MISSING.among(printed["problems"])


def test_a_column_assigned_since_the_check_counts(alice_client: Client):
    bundle = upload(alice_client, bundle_of(results=results(ADA, BO, header=HEADER.replace("time_cs", "Zeit"))))
    HeaderMapping.objects.create(file_kind="results", header="Zeit", field="time_cs")
    assert import_bundle(alice_client, bundle).outcomes["inserted"] == 2


def test_a_quotation_mark_that_never_closes_is_refused(alice_client: Client, tmp_path: Path):
    files = bundle_of(results=results(ADA, BO.replace("Bo Hansen", '"Bo Hansen')))
    bundle = upload(alice_client, files)
    Expected("quote.unclosed", line=3).on_page(
        alice_client.get(reverse("bundle-check", args=[bundle.pk])).content.decode()
    )
    printed, code = command(write(tmp_path, files))
    assert code == 1
    assert [(one["code"], one["line"]) for one in printed["problems"]] == [("quote.unclosed", 3)]
    assert not Import.objects.exists()
