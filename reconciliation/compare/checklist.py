"""The closing checklist of a meet: each line looked up in the database now, with the figures that it rests on."""

from collections import defaultdict
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection

from meets.meet_figures import latest_import
from meets.models import Import
from reconciliation.compare.query import bind, read
from reconciliation.models import Case, CaseStatus

Check = dict[str, Any]
DERIVED = (
    ("normalized_times", "normalised times"),
    ("athlete_best_times", "best times"),
    ("course_records", "course records"),
    ("school_hall_of_fame", "halls of fame"),
    ("school_course_records", "school course records"),
)
# pg_trigger.tgtype: insert, delete and update
WAKES_FOR_ALL = 4 | 8 | 16


def checklist(meet_id: Any) -> list[Check]:
    """[{key, label, ok, detail, figures}], in the order in which they are read."""
    import_ = latest_import(meet_id)
    return [
        _triggers(),
        _counts(meet_id),
        _derived(meet_id),
        _ledger(meet_id, import_),
        _cases(meet_id),
        _orphans(meet_id),
        _files(import_),
    ]


def _check(key: str, label: str, ok: bool, detail: str, **figures: Any) -> Check:
    return {"key": key, "label": label, "ok": ok, "detail": detail, "figures": figures}


def _triggers() -> Check:
    found = _rows("triggers", "")
    off = [row["tgname"] for row in found if not row["is_on"]]
    ours = [row for row in found if row["is_ours"] and row["is_on"]]
    wakes = 0
    for row in ours:
        wakes |= row["wakes"]
    if off:
        detail = f"Switched off on results: {', '.join(off)}. An admin can switch it on again."
    elif wakes != WAKES_FOR_ALL:
        detail = "The triggers that keep counts and records right are not all there. Run `manage.py migrate`."
    else:
        detail = f"All {len(ours)} triggers on results are on."
    ok = not off and wakes == WAKES_FOR_ALL
    return _check("triggers_on", "Triggers on", ok, detail, ours=len(ours), off=off)


def _counts(meet_id: Any) -> Check:
    row = _rows("counts", meet_id)[0]
    ok = row["cached"] == row["counted"]
    detail = f"{row['counted']:,} results counted, and the meet says the same."
    if not ok:
        detail = f"The meet says {row['cached']:,} results, but {row['counted']:,} are there."
    return _check("counts_equal", "Counts equal", ok, detail, **row)


def _derived(meet_id: Any) -> Check:
    figures = {}
    for name, _ in DERIVED:
        row = _rows(name, meet_id)[0]
        figures[name] = {"rows": int(row["rows"]), "stale": int(row["stale"])}
    stale = [f"{figures[name]['stale']:,} of the {words}" for name, words in DERIVED if figures[name]["stale"]]
    detail = (
        f"{sum(figure['rows'] for figure in figures.values()):,} rows that rest on this meet are as they should be."
    )
    if stale:
        detail = f"Not as they should be: {', '.join(stale)}. A rebuild puts them right."
    return _check("derived_fresh", "Derived tables fresh", not stale, detail, **figures)


def _ledger(meet_id: Any, import_: Import | None) -> Check:
    label = "Ledger balanced"
    if import_ is None:
        return _check("ledger_balanced", label, True, "No import of this meet, so no ledger.", lines=0, rows=0)
    rows = _rows("ledger", meet_id, import_.pk)
    figures = {
        "lines": import_.lines,
        "rows": sum(row["rows"] for row in rows),
        "without_result": sum(row["without_result"] for row in rows),
        "without_case": sum(row["without_case"] for row in rows),
        "claimed_twice": _rows("claimed_twice", meet_id, import_.pk)[0]["claimed_twice"],
        "races_off": _races_off(rows, import_),
    }
    wrong = [
        sentence.format(figures[name])
        for name, sentence in (
            ("without_result", "{:,} rows said to be on the site have no result of their race and time"),
            ("without_case", "{:,} held rows have no open question"),
            ("claimed_twice", "{:,} results are claimed by two lines"),
            ("races_off", "{:,} races have other rows than when they were imported"),
        )
        if figures[name]
    ]
    if figures["rows"] != figures["lines"]:
        wrong.insert(0, f"the file has {figures['lines']:,} lines, but {figures['rows']:,} rows are kept")
    detail = f"All {figures['lines']:,} lines of the latest import are accounted for, race by race."
    if wrong:
        detail = f"In the latest import {'; '.join(wrong)}."
    return _check("ledger_balanced", label, not wrong, detail, **figures)


def _races_off(rows: list[dict[str, Any]], import_: Import) -> int:
    """Races whose rows differ in number from what the import's report counted as it ran."""
    reported = {
        race["race_id"]: sum(race["outcomes"].values()) for race in import_.report.get("races", []) if race["race_id"]
    }
    if not reported:
        return 0
    kept: dict[str, int] = defaultdict(int)
    for row in rows:
        if row["race_id"]:
            kept[str(row["race_id"])] += row["rows"]
    return sum(kept.get(race, 0) != reported.get(race, 0) for race in {*kept, *reported})


def _cases(meet_id: Any) -> Check:
    waiting = Case.objects.filter(meet_id=meet_id, status=CaseStatus.OPEN).count()
    detail = "No question about this meet waits for a reviewer."
    if waiting:
        detail = f"{waiting:,} question{'s wait' if waiting > 1 else ' waits'} for a reviewer."
    return _check("no_open_case", "No open case", not waiting, detail, open=waiting)


def _orphans(meet_id: Any) -> Check:
    row = _rows("orphans", meet_id)[0]
    detail = f"All {row['rows']:,} best times of its athletes lead to a result of theirs."
    if row["orphans"]:
        detail = f"{row['orphans']:,} best times lead to a result that is not there. A rebuild puts them right."
    return _check("no_orphans", "No orphaned best time", not row["orphans"], detail, **row)


def _files(import_: Import | None) -> Check:
    label = "Files kept in storage"
    if import_ is None:
        return _check("files_kept", label, True, "No bundle of this meet came through here.", files=0, lost=[])
    stored = {str(file.get("name", kind)): file.get("storage") for kind, file in import_.bundle.files.items()}
    lost = sorted(name for name, path in stored.items() if not path or not default_storage.exists(path))
    detail = f"The {len(stored):,} files of its bundle are in storage."
    if lost:
        detail = f"No longer in storage: {', '.join(lost)}."
    elif not stored:
        detail = "The bundle of the latest import lists no files."
    return _check("files_kept", label, bool(stored) and not lost, detail, files=len(stored), lost=lost)


def _rows(name: str, meet_id: Any, import_id: Any = None) -> list[dict[str, Any]]:
    text = read(f"checks/{name}.sql")
    with connection.cursor() as cursor:
        cursor.execute(bind(text, str(meet_id), str(import_id) if import_id else None) if meet_id else text)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
