"""The monitor of a running import: its lease, its progress, and the way to stop it, on a connection of its own."""

import logging
import resource
import threading
import time
from pathlib import Path
from typing import Any, Protocol

import psycopg
from django.conf import settings

from meets.jobs import states
from meets.jobs.connection import open_beside
from meets.jobs.pause import pause
from meets.pipeline.errors import Cancelled, LeaseLost

log = logging.getLogger(__name__)

BEAT_SECONDS = 1.0
# How often a statement is cancelled again until the main thread has noticed.
CANCEL_AGAIN_SECONDS = 0.2
# Nothing is done between the last statement and the commit.
UNTIL_COMMIT_SECONDS = 10


class Book(Protocol):
    """Where the run is written down: meets.jobs.states or meets.jobs.rebuild_states."""

    def renew(self, cur: Any, key: str, attempt: int, progress: dict[str, Any], seconds: int, /) -> bool | None: ...
    def finish(self, cur: Any, key: str, attempt: int, result: dict[str, Any], /) -> bool: ...
    def holds(self, cur: Any, key: str, attempt: int, /) -> bool: ...


class Lease:
    """Implements meets.pipeline.job.Monitor. Use as a context manager around the pipeline."""

    def __init__(
        self, main: "psycopg.Connection[Any]", import_id: str, attempt: int, book: Book = states, stage: str = "receive"
    ) -> None:
        self._book = book
        self._main = main
        self._import_id = import_id
        self._attempt = attempt
        self._seconds: int = settings.IMPORTADMIN_LEASE_SECONDS
        self._reason: type[Cancelled] | type[LeaseLost] | None = None
        self._stopping = threading.Event()
        self._nudge = threading.Event()
        # Held while a cancel is sent, so that none can go out after `stop` and hit the commit.
        self._sending = threading.Lock()
        self._thread = threading.Thread(target=self._beat, name="lease", daemon=True)
        self._stages: list[dict[str, Any]] = []
        self._stage = stage
        self._stage_began = time.monotonic()
        self._rows = 0
        self._total = 0
        self._waiting_for = ""

    def __enter__(self) -> "Lease":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    # What the pipeline calls

    def stage(self, name: str, total: int = 0) -> None:
        self.check()
        if name != self._stage:
            self._end_stage()
            # The pipeline goes back when it has to repeat its transaction.
            self._stages = [stage for stage in self._stages if stage["name"] != name]
        self._stage, self._rows, self._total, self._waiting_for = name, 0, total, ""
        pause(name, self._attempt)
        self.check()

    def advance(self, rows: int) -> None:
        self._rows += rows
        self.check()

    def waiting(self, text: str) -> None:
        self._waiting_for = text
        if text:
            # Whoever looks at the page must not wonder for a second why nothing moves.
            self._nudge.set()
        self.check()

    def check(self) -> None:
        if self._reason:
            raise self._reason

    def fence(self, conn: "psycopg.Connection[Any]", result: dict[str, Any]) -> None:
        self.stop()
        self.check()
        self._end_stage()
        result = {**result, "stages": result.get("stages") or self._stages, "peak_rss_mb": peak_rss_mb()}
        with conn.cursor() as cur:
            # From here on the row is locked, so nobody can take the import over, should we be stopped before the
            # commit: then the server itself ends our session.
            cur.execute(f"SET LOCAL idle_in_transaction_session_timeout = '{UNTIL_COMMIT_SECONDS}s'")
            if not self._book.finish(cur, self._import_id, self._attempt, result):
                raise Cancelled if self._book.holds(cur, self._import_id, self._attempt) else LeaseLost
        pause("fence", self._attempt)

    # What the wrapper calls

    def stop(self) -> None:
        """No more beats and no more cancels: the main thread goes on alone, within what is left of the lease."""
        with self._sending:
            self._stopping.set()
        self._nudge.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(timeout=5)

    @property
    def reason(self) -> type[Cancelled] | type[LeaseLost] | None:
        """Why the running statement was cancelled, if it was us."""
        return self._reason

    @property
    def reached(self) -> str:
        """The stage that it was in last."""
        return self._stage

    # The thread

    def _beat(self) -> None:
        conn: psycopg.Connection[Any] | None = None
        while not self._stopping.is_set():
            try:
                if conn is None or conn.closed:
                    conn = open_beside(self._import_id)
                self._renew(conn)
            except psycopg.Error as error:
                # Restarting, or gone: the main connection tells its thread. Here it is enough to try again.
                log.warning("The lease of import %s could not be renewed: %s", self._import_id, error)
                _close(conn)
                conn = None
            if self._reason:
                self._interrupt()
                break
            self._nudge.wait(BEAT_SECONDS)
            self._nudge.clear()
        _close(conn)

    def _renew(self, conn: "psycopg.Connection[Any]") -> None:
        progress = {
            "stage": self._stage,
            "rows": self._rows,
            "total": self._total,
            "waiting_for": self._waiting_for,
            "stages": list(self._stages),
            "peak_rss_mb": peak_rss_mb(),
        }
        with conn.cursor() as cur:
            cancel = self._book.renew(cur, self._import_id, self._attempt, progress, self._seconds)
        if self._stopping.is_set():
            # The fence may have just marked the import done: that is no lost lease.
            return
        if cancel is None:
            self._reason = LeaseLost
        elif cancel:
            self._reason = Cancelled

    def _interrupt(self) -> None:
        """Cancel the main thread's statement, again and again: it may be between two of them."""
        while True:
            with self._sending:
                if self._stopping.is_set():
                    return
                try:
                    self._main.cancel_safe(timeout=2)
                except psycopg.Error as error:
                    log.warning("A statement of import %s could not be cancelled: %s", self._import_id, error)
            if self._stopping.wait(CANCEL_AGAIN_SECONDS):
                return

    def _end_stage(self) -> None:
        now = time.monotonic()
        self._stages.append({"name": self._stage, "seconds": round(now - self._stage_began, 4), "rows": self._rows})
        self._stage_began = now


def _close(conn: "psycopg.Connection[Any] | None") -> None:
    if conn is not None:
        conn.close()


def peak_rss_mb() -> float:
    """The most memory that this process ever held, in MB."""
    try:
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return round(int(line.split()[1]) / 1024, 1)
    except OSError:
        pass
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
