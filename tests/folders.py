"""Folders for servers of a test's own."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def own_folder() -> Iterator[Path]:
    """Not pytest's tmp_path: every pytest that starts closes the folder above it to all but its owner, and servers run
    as another account when the tests run as root."""
    folder = Path(tempfile.mkdtemp(prefix="importadmin-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
