"""Start, approve and cancel a rebuild of derived tables. The work itself is a worker's (meets/jobs/rebuild.py)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now

from importadmin.audit import record
from meets.actions.refused import Refused
from meets.derived_tables import BY_NAME, with_dependants
from meets.jobs import rebuild_states
from meets.jobs.queue import enqueue_rebuild_on_commit
from meets.models import Rebuild, RebuildState
from meets.rebuilding import NotNow, refuse_while_importing


def start_rebuild(*, names: Iterable[str], user: Any, nightly: bool = False, enqueue: bool = True) -> Rebuild:
    """Its difference is worked out first; what an earlier run still waits to have approved is out of date by then."""
    try:
        tables = with_dependants(names)
    except KeyError as error:
        raise Refused(f"No derived table is called {error.args[0]}.") from None
    if not tables:
        raise Refused("Choose at least one table to rebuild.")
    try:
        with transaction.atomic():
            _not_while_importing()
            for old in Rebuild.objects.filter(state=RebuildState.WAITING):
                with connection.cursor() as cursor:
                    rebuild_states.request_cancel(cursor, str(old.pk), "A newer rebuild was started instead.")
            rebuild = Rebuild.objects.create(tables=tables, created_by=user, nightly=nightly, enqueued_at=Now())
            record(
                user=user,
                who="nightly schedule" if nightly else "",
                kind="derived.started",
                subject=rebuild,
                after={"tables": [BY_NAME[name].label for name in tables]},
            )
            if enqueue:
                enqueue_rebuild_on_commit(str(rebuild.pk), 0)
    except IntegrityError as error:
        if "rebuilds_one_active" not in str(error):
            raise
        raise Refused("A rebuild is running already. Wait until it has ended, or cancel it.") from None
    rebuild.refresh_from_db()
    return rebuild


def approve_rebuild(*, rebuild_id: UUID, user: Any, enqueue: bool = True) -> None:
    """The difference that was shown is written, if it is still the same when a worker gets to it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            _not_while_importing()
            attempt = rebuild_states.approve(cursor, str(rebuild_id), getattr(user, "pk", None))
            if attempt is None:
                raise Refused("It doesn't wait for approval any more: somebody else has decided, or started another.")
            rebuild = Rebuild.objects.get(pk=rebuild_id)
            told = {BY_NAME[name].label: f"{part['changed']:,} rows" for name, part in rebuild.difference.items()}
            record(user=user, kind="derived.approved", subject=rebuild, after=told)
            if enqueue:
                enqueue_rebuild_on_commit(str(rebuild_id), attempt)
    except IntegrityError as error:
        if "rebuilds_one_active" not in str(error):
            raise
        raise Refused("Another rebuild is running. Wait until it has ended.") from None


def cancel_rebuild(*, rebuild_id: UUID, user: Any) -> bool:
    """False when it had ended before."""
    with transaction.atomic(), connection.cursor() as cursor:
        state = rebuild_states.request_cancel(cursor, str(rebuild_id))
        if state is None:
            return False
        record(user=user, kind="derived.cancelled", subject=("rebuilds", rebuild_id), after={"state": state})
    return True


def _not_while_importing() -> None:
    with connection.cursor() as cursor:
        try:
            refuse_while_importing(cursor)
        except NotNow as error:
            raise Refused(str(error)) from None
