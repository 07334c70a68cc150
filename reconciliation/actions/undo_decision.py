"""Take a decision back, much later and in any order that is safe."""

from typing import Any
from uuid import UUID

from importadmin.roles import has_role
from reconciliation.actions.errors import AlreadyDecided, Contradicts, Refused
from reconciliation.actions.preview import UndoPreview
from reconciliation.actions.queue import demand_reviewer
from reconciliation.deciding import showing
from reconciliation.deciding.identity import tell_apart as remember_apart
from reconciliation.deciding.recording import record_decision
from reconciliation.deciding.transaction import decide, rehearse
from reconciliation.deciding.undoing import Undone, undo
from reconciliation.deciding.work import Work
from reconciliation.models import Answer, Case, Decision


def undo_decision(*, decision_id: UUID, user: Any, reason: str = "", tell_apart: bool = False) -> Decision:
    """What can be restored is; what has changed since is left alone (UndoPreview.left told it before).

    tell_apart: of a merge, remember the two as different people. The case, if any, is open again.
    Raises Refused, AlreadyDecided (taken back before), Contradicts (a later decision rests on it).
    """
    return decide(lambda work: _undo(work, decision_id, user, reason, tell_apart)[0])


def undo_batch(*, batch: UUID, user: Any, reason: str = "") -> list[Decision]:
    """All decisions that were given at one stroke, the last first; all or none."""
    from django.db import transaction

    ids = list(
        Decision.objects.filter(batch=batch, undoes=None, undone_by=None).order_by("-id").values_list("pk", flat=True)
    )
    if not ids:
        raise Refused("Nothing of it is left to take back.")
    with transaction.atomic():
        return [undo_decision(decision_id=pk, user=user, reason=reason) for pk in ids]


def preview_undo(*, decision_id: UUID, user: Any) -> UndoPreview:
    try:
        return rehearse(lambda work: _rehearsed(work, decision_id, user))
    except Contradicts as later:
        return UndoPreview(refused=str(later), contradicts=later.decision)
    except Refused as refused:
        return UndoPreview(refused=str(refused))


def _undo(work: Work, decision_id: UUID, user: Any, reason: str, apart: bool) -> tuple[Decision, Undone]:
    demand_reviewer(user)
    decision = Decision.objects.filter(pk=decision_id).first()
    if decision is None:
        raise Refused("There is no such decision.")
    case = Case.objects.select_for_update().filter(pk=decision.case_id).first() if decision.case_id else None
    if decision.undoes_id:
        raise Refused("An undo can't be undone: answer the question again.")
    if taken_back := Decision.objects.filter(undoes=decision).first():
        raise AlreadyDecided(case or Case(), taken_back)
    if decision.answer == Answer.REMOVE and user is not None and not has_role(user, "admin"):
        raise Refused("Only an admin may do that.")
    undone = undo(work, decision)
    if apart and decision.answer == Answer.MERGE and decision.before:
        remember_apart(work, [(decision.before["survivor"]["id"], decision.before["loser"]["id"])], reason)
    recorded = record_decision(
        work,
        user=user,
        answer=Answer.UNDO,
        case=case,
        summary=f"Taken back: {decision.summary}",
        reason=reason,
        before={"decision": str(decision.pk), "answer": decision.answer},
        after={"left": undone.left, "reopened": undone.reopened},
        athlete_ids={str(one) for one in decision.athlete_ids},
        meet_id=decision.meet_id,
        undoes=decision,
    )
    return recorded, undone


def _rehearsed(work: Work, decision_id: UUID, user: Any) -> UndoPreview:
    decision = Decision.objects.filter(pk=decision_id).first()
    names = showing.keep_records(work, [str(one) for one in decision.athlete_ids]) if decision else {}
    _, undone = _undo(work, decision_id, user, "", False)
    preview = UndoPreview(left=undone.left, reopens=len(undone.reopened))
    showing.fill(preview, work, names)
    preview.restores = _sentences(work, preview)
    return preview


def _sentences(work: Work, preview: UndoPreview) -> list[str]:
    athletes = [(old, new) for old, new in work.of("athletes") if bool(old) != bool(new)]
    back = [new["name"] for old, new in athletes if new and not old]
    gone = [old["name"] for old, new in athletes if old and not new]
    found = [f"{name} is there again." for name in back] + [f"{name}, whom it created, goes." for name in gone]
    for count, what in (
        (len(preview.moves), "moved back"),
        (len(preview.writes), "there again"),
        (len(preview.removes), "taken off the site"),
    ):
        if count:
            found.append(f"{count} result{'s' if count != 1 else ''} {what}.")
    if preview.reopens:
        found.append(f"{preview.reopens} question{'s' if preview.reopens != 1 else ''} open again.")
    return found
