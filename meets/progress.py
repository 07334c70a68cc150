"""How far an import is, in the form that its page, the scripts' JSON and the list show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from meets.models import ACTIVE, TERMINAL, Import, Stage, State

# Below this the rate is noise: the first rows of a stage come in one burst.
MIN_SECONDS_FOR_A_RATE = 0.5


@dataclass(frozen=True, slots=True)
class StageLine:
    """One stage on the line: what it is called, how it stands, and its figures once it has any."""

    name: str
    label: str
    status: str  # done, now, stopped or todo
    seconds: float | None = None
    rows: int | None = None
    total: int = 0

    @property
    def percent(self) -> int:
        if self.status == "done":
            return 100
        return min(100, round(100 * (self.rows or 0) / self.total)) if self.total else 0


@dataclass(frozen=True, slots=True)
class Progress:
    stages: tuple[StageLine, ...]
    elapsed: float | None
    rate: float | None
    seconds_left: float | None

    @property
    def current(self) -> StageLine | None:
        return next((stage for stage in self.stages if stage.status in ("now", "stopped")), None)


def progress_of(import_: Import, now: datetime | None = None) -> Progress:
    now = now or timezone.now()
    # Queued once more, it still carries what an earlier attempt reached: none of that counts.
    finished = {} if import_.state == State.QUEUED else {str(entry["name"]): entry for entry in import_.stages}
    current_seconds = _current_stage_seconds(import_, now)
    rate = _rate(import_, current_seconds)
    left = (import_.stage_total - import_.stage_rows) / rate if rate and import_.stage_total else None
    return Progress(
        stages=tuple(_line(import_, stage, finished, current_seconds) for stage in Stage),
        elapsed=_elapsed(import_, now),
        rate=rate,
        seconds_left=max(0.0, left) if left is not None else None,
    )


def progress_json(import_: Import) -> dict[str, Any]:
    """What a script that waits for an import needs; the page shows the same figures."""
    progress = progress_of(import_)
    return {
        "import_id": str(import_.pk),
        "meet_id": str(import_.meet_id) if import_.meet_id else None,
        "mode": import_.mode,
        "state": import_.state,
        "finished": import_.state in TERMINAL,
        "stage": import_.stage,
        "rows": import_.stage_rows,
        "total": import_.stage_total,
        "rate": round(progress.rate, 1) if progress.rate else None,
        "eta": round(progress.seconds_left, 1) if progress.seconds_left is not None else None,
        "waiting_for": import_.waiting_for,
        "lines": import_.lines,
        "outcomes": import_.outcomes,
        "stages": import_.stages,
        "seconds": import_.seconds,
        "peak_rss_mb": import_.peak_rss_mb,
        "failure_kind": import_.failure_kind,
        "failure": import_.failure,
        "questions": import_.questions if import_.state == State.NEEDS_ANSWER else [],
        "report": import_.report,
    }


def _line(
    import_: Import, stage: Stage, finished: dict[str, dict[str, Any]], current_seconds: float | None
) -> StageLine:
    if entry := finished.get(stage.value):
        return StageLine(stage.value, stage.label, "done", entry.get("seconds"), entry.get("rows"))
    if stage.value == import_.stage and import_.state not in (State.DONE, State.QUEUED):
        status = "now" if import_.state in ACTIVE else "stopped"
        return StageLine(
            stage.value,
            stage.label,
            status,
            current_seconds if status == "now" else None,
            import_.stage_rows,
            import_.stage_total,
        )
    return StageLine(stage.value, stage.label, "todo")


def _elapsed(import_: Import, now: datetime) -> float | None:
    if import_.seconds is not None:
        return import_.seconds
    if import_.started_at is None or import_.state == State.QUEUED:
        return None
    return ((import_.finished_at or now) - import_.started_at).total_seconds()


def _current_stage_seconds(import_: Import, now: datetime) -> float | None:
    if import_.state != State.RUNNING or import_.started_at is None:
        return None
    before = _seconds(import_.stages)
    return max(0.0, (now - import_.started_at).total_seconds() - before)


def _seconds(stages: Sequence[dict[str, Any]]) -> float:
    return sum(float(entry.get("seconds") or 0) for entry in stages)


def _rate(import_: Import, seconds: float | None) -> float | None:
    if seconds is None or seconds < MIN_SECONDS_FOR_A_RATE or not import_.stage_rows:
        return None
    return import_.stage_rows / seconds
