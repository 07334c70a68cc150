"""The buttons under a case: one for each answer that it takes and this person may give, with its key."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from importadmin.roles import has_role
from importadmin.templatetags.words import race_time
from reconciliation.actions.answers import Choice, answers_for
from reconciliation.deciding.times import Time, times_of
from reconciliation.evidence.people import Person
from reconciliation.models import Answer, Case

# Whoever is likeliest, or does least harm, stands out; what removes is red.
TONES = {Answer.SAME: "primary", Answer.ADD: "primary", Answer.MERGE: "primary", Answer.REMOVE: "danger"}


@dataclass(frozen=True)
class Button:
    """`value` is what the form sends: an answer, and after a colon whom or which time it means."""

    value: str
    label: str
    keys: str = ""  # separated by spaces; the first one is shown
    tone: str = ""
    needs_reason: bool = False

    @property
    def key(self) -> str:
        return self.keys.split(" ")[0]


def buttons_for(case: Case, candidates: list[Person], user: Any) -> list[Button]:
    """In the order of the page. Empty for whoever may not answer."""
    if not has_role(user, "reviewer"):
        return []
    found: list[Button] = []
    for choice in answers_for(case):
        if choice.admin_only and not has_role(user, "admin"):
            continue
        if choice.wants == "time":
            found += _times(case)
        elif choice.wants != "athlete":
            found += _people(choice, candidates)
    return found


def wants_athlete(case: Case) -> bool:
    """Whether the case can be answered with somebody who is not among its candidates."""
    return any(choice.wants == "athlete" for choice in answers_for(case))


def _times(case: Case) -> list[Button]:
    return [
        Button(f"keep:{number}", f"Keep {race_time(time.time_cs)}, {_where(time)}", str(number))
        for number, time in enumerate(times_of(case)[:9], 1)
    ]


def _where(time: Time) -> str:
    if time.result_id:
        return "on the site"
    lines = [str(line["line"]) for line in time.lines]
    return f"line{'' if len(lines) == 1 else 's'} {', '.join(lines)}"


def _people(choice: Choice, candidates: list[Person]) -> list[Button]:
    """One button; where a candidate must be named, one for each, and the first answers to the letter as well."""
    there = [person for person in candidates if person.there and person.athlete_id]
    tone = TONES.get(choice.answer, "")
    if choice.answer in (Answer.SAME, Answer.ADD, Answer.MERGE) and not there:
        return []
    if choice.wants != "candidate":
        vetoed = choice.answer in (Answer.SAME, Answer.ADD, Answer.MERGE) and bool(there[0].vetoes)
        number = " 1" if choice.answer in (Answer.SAME, Answer.ADD) else ""
        extra = " s" if choice.answer == Answer.MERGE else ""
        return [
            Button(
                choice.answer, choice.label, f"{choice.key}{number}{extra}", tone, choice.wants == "reason" or vetoed
            )
        ]
    return [
        Button(
            f"{choice.answer}:{person.athlete_id}",
            f"{choice.label}: {person.name}" if len(there) > 1 else choice.label,
            f"{person.number} {choice.key}" if person is there[0] else str(person.number),
            tone if person is there[0] else "",
            bool(person.vetoes),
        )
        for person in there
    ]


@dataclass(frozen=True)
class Given:
    """An answer as the form sent it, read."""

    answer: str
    athlete_id: UUID | None = None
    choice: int | None = None


def read_answer(text: str) -> Given | None:
    """None for what no button of ours sends."""
    answer, _, which = text.partition(":")
    if answer not in Answer.values or answer == Answer.UNDO:
        return None
    if not which:
        return Given(answer)
    if answer == Answer.KEEP:
        return Given(answer, choice=int(which)) if which.isascii() and which.isdigit() and len(which) < 4 else None
    try:
        return Given(answer, athlete_id=UUID(which))
    except ValueError:
        return None
