"""What reviewers do with a case without deciding it. None of it needs the identity lock."""

from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F, Func, Q
from django.db.models.functions import Now

from importadmin.audit import record
from importadmin.roles import has_role
from reconciliation.actions.errors import AlreadyDecided, Refused
from reconciliation.models import Case, CaseNote, CaseStatus, Decision

CLAIM_MINUTES = 10


def demand_reviewer(user: Any, role: str = "reviewer") -> None:
    """`user` None is a command on the machine itself: it may."""
    if user is not None and not has_role(user, role):  # type: ignore[arg-type]
        raise Refused("Only reviewers and admins decide." if role == "reviewer" else "Only an admin may do that.")


def decision_of(case: Case) -> Decision | None:
    """The decision that stands: the latest one about the case that was not taken back."""
    found = Decision.objects.filter(case_id=case.pk, undoes=None, undone_by=None)
    return found.order_by("-at", "-id").first()


def claim_case(*, case_id: UUID, user: Any) -> Case:
    """Show others that somebody looks at it. Taken from whoever had it if that claim has expired; never refused."""
    demand_reviewer(user)
    free = Q(claimed_until=None) | Q(claimed_until__lt=Now()) | Q(claimed_by=user)
    until = Func(F("pk"), template=f"(now() + interval '{CLAIM_MINUTES} minutes')")
    Case.objects.filter(free, pk=case_id, status=CaseStatus.OPEN).update(claimed_by=user, claimed_until=until)
    return Case.objects.select_related("claimed_by", "parked_for").get(pk=case_id)


def release_case(*, case_id: UUID, user: Any) -> None:
    Case.objects.filter(pk=case_id, claimed_by=user).update(claimed_by=None, claimed_until=None)


def skip_case(*, case_id: UUID, user: Any) -> None:
    """It comes back at the end of the queue, for everybody."""
    demand_reviewer(user)
    _change(case_id, position=Now(), claimed_by=None, claimed_until=None)


@transaction.atomic
def park_case(*, case_id: UUID, user: Any, for_user: Any, note: str = "") -> None:
    """Leave it to one person (None: to everybody again)."""
    demand_reviewer(user)
    if for_user is not None and not has_role(get_user_model().objects.get(pk=for_user.pk), "reviewer"):
        raise Refused(f"{for_user} can't decide cases; park it for a reviewer or an admin.")
    _change(case_id, parked_for=for_user, claimed_by=None, claimed_until=None)
    if note.strip():
        note_case(case_id=case_id, user=user, text=note)
    record(
        user=user,
        kind="case.parked" if for_user else "case.unparked",
        subject=("cases", case_id),
        after={"for": str(for_user) if for_user else None},
    )


def note_case(*, case_id: UUID, user: Any, text: str) -> CaseNote:
    """Any state of the case: a note can also say afterwards why."""
    demand_reviewer(user)
    if not text.strip():
        raise Refused("The note is empty.")
    return CaseNote.objects.create(case=Case.objects.get(pk=case_id), author=user, text=text.strip()[:5000])


def _change(case_id: UUID, **values: Any) -> None:
    if not Case.objects.filter(pk=case_id, status=CaseStatus.OPEN).update(**values):
        case = Case.objects.get(pk=case_id)
        raise AlreadyDecided(case, decision_of(case))
