"""Which open cases can be answered together: one candidate, above a threshold, nothing that speaks against them."""

from dataclasses import dataclass

from django.db.models import Count, Q

from reconciliation.actions.answers import PEOPLE_KINDS, both_exist
from reconciliation.evidence.difference import Piece, both
from reconciliation.models import Case
from reconciliation.review.queue import HIGH, SUREST, Queue

A_PAGE = 100


@dataclass(frozen=True)
class BulkRow:
    case: Case
    name: list[Piece]
    candidate: list[Piece]
    candidate_id: str
    lines: int


def threshold_of(text: str) -> float:
    """What was typed, between 0 and 1; what is no such number is the threshold that counts as nearly sure."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return HIGH
    return value if 0 <= value <= 1 else HIGH


def listed(queue: Queue, threshold: float) -> tuple[list[BulkRow], bool]:
    """(the surest first, whether there are more than a page). One query."""
    single = Q(candidates__0__isnull=False, candidates__1__isnull=True)
    unopposed = Q(candidates__0__vetoes=[]) | Q(candidates__0__vetoes__isnull=True)
    cases = Queue(queue.chosen.sorted(SUREST), queue.user).ordered()
    cases = cases.filter(
        single, unopposed, kind__in=PEOPLE_KINDS, score__gte=threshold, subject__athlete_id__isnull=True
    )
    found = list(cases.annotate(lines=Count("rows"))[: A_PAGE + 1])
    return [_row(case) for case in found[:A_PAGE] if not both_exist(case)], len(found) > A_PAGE


def _row(case: Case) -> BulkRow:
    first = case.candidates[0]
    name, candidate = both(str(case.subject.get("name") or ""), str(first.get("name") or ""))
    return BulkRow(case, name, candidate, str(first.get("athlete_id") or ""), case.lines)  # type: ignore[attr-defined]
