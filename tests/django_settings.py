"""The app's settings for tests: servers of the tests' own, never those that DATABASE_URL or `.env` name.

IMPORTADMIN_TEST_DATABASE_URL and IMPORTADMIN_TEST_REDIS_URL run the tests against other servers.
"""

import atexit
import fcntl
import os
import shutil
import tempfile
from pathlib import Path

from dotenv import dotenv_values

BASE = Path(__file__).resolve().parent.parent


def _own_folder() -> Path:
    """The tests' data folder, kept between runs; a run beside another one gets a folder that it removes."""
    data = Path(os.environ.get("IMPORTADMIN_DATA") or BASE / ".data").expanduser().absolute()
    folder = Path(os.environ.get("IMPORTADMIN_TEST_DATA") or data / "test").expanduser().absolute()
    folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    lock = os.open(folder / "tests.lock", os.O_RDWR | os.O_CREAT, 0o600)  # held as long as this process lives
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        folder = Path(tempfile.mkdtemp(prefix="importadmin-test-"))
        folder.chmod(0o711)
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


# Empty rather than removed: what `.env` says must not come back, and empty counts as not set.
_KEPT = ("IMPORTADMIN_DATA", "IMPORTADMIN_NO_SKIPS", "IMPORTADMIN_TEST_")
for _name in {*dotenv_values(BASE / ".env"), *os.environ}:
    if _name.startswith("IMPORTADMIN_") and not _name.startswith(_KEPT):
        os.environ[_name] = ""
os.environ["DATABASE_URL"] = os.environ.get("IMPORTADMIN_TEST_DATABASE_URL", "")
os.environ["REDIS_URL"] = os.environ.get("IMPORTADMIN_TEST_REDIS_URL", "")
os.environ["IMPORTADMIN_SECRET_KEY"] = "a-key-for-tests-only-which-guards-nothing"
os.environ["IMPORTADMIN_DATA"] = str(_own_folder())
# Programs that tests start run the app as it is.
os.environ["DJANGO_SETTINGS_MODULE"] = "importadmin.settings"
os.environ["IMPORTADMIN_FSYNC"] = "0"  # a test's data need not outlive the machine's power

from importadmin.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
