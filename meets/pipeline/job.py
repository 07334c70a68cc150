"""What goes into the pipeline, what comes out, and whom it tells on the way."""

from dataclasses import dataclass, field
from typing import Any, Protocol

import psycopg


@dataclass(frozen=True, slots=True)
class JobInfo:
    """One attempt at one import. `files` maps kind → {name, storage, size, format}."""

    import_id: str
    attempt: int
    mode: str
    bundle_id: str
    bundle_name: str
    files: dict[str, dict[str, Any]]
    answers: dict[str, str]
    meet_key: str
    meet_id: str | None
    check: dict[str, Any]


@dataclass(slots=True)
class Report:
    """`stages` is [{name, seconds, rows}]; left empty, the monitor's own clock is used."""

    meet_id: str | None
    lines: int
    outcomes: dict[str, int]
    stages: list[dict[str, Any]] = field(default_factory=list)
    report: dict[str, Any] = field(default_factory=dict)


class Monitor(Protocol):
    def stage(self, name: str, total: int = 0) -> None:
        """The stage `name` begins; `total` rows are expected in it (0: unknown)."""

    def advance(self, rows: int) -> None:
        """`rows` more rows of this stage are through."""

    def waiting(self, text: str) -> None:
        """What the import waits for, in words; '' when it goes on."""

    def check(self) -> None:
        """Raise Cancelled or LeaseLost if the import must stop here."""

    def fence(self, conn: "psycopg.Connection[Any]", result: dict[str, Any]) -> None:
        """The last statement before the commit: mark the import done, if it is still ours."""
