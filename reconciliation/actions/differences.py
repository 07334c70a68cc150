"""The comparison's rows: add what is missing, say what an extra result is. Each becomes a case with its decision."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from meets.models import Result
from meets.pipeline.lock import take_identity_lock
from reconciliation.actions.answer_case import answer_case, rehearsed
from reconciliation.actions.errors import Refused
from reconciliation.actions.preview import Preview
from reconciliation.actions.queue import demand_reviewer
from reconciliation.compare.analysis import analyse, latest_import
from reconciliation.deciding import missing
from reconciliation.deciding.extra_cases import ask_extra
from reconciliation.deciding.given import Given
from reconciliation.deciding.transaction import decide, rehearse, working
from reconciliation.deciding.work import Work
from reconciliation.models import Answer, Decision

WHICH = {"existing": ("existing",), "create": ("new",), "all": ("existing", "new")}


@dataclass(slots=True)
class MissingPreview:
    """Missing lines (not held ones) of the meet's latest import, by what can be done about each.

    existing: [(line, athlete's name, name in the file)] where the link is sure. creates: [(line, name)] where surely
    nobody is there. doubtful: [(line, name, why)]: neither is sure, a person decides each.
    """

    meet_id: UUID
    import_id: UUID | None = None
    existing: list[tuple[int, str, str]] = field(default_factory=list)
    creates: list[tuple[int, str]] = field(default_factory=list)
    doubtful: list[tuple[int, str, str]] = field(default_factory=list)


def preview_missing(*, meet_id: UUID, lines: Sequence[int] | None = None) -> MissingPreview:
    return rehearse(lambda work: _judged(work, meet_id, lines))


def add_missing(
    *, meet_id: UUID, user: Any, lines: Sequence[int] | None = None, which: str = "existing", reason: str = ""
) -> list[Decision]:
    """which: 'existing' (add to existing athletes where the link is sure), 'create' (create and add) or 'all'.

    One transaction; each line its own decision, all of one batch (undo_batch). What is doubtful is left.
    """
    demand_reviewer(user)
    if which not in WHICH:
        raise Refused(f"“{which}” is none of: {', '.join(WHICH)}.")
    with transaction.atomic(), connection.cursor() as cursor:
        take_identity_lock(cursor)
        with working(cursor) as work:
            batch = work.decision_id
            sure = [one for one in _finishes(work, meet_id, lines) if one.verdict in WHICH[which]]
            asked = [(UUID(missing.ask(work, one)), one) for one in sure]
            # Questions are no decisions: they aren't journalled, but the counts follow.
            work.move_outcomes()
        return [
            answer_case(
                case_id=case_id,
                version=None,
                answer=Answer.ADD if one.athlete else Answer.CREATE,
                athlete_id=UUID(one.athlete["athlete_id"]) if one.athlete else None,
                user=user,
                reason=reason,
                batch=batch,
            )
            for case_id, one in asked
        ]


def ask_about(*, meet_id: UUID, user: Any) -> int:
    """Put the meet's missing lines and extra results into the queue as cases; returns how many are asked now."""
    demand_reviewer(user)
    extras = analyse(meet_id).extra
    return decide(lambda work: _ask_all(work, meet_id, extras))


def _ask_all(work: Work, meet_id: UUID, extras: list[Any]) -> int:
    found = _finishes(work, meet_id, None)
    for one in found:
        missing.ask(work, one)
    asked = sum(bool(ask_extra(work, extra.result.result_id, extra.likely)) for extra in extras)
    work.move_outcomes()
    return len(found) + asked


def answer_extra(*, result_id: UUID, answer: str, user: Any, reason: str = "", line: int | None = None) -> Decision:
    """answer: 'spelling' (the result of `line`, under another spelling), 'remove' (admin), 'leave'."""
    demand_reviewer(user)
    likely = _line(result_id, line)
    with transaction.atomic(), connection.cursor() as cursor:
        take_identity_lock(cursor)
        with working(cursor) as work:
            case_id = ask_extra(work, result_id, likely, again=True)
        return answer_case(case_id=UUID(case_id), version=None, answer=answer, user=user, reason=reason)


def preview_extra(*, result_id: UUID, answer: str, user: Any, line: int | None = None) -> Preview:
    likely = _line(result_id, line)

    def carry_out(work: Work) -> Preview:
        case_id = UUID(ask_extra(work, result_id, likely, again=True))
        return rehearsed(work, Given(case_id=case_id, version=None, answer=Answer(answer), user=user, rehearsed=True))

    try:
        return rehearse(carry_out)
    except Refused as refused:
        return Preview(answer=answer, refused=str(refused))


def _line(result_id: UUID, line: int | None) -> Any:
    """The line that is said to be this result: the one named, else the likeliest."""
    result = Result.objects.filter(pk=result_id).first()
    if result is None:
        raise Refused("The result is no longer there.")
    found = analyse(result.meet_id)
    if line is not None:
        named = next((one.line for one in found.missing if one.line.line == line), None)
        if named is None:
            raise Refused(f"Line {line} is not missing.")
        return named
    return next((extra.likely for extra in found.extra if extra.result.result_id == result_id), None)


def _finishes(work: Work, meet_id: UUID, lines: Sequence[int] | None) -> list[missing.Finish]:
    latest = latest_import(meet_id)
    if latest is None:
        return []
    found = missing.finishes(work, meet_id, latest.pk)
    return [one for one in found if lines is None or _latest_line(one) in set(lines)]


def _latest_line(one: missing.Finish) -> int:
    return int(next(row["line"] for row in one.rows if row["latest"]))


def _judged(work: Work, meet_id: UUID, lines: Sequence[int] | None) -> MissingPreview:
    latest = latest_import(meet_id)
    preview = MissingPreview(meet_id, latest.pk if latest else None)
    for one in _finishes(work, meet_id, lines):
        line, name = _latest_line(one), one.row["athlete_name"]
        if one.verdict == "existing" and one.athlete:
            preview.existing.append((line, one.athlete["name"], name))
        elif one.verdict == "new":
            preview.creates.append((line, name))
        else:
            preview.doubtful.append((line, name, one.why))
    return preview
