"""Answer a case: link, create, keep a time, add, remove, leave or set aside (`answers_for(case)`: which it takes)."""

from typing import Any
from uuid import UUID

from reconciliation.actions.errors import AlreadyDecided, Refused
from reconciliation.actions.preview import Preview
from reconciliation.deciding import showing
from reconciliation.deciding.answering import carry_out
from reconciliation.deciding.given import Given
from reconciliation.deciding.transaction import decide, rehearse
from reconciliation.deciding.waiting import ROWS
from reconciliation.deciding.work import Work
from reconciliation.models import Answer, Case, Decision


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
    given = Given(
        case_id=case_id,
        version=version,
        answer=read_answer(answer),
        user=user,
        reason=reason,
        athlete_id=athlete_id,
        choice=choice,
        take_spelling=take_spelling,
        grad_year=grad_year,
        fields=fields,
        batch=batch,
    )
    return decide(lambda work: carry_out(work, given)[0])


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
    given = Given(
        case_id=case_id,
        version=None,
        answer=read_answer(answer),
        user=user,
        reason=reason,
        athlete_id=athlete_id,
        choice=choice,
        take_spelling=take_spelling,
        grad_year=grad_year,
        fields=fields,
        rehearsed=True,
    )
    try:
        return rehearse(lambda work: rehearsed(work, given))
    except AlreadyDecided:
        raise
    except Refused as refused:
        return Preview(answer=given.answer, refused=str(refused))


def rehearsed(work: Work, given: Given) -> Preview:
    """Carry it out and tell what changed; the caller rolls it back."""
    case = Case.objects.get(pk=given.case_id)
    people = {str(one["athlete_id"]) for one in case.candidates if one.get("athlete_id")}
    people |= {str(one) for one in (given.athlete_id, case.subject.get("athlete_id")) if one}
    names = showing.keep_records(work, sorted(people))
    waiting = work.rows(ROWS, [[str(case.pk)]])
    showing.watch_rows(work, waiting, [str(case.school_id)] if case.school_id else [])
    decision, told = carry_out(work, given)
    preview = Preview(answer=given.answer, sentence=decision.summary, vetoes=told.vetoes, new_cases=told.new_cases)
    preview.cases = len(told.cases)
    showing.fill(preview, work, names)
    return preview


def read_answer(answer: str) -> Answer:
    try:
        return Answer(answer)
    except ValueError:
        known = ", ".join(one.value for one in Answer if one != Answer.UNDO)
        raise Refused(f"“{answer}” is no answer. Possible answers: {known}.") from None
