"""The end of every decision: refresh what was touched, write journal, decision and audit log."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from importadmin.audit import record
from reconciliation.deciding.work import Work
from reconciliation.models import Answer, Case, Decision


def record_decision(
    work: Work,
    *,
    user: Any,
    answer: Answer,
    summary: str,
    case: Case | None = None,
    reason: str = "",
    vetoes: list[str] | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    athlete_ids: set[str] | None = None,
    meet_id: UUID | None = None,
    batch: UUID | None = None,
    undoes: Decision | None = None,
) -> Decision:
    work.refresh()
    work.move_outcomes()
    work.write_journal()
    touched = sorted(people_touched(work) | (athlete_ids or set()))
    decision = Decision.objects.create(
        id=work.decision_id,
        # Not the transaction's beginning: that may lie before somebody else's decision that we waited for.
        at=timezone.now(),
        user=user,
        user_name=user.get_username() if user else "",
        answer=answer,
        case_id=case.pk if case else None,
        case_kind=case.kind if case else "",
        question=case.question if case else "",
        meet_id=meet_id or (case.meet_id if case else None),
        athlete_ids=touched,
        reason=reason.strip(),
        summary=summary,
        vetoes=vetoes or [],
        before=before,
        after=after,
        batch=batch,
        undoes=undoes,
    )
    record(
        user=user,
        kind=f"decision.{answer}",
        subject=case or ("decisions", decision.pk),
        meet_id=decision.meet_id,
        athlete_ids=touched,
        reason=reason,
        before=before,
        after={**(after or {}), "decision": str(decision.pk), "summary": summary},
    )
    return decision


def people_touched(work: Work) -> set[str]:
    """Everybody whose own row, results or case this decision changed."""
    found: set[str] = set()
    for table, old, new in work.changes:
        for row in (old, new):
            if row and table == "athletes":
                found.add(row["id"])
            elif row and row.get("athlete_id"):
                found.add(row["athlete_id"])
    return found
