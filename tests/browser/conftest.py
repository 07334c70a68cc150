"""A real browser on the real pages; the import itself runs when the test says so, or in a worker of its own."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from meets.jobs.run import run_import
from meets.models import Import
from tests.conftest import PASSWORD
from tests.upload_pages.conftest import FILES, FOLDER, zip_of


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """For one module at a time: while it is there, an event loop runs in this thread, and Django would forbid
    the database to whatever test comes next."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        # The tests may run as root, under which Chromium has no sandbox.
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def signed_in_page(browser: Browser, url: str, user: User) -> Iterator[Page]:
    """Somebody's page, signed in through the form. Whatever the page's scripts complain of fails the test."""
    context = browser.new_context(base_url=url, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(20_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/sign-in/")
    page.get_by_label("User name").or_(page.locator("[name=username]")).first.fill(user.username)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")
    yield page
    page.wait_for_load_state("networkidle")
    context.close()
    _wait_for_the_server()
    assert errors == []


def _wait_for_the_server() -> None:
    """A request whose page is gone still runs to its end; the tables are emptied only after it."""
    busy = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND state <> 'idle' AND backend_type = 'client backend'"
    )
    for _ in range(100):
        with connection.cursor() as cursor:
            cursor.execute(busy)
            if cursor.fetchone()[0] == 0:
                return
        time.sleep(0.05)


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, alice: User, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """alice's."""
    monkeypatch.setattr("meets.jobs.queue.push", lambda *args: None)
    with signed_in_page(browser, live_server.url, alice) as page:
        yield page


@pytest.fixture
def bobs_page(browser: Browser, live_server: LiveServer, bob: User) -> Iterator[Page]:
    """The reviewer's."""
    with signed_in_page(browser, live_server.url, bob) as page:
        yield page


@pytest.fixture
def picture(tmp_path: Path) -> Callable[..., None]:
    """Take a picture of a page for docs/images. IMPORTADMIN_TEST_PICTURES names the folder that keeps them."""
    folder = Path(os.environ.get("IMPORTADMIN_TEST_PICTURES") or tmp_path)

    def take(page: Page, name: str, *, whole: bool = False) -> None:
        page.screenshot(path=folder / f"{name}.png", full_page=whole)

    return take


@pytest.fixture
def bundle_zip(tmp_path: Path) -> Path:
    path = tmp_path / "bundle.zip"
    path.write_bytes(zip_of(FOLDER).read())
    return path


@pytest.fixture
def bundle_folder(tmp_path: Path) -> Path:
    folder = tmp_path / FOLDER
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def work() -> Callable[[], None]:
    """Do what a worker does: the imports that wait, now."""

    def run() -> None:
        for pk in Import.objects.filter(state="queued").values_list("pk", flat=True):
            run_import(str(pk))

    return run
