"""Is there a Chromium that browser tests can drive?"""

import os
import shutil
from functools import cache
from pathlib import Path

HOW_TO_GET_IT = (
    "no Chromium was found. Get one with `apt-get install chromium` or `.venv/bin/playwright install chromium`, "
    "or name one in CHROMIUM."
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


@cache
def find_chromium() -> str | None:
    if named := os.environ.get("CHROMIUM"):
        return named if Path(named).is_file() else None
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None
