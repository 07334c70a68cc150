"""Merge two athletes: the loser's row goes, everything that hung on it follows a rule (deciding/relations.py)."""

from typing import Any
from uuid import UUID

from reconciliation.actions.errors import Refused
from reconciliation.actions.preview import MergeField, MergePreview
from reconciliation.actions.queue import demand_reviewer
from reconciliation.deciding import merging, showing
from reconciliation.deciding.given import Given, Told
from reconciliation.deciding.recording import record_decision
from reconciliation.deciding.transaction import decide, rehearse
from reconciliation.deciding.work import Work
from reconciliation.models import Answer, Decision


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
    given = _given(survivor_id, user, reason, fields)
    return decide(lambda work: _merge(work, survivor_id, loser_id, given)[0])


def preview_merge(
    *, survivor_id: UUID, loser_id: UUID, user: Any, fields: dict[str, str] | None = None
) -> MergePreview:
    given = _given(survivor_id, user, "", fields, rehearsed=True)
    try:
        return rehearse(lambda work: _rehearsed(work, survivor_id, loser_id, given))
    except Refused as refused:
        return MergePreview(answer=Answer.MERGE, refused=str(refused))


def _given(survivor_id: UUID, user: Any, reason: str, fields: dict[str, str] | None, rehearsed: bool = False) -> Given:
    # No case: what is asked for is the merge itself.
    return Given(
        case_id=survivor_id,
        version=None,
        answer=Answer.MERGE,
        user=user,
        reason=reason,
        fields=fields,
        rehearsed=rehearsed,
    )


def _merge(work: Work, survivor_id: UUID, loser_id: UUID, given: Given) -> tuple[Decision, Told]:
    demand_reviewer(given.user)
    told = merging.merge(work, merging.lock_pair(work, survivor_id, loser_id), given)
    decision = record_decision(
        work,
        user=given.user,
        answer=Answer.MERGE,
        summary=told.summary,
        reason=given.reason,
        vetoes=told.vetoes,
        before=told.before,
        after=told.after,
        athlete_ids=told.athlete_ids,
    )
    return decision, told


def _rehearsed(work: Work, survivor_id: UUID, loser_id: UUID, given: Given) -> MergePreview:
    names = showing.keep_records(work, [str(survivor_id), str(loser_id)])
    pair = merging.lock_pair(work, survivor_id, loser_id)
    decision, told = _merge(work, survivor_id, loser_id, given)
    preview = MergePreview(answer=Answer.MERGE, sentence=decision.summary, vetoes=told.vetoes)
    preview.fields = _fields(pair, given.fields or {})
    showing.fill(preview, work, names)
    preview.collapses, preview.removes = preview.removes, []
    preview.lost = _lost(preview)
    return preview


def _fields(pair: merging.Pair, wanted: dict[str, str]) -> list[MergeField]:
    found = []
    for name, label in merging.FIELDS:
        survivor, loser = pair.survivor[name], pair.loser[name]
        if name == "school_id":
            survivor, loser = pair.survivor["school"], pair.loser["school"]
        blank = survivor in (None, "") and loser not in (None, "")
        found.append(MergeField(name, label, survivor, loser, wanted.get(name, "loser" if blank else "survivor")))
    return found


def _lost(preview: MergePreview) -> list[str]:
    lost = []
    for field in preview.fields:
        given_up = field.survivor if field.chosen == "loser" else field.loser
        if field.differs and given_up not in (None, "") and field.name not in ("name", "slug"):
            lost.append(f"{field.label}: {given_up}")
    if preview.collapses:
        count = len(preview.collapses)
        lost.append(f"{count} result{'s' if count != 1 else ''} that stood there twice")
    return lost
