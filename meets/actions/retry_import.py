"""Run a failed or cancelled import again, as the same import: its earlier attempts stay in the audit log."""

from typing import Any

from django.db import IntegrityError, connection, transaction

from importadmin.audit import record
from meets.actions.permissions import demand_change
from meets.actions.refused import Refused
from meets.actions.start_import import already_running
from meets.jobs import states
from meets.jobs.queue import enqueue_on_commit
from meets.models import Import, State


def retry_import(*, import_: Import, user: Any) -> Import:
    demand_change(user, import_)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            old = Import.objects.select_for_update().get(pk=import_.pk)
            if not states.requeue(cursor, str(old.pk), (State.FAILED, State.CANCELLED)):
                raise Refused(f"It can't be retried: its state is “{State(old.state).label}”.")
            record(
                user=user,
                kind="import.retried",
                subject=old,
                meet_id=old.meet_id,
                before={
                    "state": old.state,
                    "attempt": old.attempt,
                    "worker": old.worker,
                    "failure_kind": old.failure_kind,
                    "failure": old.failure,
                },
            )
            enqueue_on_commit(str(old.pk), old.attempt)
    except IntegrityError as error:
        raise already_running(error, import_.meet_key) from error
    import_.refresh_from_db()
    return import_
