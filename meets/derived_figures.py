"""What the page of the derived tables says of each. Large tables are counted by the planner's estimate, and what is
stale or orphaned by the last rebuild's look: a page must not read millions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from meets.derived_tables import TABLES
from meets.models import Rebuild, RebuildState

EXACT_UP_TO = 200_000
LOOKED_BACK = 100

ESTIMATES = """
    SELECT relname, greatest(reltuples, 0)::bigint FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relname = ANY(%s)"""


@dataclass
class DerivedTable:
    """`looked` is the last run that worked this table's difference out, `rebuilt` the last one that ended well."""

    name: str
    table: str
    label: str
    what: str
    function: str
    rows: int
    estimated: bool
    last_written: datetime | None
    looked: Rebuild | None = None
    rebuilt: Rebuild | None = None

    @property
    def told(self) -> dict[str, Any]:
        return self.looked.difference.get(self.name, {}) if self.looked else {}

    @property
    def stale(self) -> int | None:
        """Rows that were wrong at the last look; none are left of them once that run has written."""
        if self.looked is None:
            return None
        return 0 if self.looked.state == RebuildState.DONE else int(self.told["changed"])

    @property
    def orphans(self) -> int | None:
        if self.looked is None:
            return None
        return 0 if self.looked.state == RebuildState.DONE else int(self.told["orphans"])

    @property
    def seconds(self) -> float | None:
        return self.told.get("seconds")


def derived_figures() -> list[DerivedTable]:
    figures = _counted()
    lately = Rebuild.objects.exclude(difference={}).order_by("-created_at")[:LOOKED_BACK]
    for run in lately:
        for figure in figures:
            if figure.name in run.difference:
                figure.looked = figure.looked or run
                if run.state == RebuildState.DONE:
                    figure.rebuilt = figure.rebuilt or run
    return figures


def _counted() -> list[DerivedTable]:
    figures = []
    with connection.cursor() as cursor:
        cursor.execute(ESTIMATES, [[derived.table for derived in TABLES]])
        estimates = dict(cursor.fetchall())
        for derived in TABLES:
            estimated = estimates.get(derived.table, 0) > EXACT_UP_TO
            rows, last = estimates[derived.table], None
            condition = " WHERE normalized_time_cs IS NOT NULL" if derived.table == "results" else ""
            if not estimated:
                # Names are constants of derived_tables.py.
                cursor.execute(f"SELECT count(*), max(updated_at) FROM public.{derived.table}{condition}")  # noqa: S608
                rows, last = cursor.fetchone()
            figures.append(
                DerivedTable(
                    derived.name, derived.table, derived.label, derived.what, derived.function, rows, estimated, last
                )
            )
    return figures
