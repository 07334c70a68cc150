"""Carry out one answer: look again, check, change, close the case, record. Alike for the action and its preview."""

from collections.abc import Callable

from reconciliation.actions.answers import answers_for
from reconciliation.actions.errors import Refused
from reconciliation.actions.queue import demand_reviewer
from reconciliation.deciding import extras, merging, people, times
from reconciliation.deciding.given import Given, Told
from reconciliation.deciding.recording import record_decision
from reconciliation.deciding.waiting import Question, close_cases, lock_question
from reconciliation.deciding.work import Work
from reconciliation.models import Answer, Case, CaseKind, Decision

Handler = Callable[[Work, Question, Given], Told]
PEOPLE: dict[Answer, Handler] = {
    Answer.SAME: people.same,
    Answer.OTHER: people.same,
    Answer.ADD: people.same,
    Answer.DIFFERENT: people.different,
    Answer.CREATE: people.different,
    Answer.MERGE: merging.merge_pair,
    Answer.APART: people.apart,
    Answer.KEEP: times.keep,
    Answer.BOTH: times.both,
    Answer.SPELLING: extras.spelling,
    Answer.REMOVE: extras.remove,
    Answer.LEAVE: extras.leave,
    Answer.DISMISS: people.dismiss,
}


def carry_out(work: Work, given: Given) -> tuple[Decision, Told]:
    question = lock_question(work, given.case_id, given.version)
    _demand_possible(question.case, given)
    told = _handler(question.case, given.answer)(work, question, given)
    close_cases(work, told.cases, told.status)
    return _record(work, given, question, told), told


def _handler(case: Case, answer: Answer) -> Handler:
    if case.kind == CaseKind.TWO_TIMES and answer == Answer.DIFFERENT:
        return times.two_people
    return PEOPLE[answer]


def _demand_possible(case: Case, given: Given) -> None:
    choice = next((one for one in answers_for(case) if one.answer == given.answer), None)
    if choice is None:
        possible = ", ".join(one.answer for one in answers_for(case))
        raise Refused(f"“{given.answer.label}” is no answer to this question. Possible: {possible}.")
    demand_reviewer(given.user, "admin" if choice.admin_only else "reviewer")


def _record(work: Work, given: Given, question: Question, told: Told) -> Decision:
    others = len(told.cases) - 1
    also = (
        f" {others} more question{'s' if others > 1 else ''} about the same person answered with it." if others else ""
    )
    return record_decision(
        work,
        user=given.user,
        answer=given.answer,
        case=question.case,
        summary=told.summary + also,
        reason=given.reason,
        vetoes=told.vetoes,
        before={"case": "open", **told.before},
        after={"case": str(told.status), **told.after, "cases": [str(case.pk) for case in told.cases]},
        athlete_ids=told.athlete_ids,
        batch=given.batch,
    )
