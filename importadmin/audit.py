"""The one way into the audit log. Entries are only ever added; the database refuses to change or remove one."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Model

from importadmin.models import AuditEntry

# What comes before the dot of a kind, and how the audit page's filter calls it.
THINGS: dict[str, str] = {
    "import": "Imports",
    "preview": "Previews",
    "bundle": "Bundles",
    "case": "Review: cases and decisions",
    "decision": "Review: decisions undone",
    "meet": "Meets",
    "race": "Races",
    "course": "Courses",
    "school": "Schools",
    "athlete": "Athletes",
    "result": "Results",
    "derived": "Derived tables",
    "note": "Notes",
    "person": "People and roles",
    "sign_in": "Sign-ins",
    "removal": "Removals",
    "system": "System",
}


def record(
    *,
    user: Any,
    kind: str,
    subject: Model | tuple[str, Any] | None = None,
    meet_id: UUID | str | None = None,
    athlete_ids: Iterable[UUID | str] = (),
    reason: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    who: str = "",
) -> AuditEntry:
    """Write one entry, in the transaction of the change that it tells about.

    `kind` is `thing.done`, such as 'meet.closed', its thing one of THINGS. `subject` is a row, or (table, id) of one.
    `meet_id` and `athlete_ids` are whom else it concerns: the page finds the entry under each. `user` None: nobody
    was signed in; `who` then says what did it ('nightly schedule'), and is 'command line' unless given.
    """
    thing, _, done = kind.partition(".")
    if thing not in THINGS or not done:
        raise ValueError(
            f"'{kind}' is no kind of the audit log: write thing.done, the thing one of {', '.join(THINGS)}."
        )
    table, key = ("", "")
    if subject is not None:
        table, key = (subject._meta.db_table, subject.pk) if isinstance(subject, Model) else subject
    actor = user if getattr(user, "is_authenticated", False) else None
    return AuditEntry.objects.create(
        actor=actor,
        who="" if actor else who or "command line",
        action=kind,
        subject_table=table,
        subject_id=str(key),
        meet_id=meet_id or (key if table == "meets" else None),
        athlete_ids=sorted({str(one) for one in (*athlete_ids, *([key] if table == "athletes" else []))}),
        reason=reason.strip(),
        before=dict(before) if before is not None else None,
        after=dict(after) if after is not None else None,
    )
