"""Take a decision back, much later and in any order that is safe."""

from typing import Any
from uuid import UUID

from reconciliation.actions.preview import UndoPreview
from reconciliation.models import Decision


def undo_decision(*, decision_id: UUID, user: Any, reason: str = "", tell_apart: bool = False) -> Decision:
    """What can be restored is; what has changed since is left alone (UndoPreview.left told it before).

    tell_apart: of a merge, remember the two as different people. The case, if any, is open again.
    Raises Refused, AlreadyDecided (taken back before), Contradicts (a later decision rests on it).
    """
    raise NotImplementedError


def undo_batch(*, batch: UUID, user: Any, reason: str = "") -> list[Decision]:
    """All decisions that were given at one stroke, the last first; all or none."""
    raise NotImplementedError


def preview_undo(*, decision_id: UUID, user: Any) -> UndoPreview:
    raise NotImplementedError
