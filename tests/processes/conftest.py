from collections.abc import Iterator

import pytest

from tests.processes.site import Site


@pytest.fixture(scope="session")
def _site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    # Embedded servers may run as an account of their own, which must be able to go through these folders.
    for path in (folder, folder.parent, folder.parent.parent):
        path.chmod(0o711)
    site = Site(folder)
    try:
        site.start()
        yield site
    finally:
        site.stop()


@pytest.fixture
def site(_site: Site) -> Site:
    """Running, whatever the test before has done to it."""
    assert _site.running.poll() is None, _site.log.read_text()[-4000:]
    return _site
