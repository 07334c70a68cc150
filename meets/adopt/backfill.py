"""Rows that must be filled or put right for our triggers to go on from: in batches, each a short transaction."""

from typing import Any
from uuid import UUID

from django.db import connection, transaction

from meets import sql
from meets.adopt.shape import Shape, rows, value
from meets.adopt.step import Step
from meets.pipeline.lock import take_identity_lock

BATCH = 5_000
MEETS_A_BATCH = 200


def steps(have: Shape, phase: str) -> list[Step]:
    found = []
    empty = "name_key IS NULL OR coalesce(slug, '') = ''"
    if ("athletes", "name_key") not in have.columns:
        empty = "true"
    if athletes := value(f"SELECT count(*) FROM public.athletes WHERE {empty}"):  # noqa: S608
        title = (
            f"{athletes:,} athletes without a name key or a slug, {BATCH:,} at a time; no slug that is there changes"
        )
        text = "UPDATE public.athletes SET name_key = importadmin.name_key(name) WHERE name_key IS NULL;"
        found.append(Step(phase, title, text, run=fill_athletes))
    if off := len(rows(sql.read("adopt/counts_off.sql"))):
        title = f"{off:,} meets whose cached count is off: our triggers add to it and subtract from it"
        text = (
            "UPDATE public.meets m SET result_count = (SELECT count(*) FROM public.results r WHERE r.meet_id = m.id)\n"
            "WHERE …;  -- those that are off"
        )
        found.append(Step(phase, title, text, run=put_counts_right))
    return found


def _begin(cursor: Any) -> None:
    cursor.execute("SELECT set_config('importadmin.bulk', 'on', true)")
    take_identity_lock(cursor)


def fill_athletes() -> None:
    """Once through the athletes by id; whoever is interrupted begins again and passes those that are filled."""
    statement, after, filled = sql.read("adopt/fill_name_keys.sql"), None, 1
    while filled:
        filled, after = _fill_batch(statement, after)
    while _fill_slug():
        pass


def _fill_batch(statement: str, after: UUID | None) -> tuple[int, UUID | None]:
    with transaction.atomic(), connection.cursor() as cursor:
        _begin(cursor)
        cursor.execute(statement, {"after": after, "size": BATCH})
        count, last = cursor.fetchone()
        return int(count), last


def _fill_slug() -> bool:
    with transaction.atomic(), connection.cursor() as cursor:
        _begin(cursor)
        cursor.execute(sql.read("adopt/fill_slug.sql"))
        return bool(cursor.rowcount)


def put_counts_right() -> None:
    off = [row[0] for row in rows(sql.read("adopt/counts_off.sql"))]
    for start in range(0, len(off), MEETS_A_BATCH):
        with transaction.atomic(), connection.cursor() as cursor:
            _begin(cursor)
            some = off[start : start + MEETS_A_BATCH]
            # Locked first and counted in a statement of its own: it then sees what was committed meanwhile, and
            # whoever inserts now adds to the row after us.
            cursor.execute("SELECT 1 FROM public.meets WHERE id = ANY (%s) ORDER BY id FOR NO KEY UPDATE", [some])
            cursor.execute(
                """UPDATE public.meets m SET result_count = n.n
                   FROM (SELECT u.id, (SELECT count(*) FROM public.results r WHERE r.meet_id = u.id) AS n
                         FROM unnest(%s::uuid[]) AS u (id)) n
                   WHERE m.id = n.id AND m.result_count <> n.n""",
                [some],
            )
