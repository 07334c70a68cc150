"""Bulk answers: listed before they are given, each its own decision, one undo for all (`undo_batch`)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from reconciliation.actions.preview import ManyPreview
from reconciliation.models import Decision


def answer_cases(
    *, cases: Sequence[tuple[UUID, int]], answer: str, user: Any, reason: str = ""
) -> tuple[UUID, list[Decision], list[tuple[UUID, str]]]:
    """`cases`: [(id, version as shown)]. Returns (batch, decisions, [(case, why it was left out)]).

    One transaction. What has a veto, changed meanwhile or was decided is left out and told, never forced.
    """
    raise NotImplementedError


def preview_answers(*, cases: Sequence[UUID], answer: str, user: Any, reason: str = "") -> ManyPreview:
    raise NotImplementedError
