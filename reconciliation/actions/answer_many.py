"""Bulk answers: listed before they are given, each its own decision, one undo for all (`undo_batch`)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from meets.pipeline.lock import take_identity_lock
from reconciliation.actions.answer_case import answer_case, preview_answer
from reconciliation.actions.errors import Refused
from reconciliation.actions.preview import ManyPreview
from reconciliation.models import Case, Decision

LEFT_FOR_VETO = "This speaks against it: {}. Decide it on its own page."


def answer_cases(
    *, cases: Sequence[tuple[UUID, int]], answer: str, user: Any, reason: str = ""
) -> tuple[UUID, list[Decision], list[tuple[UUID, str]]]:
    """`cases`: [(id, version as shown)]. Returns (batch, decisions, [(case, why it was left out)]).

    One transaction. What has a veto, changed meanwhile or was decided is left out and told, never forced.
    """
    decisions: list[Decision] = []
    left_out: list[tuple[UUID, str]] = []
    with transaction.atomic(), connection.cursor() as cursor:
        take_identity_lock(cursor)
        cursor.execute("SELECT importadmin.new_id()")
        batch: UUID = cursor.fetchone()[0]
        for case_id, version in cases:
            try:
                with transaction.atomic():
                    decision = answer_case(
                        case_id=case_id, version=version, answer=answer, user=user, reason=reason, batch=batch
                    )
                    if decision.vetoes:
                        raise Refused(LEFT_FOR_VETO.format("; ".join(decision.vetoes)))
                decisions.append(decision)
            except Refused as refused:
                left_out.append((case_id, str(refused)))
    return batch, decisions, left_out


def preview_answers(*, cases: Sequence[UUID], answer: str, user: Any, reason: str = "") -> ManyPreview:
    """Each as if it were the only one: what one answer changes for another is found out when they are given."""
    found = ManyPreview()
    questions = dict(Case.objects.filter(pk__in=cases).values_list("pk", "question"))
    for case_id in cases:
        if case_id not in questions:
            found.left_out.append((case_id, "", "There is no such case."))
            continue
        try:
            preview = preview_answer(case_id=case_id, answer=answer, user=user, reason=reason)
        except Refused as refused:
            found.left_out.append((case_id, questions[case_id], str(refused)))
            continue
        if preview.refused or preview.vetoes:
            why = preview.refused or LEFT_FOR_VETO.format("; ".join(preview.vetoes))
            found.left_out.append((case_id, questions[case_id], why))
        else:
            found.answers.append((case_id, questions[case_id], preview))
    return found
