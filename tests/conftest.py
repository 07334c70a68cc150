"""What every test may use: the cast, their browsers, and servers that are gone when the tests are."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client

from importadmin.servers import Servers
from tests.chromium import HOW_TO_GET_IT, find_chromium

PASSWORD = "correct horse battery staple"
# alice uploads, bob reviews, charlie has no role, dana administers
CAST = {"alice": "staff", "bob": "reviewer", "charlie": None, "dana": "admin"}


@pytest.fixture(scope="session", autouse=True)
def _servers() -> Iterator[None]:
    yield
    Servers(settings.IMPORTADMIN_ENV).stop()


@pytest.fixture(autouse=True)
def _uploads_of_their_own(tmp_path_factory: pytest.TempPathFactory, settings: "pytest.FixtureRequest") -> None:
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("uploads")  # type: ignore[attr-defined]


@pytest.fixture
def make_user(db: None) -> Callable[[str], User]:
    def make(name: str) -> User:
        user = User.objects.create_user(name, password=PASSWORD)
        if role := CAST[name]:
            # A test that empties the tables has emptied this one too, so the group may have to be made.
            user.groups.add(Group.objects.get_or_create(name=role)[0])
        return user

    return make


@pytest.fixture
def alice(make_user: Callable[[str], User]) -> User:
    return make_user("alice")


@pytest.fixture
def bob(make_user: Callable[[str], User]) -> User:
    return make_user("bob")


@pytest.fixture
def charlie(make_user: Callable[[str], User]) -> User:
    return make_user("charlie")


@pytest.fixture
def dana(make_user: Callable[[str], User]) -> User:
    return make_user("dana")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def alice_client(alice: User) -> Client:
    return signed_in(alice)


@pytest.fixture
def bob_client(bob: User) -> Client:
    return signed_in(bob)


@pytest.fixture
def charlie_client(charlie: User) -> Client:
    return signed_in(charlie)


@pytest.fixture
def dana_client(dana: User) -> Client:
    return signed_in(dana)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium, for tests marked `browser`; they are skipped where there is none."""
    path = find_chromium()
    assert path, HOW_TO_GET_IT
    return path


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    browser_tests = [item for item in items if item.get_closest_marker("browser")]
    if browser_tests and find_chromium() is None:
        config.stash[NO_BROWSER] = len(browser_tests)
        for item in browser_tests:
            item.add_marker(pytest.mark.skip(reason=HOW_TO_GET_IT))


NO_BROWSER = pytest.StashKey[int]()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where nothing may be skipped (.ci/run), a skipped test fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = len(reporter.stats.get("skipped", [])) if reporter else 0
    if os.environ.get("IMPORTADMIN_NO_SKIPS") and skipped and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if count := config.stash.get(NO_BROWSER, 0):
        terminalreporter.write_line(f"{count} browser tests did not run: {HOW_TO_GET_IT}", yellow=True)
    if os.environ.get("IMPORTADMIN_NO_SKIPS") and (skipped := terminalreporter.stats.get("skipped")):
        for report in skipped:
            terminalreporter.write_line(f"skipped: {report.nodeid}")
        terminalreporter.write_line("A skipped test fails this run, because IMPORTADMIN_NO_SKIPS is set.", red=True)
