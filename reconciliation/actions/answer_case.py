"""Answer a case: link, create, keep a time, add, remove, leave or set aside (`answers_for(case)`: which it takes)."""

from typing import Any
from uuid import UUID

from reconciliation.actions.preview import Preview
from reconciliation.models import Decision


def answer_case(
    *,
    case_id: UUID,
    version: int | None,
    answer: str,
    user: Any,
    reason: str = "",
    athlete_id: UUID | None = None,
    choice: int | None = None,
    take_spelling: bool = False,
    grad_year: int | None = None,
    fields: dict[str, str] | None = None,
    batch: UUID | None = None,
) -> Decision:
    """Decide one case, and with it every open case that asks the very same question.

    version: the case's version as it was shown (None: a command that looks now).
    athlete_id: whom *same*, *other*, *add* or *merge* means; of a single candidate it needn't be said.
    choice: of *keep*, which time, counted from 1 as `times_of(case)` lists them.
    take_spelling: of *same*, *other*: the athlete takes over the CSV's spelling.
    grad_year: of *different* where the CSV gives no grade.
    fields: of *merge*, as for merge_athletes.
    Raises Refused, AlreadyDecided, CaseChanged, VetoNeedsReason.
    """
    raise NotImplementedError


def preview_answer(
    *,
    case_id: UUID,
    answer: str,
    user: Any,
    reason: str = "",
    athlete_id: UUID | None = None,
    choice: int | None = None,
    take_spelling: bool = False,
    grad_year: int | None = None,
    fields: dict[str, str] | None = None,
) -> Preview:
    """What the answer would change; never raises for what the answer would be refused for (`refused`, `vetoes`)."""
    raise NotImplementedError
