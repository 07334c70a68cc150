"""Take entries of the inbox: receive each, once, and start the import of every bundle in it."""

from typing import Any

from django.db import connection, transaction

from meets import inbox
from meets.actions.receive_bundle import receive_path
from meets.actions.refused import Refused
from meets.actions.start_import import start_import
from meets.bundles.problems import BadBundle
from meets.models import Bundle, Import, Mode, State

# While one of these, another press of the button must not start a second import of the same files.
UNDER_WAY = (State.QUEUED, State.RUNNING, State.NEEDS_ANSWER)


def take_inbox(*, names: list[str], user: Any) -> tuple[list[Import], list[str]]:
    """(imports started, sentences about what could not be): one bad entry does not hold up the others."""
    inbox.settle()
    started: list[Import] = []
    refusals: list[str] = []
    waiting = {entry.name: entry for entry in inbox.entries()}
    for name in dict.fromkeys(names):
        entry = waiting.get(name)
        try:
            if entry is None:
                raise Refused("it is not in the inbox any more.")
            if entry.arriving:
                raise Refused("it is still being written. Try again in a moment.")
            bundles = entry.bundles or _received(entry, user)
            for bundle in bundles:
                _start(bundle, user, started)
        except (Refused, BadBundle) as refusal:
            refusals.append(f"{name}: {refusal}")
        except OSError as error:
            refusals.append(f"{name}: it can't be read ({error.strerror}).")
    return started, refusals


def _received(entry: inbox.Entry, user: Any) -> list[Bundle]:
    with transaction.atomic(), connection.cursor() as cursor:
        # Two people press the button at once: the second finds what the first has received.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"inbox {entry.mark}"])
        if found := list(Bundle.objects.filter(check_report__inbox=entry.mark)):
            return found
        bundles = receive_path(entry.path, user)
        for bundle in bundles:
            bundle.check_report["inbox"] = entry.mark
            bundle.save(update_fields=["check_report"])
    return bundles


def _start(bundle: Bundle, user: Any, started: list[Import]) -> None:
    if bundle.imports.filter(mode=Mode.IMPORT, state__in=(*UNDER_WAY, State.DONE)).exists():
        return
    started.append(start_import(bundle=bundle, mode=Mode.IMPORT, user=user))
