"""Correct a race, a meet or an athlete, with a preview that is the same code rolled back, a reason, and an undo.

The audit log is the journal: an entry `<thing>.corrected` holds the values before and after, and its undo is a
correction back to them, refused when somebody has changed one of them since. Records follow by the triggers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Model
from django.db.models.functions import Now

from importadmin.audit import record
from importadmin.models import AuditEntry
from meets.actions.correction_effects import Effects, effects_of, remember_records
from meets.actions.refused import Refused
from meets.models import Athlete, AthleteAlias, HoldStatus, Meet, Race, RecordHold
from meets.names import name_key
from meets.pipeline.lock import take_identity_lock


@dataclass(frozen=True)
class Thing:
    """What can be corrected of one kind of row. `labels` maps field (as stored) → words on the form."""

    kind: str
    model: type[Model]
    labels: Mapping[str, str]


THINGS = {
    "race": Thing("race", Race, {"distance_meters": "Distance in meters", "course_id": "Course"}),
    "meet": Thing("meet", Meet, {"name": "Name", "meet_date": "Date"}),
    "athlete": Thing(
        "athlete",
        Athlete,
        {
            "name": "Name",
            "first_name": "First name",
            "last_name": "Last name",
            "school_id": "School",
            "grad_year": "Graduates in",
            "gender": "Gender",
        },
    ),
}


REQUIRED = ("name", "meet_date", "school_id", "grad_year", "gender")
MOST_METERS = 50_000


class _Rollback(Exception):
    """The end of a preview."""


def correct(
    *, kind: str, key: UUID, values: Mapping[str, Any], seen: Mapping[str, str], user: Any, reason: str
) -> AuditEntry:
    """Write the values. `seen` is each field as the person saw it: whoever was second is told, not overruled.

    Raises Refused: no reason, nothing changed, a value that can't be, or somebody was faster.
    """
    if not reason.strip():
        raise Refused("Write down why: the audit log keeps it, and whoever comes after you will ask.")
    with transaction.atomic():
        before, after = _change(THINGS[kind], key, values, seen)
        return _record(kind, key, before, after, user, reason, "corrected")


def preview_correction(*, kind: str, key: UUID, values: Mapping[str, Any], seen: Mapping[str, str]) -> Effects:
    """What `correct` would do, found out by doing it and rolling back."""
    try:
        with transaction.atomic():
            _lock()
            remember_records(kind, key, values)
            before, after = _change(THINGS[kind], key, values, seen)
            found = effects_of(before, after)
            raise _Rollback
    except _Rollback:
        return found


def undo_correction(*, entry_id: int, user: Any, reason: str = "") -> AuditEntry:
    """Back to what was before, if nothing of it has been changed since."""
    entry = AuditEntry.objects.filter(pk=entry_id).first()
    kind = entry.action.partition(".")[0] if entry else ""
    if entry is None or kind not in THINGS or entry.action != f"{kind}.corrected":
        raise Refused("That is no correction that could be taken back.")
    known = THINGS[kind].labels
    back = {field: value for field, value in (entry.before or {}).items() if field in known}
    seen = {field: _text(value) for field, value in (entry.after or {}).items() if field in known}
    with transaction.atomic():
        before, after = _change(THINGS[kind], UUID(entry.subject_id), back, seen, undoing=True)
        if kind == "athlete":
            AthleteAlias.objects.filter(athlete_id=entry.subject_id, name=after.get("name", "")).delete()
        if kind == "race":
            # The question that the correction had settled is a question again.
            RecordHold.objects.filter(race_id=entry.subject_id, status=HoldStatus.CORRECTED).update(
                status=HoldStatus.OPEN, decided_at=None, decided_by=None
            )
        why = reason or f"Takes back entry {entry.pk}."
        return _record(kind, UUID(entry.subject_id), before, after, user, why, "correction_undone")


def _lock() -> None:
    with connection.cursor() as cursor:
        take_identity_lock(cursor)


def _change(
    thing: Thing, key: UUID, values: Mapping[str, Any], seen: Mapping[str, str], *, undoing: bool = False
) -> tuple[dict[str, Any], dict[str, Any]]:
    _lock()
    row: Any = thing.model._default_manager.select_for_update().filter(pk=key).first()
    if row is None:
        raise Refused("It is gone: somebody has removed or merged it.")
    for field, text in seen.items():
        if _text(getattr(row, field)) != text:
            raise Refused(f"{thing.labels[field]} was changed in the meantime. Look again; nothing was changed.")
    before: dict[str, Any] = {}
    for field, value in values.items():
        old = getattr(row, field)
        clean = _clean(thing, field, value)
        if _text(old) != _text(clean):
            before[field] = old
            setattr(row, field, clean)
    if not before:
        raise Refused("Nothing would change.")
    if "meet_date" in before and row.season_year == before["meet_date"].year:
        before["season_year"], row.season_year = row.season_year, row.meet_date.year
    _save(thing, row, list(before))
    if not undoing:
        _consequences(thing, row, before)
    return before, {field: getattr(row, field) for field in before}


def _clean(thing: Thing, field: str, value: Any) -> Any:
    """Raises ValidationError on what is no number, date or id, Refused on what can't be."""
    if value in ("", None):
        if field == "distance_meters":
            return 0  # unknown: the site's column is NOT NULL
        if field in REQUIRED:
            raise Refused(f"{thing.labels[field]} can't be empty.")
        return None
    model_field: Any = thing.model._meta.get_field(field)
    clean = model_field.to_python(value)
    if field == "distance_meters" and not 0 <= clean <= MOST_METERS:
        raise Refused(f"{clean:,} meters is no distance of a race: write one up to {MOST_METERS:,}, or nothing.")
    return clean


def _save(thing: Thing, row: Any, fields: list[str]) -> None:
    names = [thing.model._meta.get_field(field).name for field in fields]
    if hasattr(row, "updated_at"):
        row.updated_at = Now()
        names.append("updated_at")
    try:
        with transaction.atomic():
            row.save(update_fields=names)
    except IntegrityError as error:
        raise Refused(f"The site's tables don't take that: {str(error).splitlines()[0]}.") from None
    except DataError:
        raise Refused("One of the values is too large or of the wrong kind.") from None


def _consequences(thing: Thing, row: Any, before: Mapping[str, Any]) -> None:
    if thing.kind == "athlete" and "name" in before:
        # The next bundle still writes the old name: it must lead here.
        AthleteAlias.objects.get_or_create(
            athlete_id=row.pk, name=before["name"], school_id=None, grad_year=None, gender=None,
            defaults={"name_key": name_key(before["name"])},
        )  # fmt: skip
    if thing.kind == "race":
        # What was doubted has been mended, so its results may count.
        for hold in RecordHold.objects.filter(race_id=row.pk, status=HoldStatus.OPEN):
            hold.status = HoldStatus.CORRECTED
            hold.save(update_fields=["status"])


def _record(
    kind: str, key: UUID, before: Mapping[str, Any], after: Mapping[str, Any], user: Any, reason: str, done: str
) -> AuditEntry:
    return record(
        user=user,
        kind=f"{kind}.{done}",
        subject=(THINGS[kind].model._meta.db_table, key),
        reason=reason,
        before={field: _stored(value) for field, value in before.items()},
        after={field: _stored(value) for field, value in after.items()},
    )


def _stored(value: Any) -> Any:
    return str(value) if isinstance(value, (UUID, date)) else value


def _text(value: Any) -> str:
    """As a form shows it; 0 meters is no distance."""
    return "" if value is None else str(value)
