"""A test's hook to stop an import at a stage: IMPORTADMIN_PAUSE="resolve:5" waits 5 s when stage `resolve` begins.

`resolve+apply:5` waits at both. `fence:5` waits between the last statement and the commit, `committed:5` between the
commit and what follows it. Only the first attempt pauses, so that what takes over runs through. Unset, as it always is
outside the process tests, it costs one look at the environment.
"""

import os
import time


def pause(name: str, attempt: int) -> None:
    wanted = os.environ.get("IMPORTADMIN_PAUSE", "")
    if not wanted or attempt != 1:
        return
    names, _, seconds = wanted.partition(":")
    if name in names.split("+"):
        time.sleep(float(seconds or 5))
