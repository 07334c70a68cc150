"""Cancel an import: at once while it waits, within seconds while it runs. Nothing remains but its record."""

from typing import Any

from django.db import connection, transaction

from importadmin.audit import record
from meets.actions.permissions import demand_change
from meets.jobs import states
from meets.models import Import


def cancel_import(*, import_: Import, user: Any) -> bool:
    """False when it had ended before."""
    demand_change(user, import_)
    with transaction.atomic(), connection.cursor() as cursor:
        state = states.request_cancel(cursor, str(import_.pk))
        if state is None:
            return False
        record(
            user=user,
            kind="import.cancelled",
            subject=import_,
            meet_id=import_.meet_id,
            after={"state": state, "cancel_requested": state == "running"},
        )
    import_.refresh_from_db()
    return True
