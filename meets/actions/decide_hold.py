"""An admin's yes or no to records that look too fast to be true, and the undo of it. Records follow by a trigger."""

from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from importadmin.audit import record
from meets.actions.refused import Refused
from meets.models import HoldStatus, RecordHold
from meets.pipeline.lock import take_identity_lock

DONE = {
    HoldStatus.YES: "record_confirmed",
    HoldStatus.NO: "record_kept_out",
    HoldStatus.OPEN: "record_asked_again",
    HoldStatus.CORRECTED: "record_corrected",
}


def decide_hold(*, hold_id: UUID, status: HoldStatus, seen: str, user: Any, reason: str = "") -> RecordHold:
    """`seen` is the status that the person saw: whoever is second is told, not overruled. OPEN takes an answer back."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            take_identity_lock(cursor)
        hold = RecordHold.objects.select_for_update().get(pk=hold_id)
        if hold.status != seen:
            raise Refused(f"Somebody was faster: it says “{hold.get_status_display()}” by now.")
        if hold.status == status:
            return hold
        before = hold.status
        hold.status, hold.reason = status, reason.strip()
        hold.decided_by = user if status != HoldStatus.OPEN else None
        hold.decided_at = timezone.now() if status != HoldStatus.OPEN else None
        hold.save(update_fields=["status", "reason", "decided_by", "decided_at"])
        record(
            user=user,
            kind=f"{'race' if hold.race_id else 'result'}.{DONE[status]}",
            subject=("races" if hold.race_id else "results", hold.race_id or hold.result_id),
            meet_id=hold.meet_id,
            reason=reason,
            before={"status": before},
            after={"status": str(status)},
        )
    return hold
