from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from meets.models import Bundle, Import, Result
from tests.upload_pages.conftest import FILES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FILE_PICKER = "input[type=file]:not([webkitdirectory])"
FOLDER_PICKER = "input[webkitdirectory]"


def upload(page: Page, picker: str, *paths: Path) -> None:
    page.goto("/imports/upload/")
    page.set_input_files(picker, [str(path) for path in paths])
    page.get_by_role("button", name="Upload and check").click()


def drop(page: Page, path: Path) -> None:
    """As a person drops a file or a folder: through the browser's own drag and drop, not through a made-up event."""
    page.goto("/imports/upload/")
    box = page.locator("[data-drop]").bounding_box()
    assert box is not None
    where = {"x": box["x"] + box["width"] / 2, "y": box["y"] + 40}
    data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
    session = page.context.new_cdp_session(page)
    for step in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": step, **where, "data": data})


def test_a_zip_is_uploaded_checked_and_imported(page: Page, bundle_zip: Path, work: Callable[[], None]) -> None:
    upload(page, FILE_PICKER, bundle_zip)
    expect(page.get_by_role("heading", name="Harbour Invitational")).to_be_visible()
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_text("Waiting for a worker.")).to_be_visible()

    work()

    expect(page.get_by_text("All 3 lines are accounted for")).to_be_visible()


def test_the_ledger_leads_to_the_rows(page: Page, bundle_zip: Path, work: Callable[[], None]) -> None:
    upload(page, FILE_PICKER, bundle_zip)
    page.get_by_role("button", name="Import").click()
    work()

    page.get_by_role("row", name="Added").get_by_role("link").click()

    expect(page.get_by_role("cell", name="15:32.40")).to_be_visible()


def test_a_dropped_folder_leads_to_its_check(page: Page, bundle_folder: Path) -> None:
    drop(page, bundle_folder)

    expect(page.get_by_role("heading", name="Harbour Invitational")).to_be_visible()


def test_a_dropped_folder_keeps_its_name(page: Page, bundle_folder: Path) -> None:
    drop(page, bundle_folder)
    expect(page.get_by_role("heading", name="What was understood")).to_be_visible()

    assert Bundle.objects.get().name == bundle_folder.name


def test_a_dropped_zip_leads_to_its_check(page: Page, bundle_zip: Path) -> None:
    drop(page, bundle_zip)

    expect(page.get_by_role("heading", name="Harbour Invitational")).to_be_visible()


def test_a_picked_folder_leads_to_its_check(page: Page, bundle_folder: Path) -> None:
    upload(page, FOLDER_PICKER, bundle_folder)

    expect(page.get_by_role("heading", name="Harbour Invitational")).to_be_visible()


def test_loose_files_lead_to_their_check(page: Page, bundle_folder: Path) -> None:
    upload(page, FILE_PICKER, *(bundle_folder / name for name in FILES))

    expect(page.get_by_role("heading", name="Harbour Invitational")).to_be_visible()


def test_a_preview_writes_nothing(page: Page, bundle_zip: Path, work: Callable[[], None]) -> None:
    upload(page, FILE_PICKER, bundle_zip)
    page.get_by_role("button", name="Preview").click()
    work()
    expect(page.get_by_text("A preview: nothing was written.", exact=True)).to_be_visible()

    assert not Result.objects.exists()


def test_a_preview_can_be_imported_from_its_page(page: Page, bundle_zip: Path, work: Callable[[], None]) -> None:
    upload(page, FILE_PICKER, bundle_zip)
    page.get_by_role("button", name="Preview").click()
    work()

    page.get_by_role("button", name="Import", exact=True).click()
    page.wait_for_url("**/imports/*/")
    expect(page.get_by_text("Waiting for a worker.")).to_be_visible()
    work()

    expect(page.get_by_text("New results, now on the site.")).to_be_visible()


def test_a_bundle_that_is_none_is_refused_on_the_page(page: Page, tmp_path: Path) -> None:
    picture = tmp_path / "results.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")

    upload(page, FILE_PICKER, picture)

    expect(page.get_by_role("alert")).to_contain_text("results.csv is no CSV file")


def test_after_a_refusal_a_good_bundle_is_taken(page: Page, tmp_path: Path, bundle_zip: Path) -> None:
    empty = tmp_path / "schools.csv"
    empty.write_text("athletic_net_id,name\n", encoding="utf-8")
    upload(page, FILE_PICKER, empty)
    expect(page.get_by_role("alert")).to_be_visible()

    page.set_input_files(FILE_PICKER, str(bundle_zip))
    page.get_by_role("button", name="Upload and check").click()

    expect(page.get_by_role("heading", name="Harbour Invitational")).to_be_visible()


def test_nothing_chosen_is_said_at_once(page: Page) -> None:
    page.goto("/imports/upload/")
    page.get_by_role("button", name="Upload and check").click()

    expect(page.get_by_role("alert")).to_contain_text("There is no file to upload yet")


def test_an_unknown_column_is_assigned_and_the_import_offered(page: Page, bundle_folder: Path) -> None:
    results = bundle_folder / "results.csv"
    results.write_text(FILES["results.csv"].replace("time_cs", "finish clock"), encoding="utf-8")
    upload(page, FOLDER_PICKER, bundle_folder)

    page.get_by_label("What finish clock is").select_option("time_cs")
    page.get_by_role("button", name="Save and check again").click()

    expect(page.get_by_role("button", name="Import")).to_be_visible()


def test_a_waiting_import_is_cancelled(page: Page, bundle_zip: Path) -> None:
    upload(page, FILE_PICKER, bundle_zip)
    page.get_by_role("button", name="Import").click()

    page.get_by_role("button", name="Cancel").click()

    expect(page.get_by_text("Nothing of this import was written")).to_be_visible()


def test_a_running_import_shows_that_it_is_being_stopped(page: Page, bundle_zip: Path) -> None:
    upload(page, FILE_PICKER, bundle_zip)
    page.get_by_role("button", name="Import").click()
    page.wait_for_url("**/imports/*/")
    Import.objects.update(state="running")
    page.get_by_role("button", name="Cancel").click()

    expect(page.get_by_text("Stopping. Nothing of this import will remain")).to_be_visible()


def test_the_page_follows_a_running_import(page: Page, bundle_zip: Path) -> None:
    upload(page, FILE_PICKER, bundle_zip)
    page.get_by_role("button", name="Import").click()
    page.wait_for_url("**/imports/*/")

    Import.objects.update(state="running", stage="apply", stage_rows=2, stage_total=3)

    expect(page.get_by_text("2 of 3 rows")).to_be_visible()
