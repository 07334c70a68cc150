"""Figures of one meet's page: the three counts and what tells them apart, its imports, its courses without a rating."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import F, QuerySet

from meets.models import Course, Import, Mode, Outcome, State

IN_DATABASE = (Outcome.INSERTED, Outcome.ALREADY_PRESENT, Outcome.VARIANT_PRESENT)


@dataclass(frozen=True)
class Counts:
    """CSV, database and cached count, and a sentence for each difference."""

    lines: int | None
    database: int
    cached: int
    csv_sentence: str
    csv_ok: bool | None
    cached_ok: bool


def latest_import(meet_id: UUID) -> Import | None:
    """The latest import that was applied to the meet; one that waited long may have begun before another."""
    applied = imports_of(meet_id).filter(mode=Mode.IMPORT, state=State.DONE)
    return applied.order_by(F("finished_at").desc(nulls_last=True), "-pk").first()


def imports_of(meet_id: UUID) -> QuerySet[Import]:
    return Import.objects.filter(meet_id=meet_id).select_related("bundle", "created_by").order_by("-created_at", "-pk")


def counts_of(meet_id: UUID, cached: int, latest: Import | None) -> Counts:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM results WHERE meet_id = %s", [meet_id])
        (database,) = cursor.fetchone()
    if latest is None:
        sentence = "No bundle of this meet has been imported here, so there is no CSV to compare with."
        return Counts(None, database, cached, sentence, None, cached == database)
    sentence, ok = explain(latest.outcomes, latest.lines, database)
    return Counts(latest.lines, database, cached, sentence, ok, cached == database)


def explain(outcomes: dict[str, int], lines: int, database: int) -> tuple[str, bool]:
    """Why the CSV has another number of lines than the database has results; whether the ledger explains it all."""
    there = sum(outcomes.get(outcome, 0) for outcome in IN_DATABASE)
    others = [
        f"{outcomes[outcome]:,} {words}"
        for outcome, words in (
            (Outcome.HELD, "waiting for review"),
            (Outcome.SKIPPED, "without a time"),
            (Outcome.REJECTED, "in need of repair"),
            (Outcome.REPEATED, "written twice"),
            (Outcome.DISMISSED, "set aside"),
        )
        if outcomes.get(outcome)
    ]
    parts = " + ".join([f"{there:,} in the database", *others])
    sentence = f"{lines:,} lines = {parts}." if others else f"All {lines:,} lines are in the database."
    if database > there:
        sentence += f" The database has {database - there:,} more that this CSV does not have."
    if database < there:
        sentence += f" But {there - database:,} of them are no longer there."
    return sentence, database == there


def courses_to_rate(meet_id: UUID) -> list[Course]:
    return list(Course.objects.filter(race__meet_id=meet_id, difficulty_rating=None).select_related("venue").distinct())
