"""The cases an answer decides at one stroke, locked, and the import rows that wait for them."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from reconciliation.actions.answers import PEOPLE_KINDS
from reconciliation.actions.errors import AlreadyDecided, CaseChanged
from reconciliation.actions.queue import decision_of
from reconciliation.deciding.work import Row, Work
from reconciliation.models import Case, CaseStatus

ROWS = """
    SELECT i.import_id, i.line, i.race_id, i.time_cs, i.place, i.athlete_name, i.school_id, i.outcome,
           m.meet_id, w.case_id
      FROM importadmin.case_rows w
      JOIN importadmin.import_rows i USING (import_id, line)
      JOIN importadmin.imports m ON m.id = w.import_id
     WHERE w.case_id = ANY (%s::uuid[]) AND i.outcome = 'held'
     ORDER BY m.finished_at NULLS LAST, i.import_id, i.line
       FOR UPDATE OF i"""

# Open questions about the same person of a CSV: another kind, or other evidence.
SIBLINGS = """
    SELECT c.id FROM importadmin.cases c
     WHERE c.status = 'open' AND c.school_id = %(school)s AND c.kind = ANY (%(kinds)s) AND c.id <> %(case)s
       AND c.subject ->> 'athlete_id' IS NULL AND c.subject ->> 'gender' = %(gender)s
       AND (c.subject ->> 'grad_year')::int = %(grad_year)s
       AND importadmin.name_key(c.subject ->> 'name') = importadmin.name_key(%(name)s)
     ORDER BY c.id"""


@dataclass
class Question:
    """The case that was answered, its siblings, all of them locked, and the rows that wait for any of them."""

    case: Case
    siblings: list[Case]
    rows: list[Row]
    person_key: str | None
    name_key: str
    first_rows: list[Row] = field(default_factory=list)

    @property
    def cases(self) -> list[Case]:
        return [self.case, *self.siblings]

    @property
    def subject(self) -> dict[str, Any]:
        found: dict[str, Any] = self.case.subject
        return found


def lock_question(work: Work, case_id: UUID, version: int | None) -> Question:
    """Lock the case and its siblings in id order. Raises AlreadyDecided, CaseChanged."""
    case = Case.objects.get(pk=case_id)
    ids = [case_id, *_siblings(work, case)]
    locked = {found.pk: found for found in Case.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    case = locked[case_id]
    if case.status != CaseStatus.OPEN:
        raise AlreadyDecided(case, decision_of(case))
    if version is not None and case.version != version:
        raise CaseChanged(case)
    siblings = [found for pk, found in locked.items() if pk != case_id and found.status == CaseStatus.OPEN]
    subject = case.subject
    person = work.rows(
        """SELECT importadmin.name_key(%(name)s) AS name_key,
                  importadmin.person_key(%(school)s, importadmin.name_key(%(name)s), %(year)s::int, %(gender)s)
                  AS key""",
        {
            "name": subject.get("name") or "",
            "school": case.school_id,
            "year": subject.get("grad_year"),
            "gender": subject.get("gender"),
        },  # fmt: skip
    )[0]
    question = Question(case, siblings, [], person["key"], person["name_key"])
    question.rows = work.rows(ROWS, [[str(found.pk) for found in question.cases]])
    return question


def _siblings(work: Work, case: Case) -> list[UUID]:
    subject = case.subject
    if case.kind not in PEOPLE_KINDS or subject.get("athlete_id") or not subject.get("grad_year"):
        return []
    found = work.rows(
        SIBLINGS,
        {
            "school": case.school_id,
            "kinds": [str(kind) for kind in PEOPLE_KINDS],
            "case": case.pk,
            "gender": subject.get("gender"),
            "grad_year": subject["grad_year"],
            "name": subject.get("name") or "",
        },
    )
    return [row["id"] for row in found]


def close_cases(work: Work, cases: list[Case], status: CaseStatus) -> None:
    """The fence: only what is still open and unchanged is closed. (Locked before: else the mistake is ours.)"""
    done = {new["id"] for _, new in work.of("cases") if new and new["status"] != CaseStatus.OPEN}
    closed = work.update(
        "cases",
        [
            {"id": case.pk, "status": status, "claimed_by_id": None, "claimed_until": None, "parked_for_id": None}
            for case in cases
        ],
    )
    for old, _ in closed:
        if old["status"] != CaseStatus.OPEN and old["id"] not in done:
            case = next(found for found in cases if str(found.pk) == old["id"])
            raise AlreadyDecided(case, decision_of(case))
