"""What somebody answers, and what carrying it out leads to."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from reconciliation.actions.errors import Refused, VetoNeedsReason
from reconciliation.models import Answer, Case, CaseStatus


@dataclass(frozen=True)
class Given:
    case_id: UUID
    version: int | None
    answer: Answer
    user: Any
    reason: str = ""
    athlete_id: UUID | None = None
    choice: int | None = None
    take_spelling: bool = False
    grad_year: int | None = None
    fields: dict[str, str] | None = None
    batch: UUID | None = None
    # Of a rehearsal: vetoes and missing reasons are told, not raised.
    rehearsed: bool = False


@dataclass
class Told:
    """What a handler has done. `cases`: those that it answered."""

    summary: str
    cases: list[Case]
    status: CaseStatus = CaseStatus.ANSWERED
    vetoes: list[str] = field(default_factory=list)
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    athlete_ids: set[str] = field(default_factory=set)
    new_cases: list[str] = field(default_factory=list)


def demand_reason(given: Given, vetoes: list[str]) -> None:
    if vetoes and not given.reason.strip() and not given.rehearsed:
        raise VetoNeedsReason(vetoes)


def demand_words(given: Given, sentence: str) -> None:
    if not given.reason.strip() and not given.rehearsed:
        raise Refused(sentence)
