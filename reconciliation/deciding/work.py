"""One decision at work: every row that it changes goes through here and into the journal, whole, before and after.

Triggers stand aside meanwhile (importadmin.bulk): at the end counts, normalised times and derived tables of what was
touched are refreshed once, by key, under the same row locks that the triggers take.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

Row = dict[str, Any]
# Every table that a decision may change, with its key.
KEYS: dict[str, tuple[str, ...]] = {
    "public.athletes": ("id",),
    "public.results": ("id",),
    "public.potential_duplicates": ("id",),
    "public.potential_duplicate_athletes": ("id",),
    "importadmin.import_rows": ("import_id", "line"),
    "importadmin.cases": ("id",),
    "importadmin.case_rows": ("import_id", "line"),
    "importadmin.slug_redirects": ("slug",),
    "importadmin.athlete_aliases": ("id",),
    "importadmin.remembered_pairs": ("id",),
    "importadmin.set_aside_lines": ("id",),
    "importadmin.record_holds": ("id",),
}
SCHEMA_OF = {name.partition(".")[2]: name for name in KEYS}


class Work:
    """`cursor` is Django's, inside the transaction. `changes`: [(table, old, new)], in their order."""

    def __init__(self, cursor: Any) -> None:
        self.cursor = cursor
        self.cursor.execute("SELECT importadmin.new_id(), set_config('importadmin.bulk', 'on', true)")
        self.decision_id: UUID = self.cursor.fetchone()[0]
        self.changes: list[tuple[str, Row | None, Row | None]] = []
        self._refreshed = 0
        # Of a rehearsal: whose lists of records are compared, and how they stood before (showing.py).
        self.watched: dict[str, set[str]] = {"courses": set(), "schools": set()}
        self.before: dict[str, Row] = {}

    def rows(self, statement: str, params: Any = ()) -> list[Row]:
        self.cursor.execute(statement, params)
        names = [column.name for column in self.cursor.description]
        return [dict(zip(names, row, strict=True)) for row in self.cursor.fetchall()]

    def insert(self, table: str, rows: Sequence[Row], unless_there: bool = False) -> list[Row]:
        """Insert rows of the same columns; returns them as they stand. `unless_there`: what is there already stays."""
        if not rows:
            return []
        names = ", ".join(rows[0])
        conflict = "ON CONFLICT DO NOTHING" if unless_there else ""
        full = SCHEMA_OF[table]
        self.cursor.execute(
            f"""INSERT INTO {full} AS t ({names})
                SELECT {names} FROM jsonb_populate_recordset(NULL::{full}, %s) {conflict}
                RETURNING to_jsonb(t)""",  # noqa: S608 (names are this package's own)
            [_json(rows)],
        )
        made = [_loaded(row[0]) for row in self.cursor.fetchall()]
        self._keep(table, [(None, new) for new in made])
        return made

    def update(self, table: str, rows: Sequence[Row]) -> list[tuple[Row, Row]]:
        """Each row: its key and the columns to change, the same for all. Returns (old, new) of those that are there."""
        if not rows:
            return []
        full, keys = SCHEMA_OF[table], KEYS[SCHEMA_OF[table]]
        columns = [name for name in rows[0] if name not in keys]
        on = " AND ".join(f"t.{key} = g.{key}" for key in keys)
        given = ", ".join(f"g.{name} AS new_{name}" for name in columns)
        self.cursor.execute(
            # The update reads what was locked and kept: run beside each other, the two could miss each other's rows.
            f"""WITH old AS MATERIALIZED (
                    SELECT {_columns("t", keys)}, to_jsonb(t) AS old, {given}
                      FROM jsonb_populate_recordset(NULL::{full}, %s) g JOIN {full} t ON {on}
                     ORDER BY {_columns("t", keys)} FOR UPDATE OF t),
                new AS (
                    UPDATE {full} t SET {", ".join(f"{name} = g.new_{name}" for name in columns)} FROM old g WHERE {on}
                    RETURNING {_columns("t", keys)}, to_jsonb(t) AS new)
                SELECT old, new FROM old JOIN new USING ({", ".join(keys)})""",  # noqa: S608
            [_json(rows)],
        )
        pairs = [(_loaded(old), _loaded(new)) for old, new in self.cursor.fetchall()]
        self._keep(table, [(old, new) for old, new in pairs if old != new])
        return pairs

    def delete(self, table: str, keys: Iterable[Row]) -> list[Row]:
        given, full, names = list(keys), SCHEMA_OF[table], KEYS[SCHEMA_OF[table]]
        if not given:
            return []
        on = " AND ".join(f"t.{key} = g.{key}" for key in names)
        self.cursor.execute(
            f"""DELETE FROM {full} t USING jsonb_populate_recordset(NULL::{full}, %s) g WHERE {on}
                RETURNING to_jsonb(t)""",  # noqa: S608
            [_json([{key: row[key] for key in names} for row in given])],
        )
        gone = [_loaded(row[0]) for row in self.cursor.fetchall()]
        self._keep(table, [(old, None) for old in gone])
        return gone

    def _keep(self, table: str, pairs: list[tuple[Row | None, Row | None]]) -> None:
        self.changes += [(table, old, new) for old, new in pairs]

    def of(self, table: str) -> list[tuple[Row | None, Row | None]]:
        return [(old, new) for name, old, new in self.changes if name == table]

    def refresh(self) -> None:
        """Counts, normalised times and derived tables of all that was touched since the last refresh."""
        fresh, self._refreshed = self.changes[self._refreshed :], len(self.changes)
        results = [(old, new) for table, old, new in fresh if table == "results"]
        athletes = [row for table, old, new in fresh if table == "athletes" for row in (old, new) if row]
        images = [row for pair in results for row in pair if row]
        if results:
            self._count(results)
            alive = [new["id"] for _, new in results if new]
            self.cursor.execute(
                "SELECT importadmin.write_normalized_times_quietly(format('r.id = ANY (%%L::uuid[])', %s::uuid[]))",
                [alive],
            )
        people = {row["athlete_id"] for row in images} | {row["id"] for row in athletes}
        if people:
            self._refresh_people(
                sorted(people),
                {row["race_id"] for row in images if row["race_id"]},
                {row["school_id"] for row in athletes},
            )

    def _count(self, results: list[tuple[Row | None, Row | None]]) -> None:
        by: Counter[str] = Counter()
        for old, new in results:
            by.update([new["meet_id"]] if new else [])
            by.subtract([old["meet_id"]] if old else [])
        self.cursor.execute("SELECT importadmin.count_results(%s::uuid[], %s::int[])", [list(by), list(by.values())])

    def _refresh_people(self, people: list[str], races: set[str], schools: set[str]) -> None:
        # A renamed or moved athlete's records stand wherever the athlete ran; else only the touched races matter.
        self.cursor.execute(
            """SELECT importadmin.refresh_people(%s::uuid[],
                   ARRAY(SELECT DISTINCT ra.course_id FROM public.races ra
                          WHERE ra.course_id IS NOT NULL AND (ra.id = ANY (%s::uuid[]) OR %s AND ra.id IN (
                              SELECT r.race_id FROM public.results r WHERE r.athlete_id = ANY (%s::uuid[])))),
                   ARRAY(SELECT school_id FROM public.athletes WHERE id = ANY (%s::uuid[])
                         UNION SELECT unnest(%s::uuid[])))""",
            [people, list(races), bool(schools), people, people, list(schools)],
        )

    def move_outcomes(self) -> None:
        """Each import's counts by outcome follow its rows."""
        by: dict[str, Counter[str]] = {}
        for old, new in self.of("import_rows"):
            if old and new and old["outcome"] != new["outcome"]:
                counts = by.setdefault(old["import_id"], Counter())
                counts[old["outcome"]] -= 1
                counts[new["outcome"]] += 1
        for import_id in sorted(by):
            self.cursor.execute(
                """UPDATE importadmin.imports i SET outcomes = i.outcomes || (
                       SELECT jsonb_object_agg(d.key, coalesce((i.outcomes ->> d.key)::int, 0) + d.value::int)
                         FROM jsonb_each_text(%s) d) WHERE id = %s""",
                [json.dumps({key: by_n for key, by_n in by[import_id].items() if by_n}), import_id],
            )

    def write_journal(self) -> None:
        """Into `decision_changes`; a row that changed several times is told once, from its first state to its last."""
        told: dict[tuple[str, str], list[Any]] = {}
        for table, old, new in self.changes:
            row = new or old or {}
            key = json.dumps({name: row[name] for name in KEYS[SCHEMA_OF[table]]}, sort_keys=True, default=str)
            told.setdefault((table, key), [old, None])[1] = new
        lines = [
            {"table_name": table, "row_key": json.loads(key), "old": old, "new": new}
            for (table, key), (old, new) in told.items()
            if old != new
        ]
        self.cursor.execute(
            """INSERT INTO importadmin.decision_changes (decision_id, table_name, row_key, old, new)
               SELECT %s, x.table_name, x.row_key, nullif(x.old, 'null'), nullif(x.new, 'null')
                 FROM jsonb_to_recordset(%s) AS x (table_name text, row_key jsonb, old jsonb, new jsonb)""",
            [self.decision_id, _json(lines)],
        )


def _columns(alias: str, names: Iterable[str]) -> str:
    return ", ".join(f"{alias}.{name}" for name in names)


def _json(rows: Any) -> str:
    return json.dumps(rows, default=str)


def _loaded(value: Any) -> Row:
    row: Row = json.loads(value) if isinstance(value, str) else value
    return row
