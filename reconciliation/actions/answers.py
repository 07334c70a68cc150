"""Which answers a case takes, with the key for each, and what it asks for."""

from dataclasses import dataclass

from reconciliation.models import Answer, Case, CaseKind

PEOPLE_KINDS = (
    CaseKind.SLUG_COLLISION,
    CaseKind.NAME_VARIANT,
    CaseKind.SIMILAR_ATHLETE,
    CaseKind.AMBIGUOUS_NAMESAKE,
    CaseKind.ID_CONFLICT,
    CaseKind.NO_GRADE,
    CaseKind.POSSIBLE_TRANSFER,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer. `wants`: 'athlete' (search), 'candidate', 'time' (a number), 'reason', or ''."""

    answer: Answer
    key: str
    label: str
    wants: str = ""
    admin_only: bool = False


SET_ASIDE = Choice(Answer.DISMISS, "x", "Set aside", "reason")


def both_exist(case: Case) -> bool:
    """Whether the case is about two athletes of the site, rather than a CSV's person and an athlete."""
    return case.kind in PEOPLE_KINDS and bool(case.subject.get("athlete_id"))


def answers_for(case: Case) -> list[Choice]:
    """In the order of the buttons. Every case can be set aside with a reason."""
    if case.kind == CaseKind.TWO_TIMES:
        found = [
            Choice(Answer.KEEP, "1", "Keep a time", "time"),
            Choice(Answer.BOTH, "b", "Both are right", "reason"),
            Choice(Answer.DIFFERENT, "d", "Two different people", "reason"),
        ]
    elif case.kind == CaseKind.MISSING_RESULT:
        found = [
            Choice(Answer.ADD, "s", "Add to the athlete", "candidate" if len(case.candidates) > 1 else ""),
            Choice(Answer.CREATE, "d", "Create the athlete and add"),
            Choice(Answer.OTHER, "o", "Another athlete", "athlete"),
        ]
    elif case.kind == CaseKind.EXTRA_RESULT:
        found = [
            Choice(Answer.SPELLING, "s", "Same result, other spelling"),
            Choice(Answer.LEAVE, "l", "Leave it"),
            Choice(Answer.REMOVE, "r", "Remove it", "reason", admin_only=True),
        ]
    elif both_exist(case):
        found = [Choice(Answer.MERGE, "m", "Merge"), Choice(Answer.APART, "d", "Keep apart")]
    else:
        found = [
            Choice(Answer.SAME, "s", "Same person", "candidate" if len(case.candidates) > 1 else ""),
            Choice(Answer.DIFFERENT, "d", "Different people"),
            Choice(Answer.OTHER, "o", "Another athlete", "athlete"),
        ]
    return [*found, SET_ASIDE]
