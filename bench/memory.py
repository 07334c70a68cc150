"""The memory of a process and its descendants, sampled from outside."""

import threading
import time
from pathlib import Path

EVERY_SECONDS = 0.02


class Peaks:
    """Samples RSS and PSS of a process and its descendants until told to stop."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.rss_sum = self.pss_sum = self.rss_one = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        self._thread.join()

    def mb(self) -> dict[str, float]:
        return {
            "rss_mb": round(self.rss_sum / 1024, 1),
            "pss_mb": round(self.pss_sum / 1024, 1),
            "largest_process_rss_mb": round(self.rss_one / 1024, 1),
        }

    def _watch(self) -> None:
        while not self._ended.is_set():
            sizes = [_sizes(pid) for pid in _family(self.pid)]
            self.rss_sum = max(self.rss_sum, sum(rss for rss, _ in sizes))
            self.pss_sum = max(self.pss_sum, sum(pss for _, pss in sizes))
            self.rss_one = max([self.rss_one, *(rss for rss, _ in sizes)])
            time.sleep(EVERY_SECONDS)


def _family(pid: int) -> list[int]:
    found = [pid]
    for each in found:
        try:
            text = Path(f"/proc/{each}/task/{each}/children").read_text()
        except OSError:
            continue
        found += [int(child) for child in text.split()]
    return found


def _sizes(pid: int) -> tuple[int, int]:
    """(RSS, PSS) in kB; pages that worker and child share count once in PSS and twice in RSS."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0, 0
    values = {line.split(":")[0]: int(line.split()[1]) for line in lines[1:]}
    return values.get("Rss", 0), values.get("Pss", 0)
