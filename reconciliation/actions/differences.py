"""The comparison's rows: add what is missing, say what an extra result is. Each becomes a case with its decision."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from reconciliation.actions.preview import Preview, ResultLine
from reconciliation.models import Decision


@dataclass(slots=True)
class MissingPreview:
    """Missing lines (not held ones) of the meet's latest import, by what can be done about each.

    existing: [(line, athlete_id, ResultLine)] where the link is sure. creates: [(line, ResultLine)] where surely
    nobody is there. doubtful: [(line, why)]: neither is sure, a person decides each.
    """

    meet_id: UUID
    import_id: UUID | None
    existing: list[tuple[int, ResultLine]] = field(default_factory=list)
    creates: list[tuple[int, ResultLine]] = field(default_factory=list)
    doubtful: list[tuple[int, str]] = field(default_factory=list)


def preview_missing(*, meet_id: UUID, lines: Sequence[int] | None = None) -> MissingPreview:
    raise NotImplementedError


def add_missing(
    *, meet_id: UUID, user: Any, lines: Sequence[int] | None = None, which: str = "existing", reason: str = ""
) -> list[Decision]:
    """which: 'existing' (add to existing athletes where the link is sure), 'create' (create and add) or 'all'."""
    raise NotImplementedError


def ask_about(*, meet_id: UUID, user: Any) -> int:
    """Put the meet's missing lines and extra results into the queue as cases; returns how many are new."""
    raise NotImplementedError


def answer_extra(*, result_id: UUID, answer: str, user: Any, reason: str = "", line: int | None = None) -> Decision:
    """answer: 'spelling' (the result of `line`, under another spelling), 'remove' (admin), 'leave'."""
    raise NotImplementedError


def preview_extra(*, result_id: UUID, answer: str, user: Any, line: int | None = None) -> Preview:
    raise NotImplementedError
