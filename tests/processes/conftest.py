from collections.abc import Iterator

import pytest

from tests.folders import own_folder
from tests.processes.site import Site


@pytest.fixture(scope="session")
def _site() -> Iterator[Site]:
    with own_folder() as folder:
        # Embedded servers may run as an account of their own, which must be able to go through this folder.
        folder.chmod(0o711)
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
