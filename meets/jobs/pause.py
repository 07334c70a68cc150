"""A test's hook to stop an import at a stage, for those who kill processes there.

IMPORTADMIN_PAUSE="resolve:5" waits 5 s when stage `resolve` begins, "@/some/file" looks that up in a file each time, so
that one worker can be stopped at different stages; `<file>.reached` then tells that it waits. `fence` is the moment
between the last statement and the commit, `committed` the one between the commit and what follows it. Only the first
attempt pauses: what takes over runs through. Unset, as always outside those tests, it costs a look at the environment.
"""

import os
import time
from pathlib import Path


def pause(name: str, attempt: int) -> None:
    wanted = os.environ.get("IMPORTADMIN_PAUSE", "")
    if not wanted or attempt != 1:
        return
    file = Path(wanted[1:]) if wanted.startswith("@") else None
    if file:
        wanted = file.read_text() if file.exists() else ""
    stage, _, seconds = wanted.partition(":")
    if name == stage:
        if file:
            file.with_suffix(".reached").write_text(name)
        time.sleep(float(seconds or 5))
