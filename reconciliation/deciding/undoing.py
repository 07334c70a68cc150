"""Take a decision back: its journal is read backwards, column by column.

A row that the decision made goes, one that it took away comes back, a column that it changed gets its old value; each
only where the row still is as the decision left it. What somebody else has changed since is left alone and told. What a
later decision has changed stops the undo: that one comes first.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from reconciliation.actions.errors import Contradicts
from reconciliation.deciding import undo_rows
from reconciliation.deciding.work import KEYS, SCHEMA_OF, Row, Work
from reconciliation.models import Decision

# Kept by the database or worked out anew: no opinion of the decision's.
IGNORED = {"updated_at", "normalized_time_cs", "score", "version", "position", "claimed_by_id", "claimed_until",
           "parked_for_id", "name_key"}  # fmt: skip
# A case's candidates are proposals: that another merge renamed one too is no contradiction.
SOFT = {"cases": {"candidates", "subject", "evidence", "question", "evidence_hash", "import_id"}}
LATER = """
    SELECT d.id::text, c.table_name, c.row_key, c.old, c.new
      FROM jsonb_to_recordset(%s) AS k (table_name text, row_key jsonb)
      JOIN importadmin.decision_changes c USING (table_name, row_key)
      JOIN importadmin.decisions d ON d.id = c.decision_id
     WHERE c.decision_id > %s AND d.undoes_id IS NULL
       AND NOT EXISTS (SELECT FROM importadmin.decisions u WHERE u.undoes_id = d.id)
     ORDER BY d.id"""


@dataclass
class Change:
    table: str
    key: Row
    old: Row | None
    new: Row | None

    @property
    def columns(self) -> set[str]:
        """What the decision changed of the row."""
        old, new = self.old or {}, self.new or {}
        return {name for name in {*old, *new} if old.get(name) != new.get(name)} - IGNORED


@dataclass
class Undone:
    left: list[str] = field(default_factory=list)
    # Rows that are left as they are: (table, key as JSON).
    kept: set[tuple[str, str]] = field(default_factory=set)
    reopened: list[str] = field(default_factory=list)


def undo(work: Work, decision: Decision) -> Undone:
    changes = _changes(work, decision)
    _demand_no_contradiction(work, decision, changes)
    undone = Undone()
    athletes = [change for change in changes if change.table == "athletes"]
    others = [change for change in changes if change.table != "athletes"]
    _take_away(work, [change for change in others if change.table == "slug_redirects" and change.old is None], undone)
    _put_values_back(work, [change for change in athletes if change.old and change.new], undone)
    undo_rows.bring_back(work, [change for change in athletes if change.new is None], undone)
    rest = [change for change in others if not (change.table == "slug_redirects" and change.old is None)]
    results = [change for change in rest if change.table == "results"]
    _results(work, results, undone)
    for table in ("import_rows", "case_rows", "athlete_aliases", "remembered_pairs", "set_aside_lines",
                  "record_holds", "slug_redirects",
                  "potential_duplicates", "potential_duplicate_athletes"):  # fmt: skip
        of_table = [change for change in rest if change.table == table]
        _take_away(work, [change for change in of_table if change.old is None], undone)
        undo_rows.bring_back(work, [change for change in of_table if change.new is None], undone)
        _put_values_back(work, [change for change in of_table if change.old and change.new], undone)
    _cases(work, [change for change in rest if change.table == "cases"], undone)
    undo_rows.hold_again(work, changes)
    undo_rows.follow(work)
    created = [change for change in athletes if change.old is None]
    undo_rows.send_away(work, decision, created, undone)
    return undone


def _results(work: Work, changes: list[Change], undone: Undone) -> None:
    """Moved ones first: a key may be free only afterwards."""
    gone = [change for change in changes if change.old is None]
    undo_rows.release(work, [change for change in gone if _is_as_left(work, change)])
    _take_away(work, gone, undone)
    _put_values_back(work, [change for change in changes if change.old and change.new], undone)
    undo_rows.bring_back(work, [change for change in changes if change.new is None], undone)


def _changes(work: Work, decision: Decision) -> list[Change]:
    rows = work.rows(
        """SELECT table_name, row_key, old, new FROM importadmin.decision_changes WHERE decision_id = %s
            ORDER BY id DESC""",
        [decision.pk],
    )
    return [Change(row["table_name"], *(_json(row[name]) for name in ("row_key", "old", "new"))) for row in rows]


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _key(change: Change) -> str:
    return json.dumps(change.key, sort_keys=True)


def _demand_no_contradiction(work: Work, decision: Decision, changes: list[Change]) -> None:
    keys = json.dumps([{"table_name": change.table, "row_key": change.key} for change in changes])
    mine = {(change.table, _key(change)): change for change in changes}
    for row in work.rows(LATER, [keys, decision.pk]):
        later = Change(row["table_name"], *(_json(row[name]) for name in ("row_key", "old", "new")))
        change = mine[later.table, _key(later)]
        made_or_gone = None in (change.old, change.new, later.old, later.new)
        shared = (change.columns & later.columns) - SOFT.get(change.table, set())
        if (made_or_gone and later.table != "cases" and later.columns) or shared:
            raise Contradicts(Decision.objects.get(pk=row["id"]))


def current(work: Work, changes: list[Change]) -> dict[str, Row]:
    """The rows as they stand now, locked, by key."""
    if not changes:
        return {}
    full, names = SCHEMA_OF[changes[0].table], KEYS[SCHEMA_OF[changes[0].table]]
    on = " AND ".join(f"t.{name} = g.{name}" for name in names)
    order = ", ".join(f"t.{name}" for name in names)
    rows = work.rows(
        f"""SELECT to_jsonb(t) AS row FROM jsonb_populate_recordset(NULL::{full}, %s) g JOIN {full} t ON {on}
             ORDER BY {order} FOR UPDATE OF t""",  # noqa: S608 (names are this package's own)
        [json.dumps([change.key for change in changes])],
    )
    images = [_json(row["row"]) for row in rows]
    return {json.dumps({name: image[name] for name in names}, sort_keys=True): image for image in images}


def _same(left: Row, right: Row) -> bool:
    return all(left.get(name) == right.get(name) for name in {*left, *right} - IGNORED)


def _is_as_left(work: Work, change: Change) -> bool:
    now = current(work, [change]).get(_key(change))
    return now is not None and change.new is not None and _same(now, change.new)


def _take_away(work: Work, changes: list[Change], undone: Undone) -> None:
    """Rows that the decision made, where they still are as it made them."""
    there = current(work, changes)
    going = []
    for change in changes:
        now = there.get(_key(change))
        if now is None:
            continue
        if change.new is not None and _same(now, change.new):
            going.append(change.key)
        else:
            undone.kept.add((change.table, _key(change)))
            undone.left.append(undo_rows.told(work, change.table, now, "has been changed since and stays"))
    work.delete(changes[0].table if changes else "", going) if going else None


def _put_values_back(work: Work, changes: list[Change], undone: Undone) -> None:
    there = current(work, changes)
    by_columns: dict[tuple[str, ...], list[Row]] = {}
    for change in changes:
        now = there.get(_key(change))
        if now is None or change.old is None or change.new is None:
            undone.left.append(undo_rows.told(work, change.table, change.new or {}, "is gone by now"))
            continue
        values = {}
        for name in sorted(change.columns):
            if now.get(name) == change.new.get(name):
                values[name] = change.old.get(name)
            elif now.get(name) != change.old.get(name):
                undone.left.append(
                    undo_rows.told(work, change.table, now, f"keeps its {name.replace('_', ' ')} of today")
                )
        if change.table == "cases" and undone_stays(work, change, undone):
            values.pop("status", None)
        if values:
            by_columns.setdefault(tuple(values), []).append({**change.key, **values})
    for rows in by_columns.values():
        work.update(changes[0].table, rows)


def undone_stays(work: Work, change: Change, undone: Undone) -> bool:
    """A case whose every line has a result that had to be left stays answered: there is nothing left to ask."""
    if not undone.kept:
        return False
    waiting = work.rows(
        """SELECT count(*) AS all, count(*) FILTER (WHERE i.outcome = 'held') AS held FROM importadmin.case_rows w
             JOIN importadmin.import_rows i USING (import_id, line) WHERE w.case_id = %s""",
        [change.key["id"]],
    )[0]
    return bool(waiting["all"] and not waiting["held"])


def _cases(work: Work, changes: list[Change], undone: Undone) -> None:
    """Asked again, under a new version: whoever still has the old page open must look again."""
    made = [change for change in changes if change.old is None]
    there = current(work, made)
    work.update("cases", [{**change.key, "status": "obsolete"} for change in made if _key(change) in there])
    _put_values_back(work, [change for change in changes if change.old], undone)
    touched = [new for old, new in work.of("cases") if old and new and new["status"] == "open"]
    undone.reopened += [row["id"] for row in touched]
    work.update("cases", [{"id": row["id"], "version": row["version"] + 1} for row in touched])
