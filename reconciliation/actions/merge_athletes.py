"""Merge two athletes: the loser's row goes, everything that hung on it follows a rule (reconciliation/merging)."""

from typing import Any
from uuid import UUID

from reconciliation.actions.preview import MergePreview
from reconciliation.models import Decision


def merge_athletes(
    *,
    survivor_id: UUID,
    loser_id: UUID,
    user: Any,
    reason: str = "",
    fields: dict[str, str] | None = None,
) -> Decision:
    """fields: {field: 'loser'} for each field whose value the loser gives (preview: `fields`); others stay.

    Raises Refused, VetoNeedsReason (vetoes of the pair; that a reviewer told them apart before is one).
    """
    raise NotImplementedError


def preview_merge(
    *, survivor_id: UUID, loser_id: UUID, user: Any, fields: dict[str, str] | None = None
) -> MergePreview:
    raise NotImplementedError
