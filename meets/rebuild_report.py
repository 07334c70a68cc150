"""What a rebuild would change, or has changed, told table by table in words that runners know."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from meets.derived_tables import BY_NAME, Derived
from meets.models import Athlete, ChangeKind, Course, Rebuild, RebuildChange, School

LINES = 100


@dataclass(frozen=True)
class Line:
    """One row of the shadow. `of` names the list ("Hill Park, girls, rank 3"), was and becomes whose it is."""

    kind: str
    label: str
    of: str
    was: str
    was_cs: int | None
    becomes: str
    becomes_cs: int | None


@dataclass(frozen=True)
class Part:
    derived: Derived
    told: Mapping[str, Any]
    kinds: list[tuple[str, int]]
    lines: list[Line]
    applied: int | None

    @property
    def more(self) -> int:
        return int(self.told["changed"]) - len(self.lines)


def parts_of(rebuild: Rebuild) -> list[Part]:
    """One part a table. The shadow may be gone (a crash of the database empties it): then there are counts alone."""
    parts = []
    kept = dict(rebuild.changes.values_list("derived").annotate(n=Count("pk")))
    for name, derived in BY_NAME.items():
        if not (told := rebuild.difference.get(name)):
            continue
        changes = list(rebuild.changes.filter(derived=derived.table).order_by("place")[:LINES]) if kept else []
        kinds = [(kind.label, told["kinds"][kind.value]) for kind in ChangeKind if told["kinds"].get(kind.value)]
        parts.append(Part(derived, told, kinds, _lines(derived, changes), rebuild.applied.get(name)))
    return parts


def _lines(derived: Derived, changes: list[RebuildChange]) -> list[Line]:
    told = [change for change in changes if change.was or change.becomes]
    names = _Names([row for change in told for row in (change.was, change.becomes) if row])
    return [_line(derived, change, names) for change in told]


def _line(derived: Derived, change: RebuildChange, names: "_Names") -> Line:
    was, becomes = change.was or {}, change.becomes or {}
    row = becomes or was
    return Line(
        kind=change.kind,
        label=ChangeKind(change.kind).label,
        of=_list_of(derived, row, names),
        was=_whose(derived, was, names),
        was_cs=_time(derived, was),
        becomes=_whose(derived, becomes, names),
        becomes_cs=_time(derived, becomes),
    )


def _list_of(derived: Derived, row: Mapping[str, Any], names: "_Names") -> str:
    gender = {"M": "boys", "F": "girls"}.get(row.get("gender", ""), "")
    if derived.name == "course_records":
        return f"{names.course(row)}, {gender}, rank {row['rank']}"
    if derived.name == "school_hall_of_fame":
        return f"{names.school(row)}, {gender}, rank {row['rank']}"
    if derived.name == "school_course_records":
        return f"{names.school(row)} on {names.course(row)}, {gender}, grade {row['grade']}"
    if derived.name == "athlete_best_times":
        return f"Season {row['season_year']}"
    return "Normalised time"


def _whose(derived: Derived, row: Mapping[str, Any], names: "_Names") -> str:
    return str(row.get("athlete_name") or names.athlete(row)) if row else ""


def _time(derived: Derived, row: Mapping[str, Any]) -> int | None:
    keys = {"normalized_times": "normalized_time_cs", "athlete_best_times": "season_best_time_cs",
            "school_hall_of_fame": "normalized_time_cs"}  # fmt: skip
    return row.get(keys.get(derived.name, "time_cs"))


class _Names:
    """The names of everybody and everything that some rows speak of, asked for once."""

    def __init__(self, rows: list[Mapping[str, Any]]) -> None:
        self._athletes = self._of(Athlete, rows, "athlete_id", unless="athlete_name")
        self._courses = self._of(Course, rows, "course_id", unless="course_name")
        self._schools = self._of(School, rows, "school_id", unless="school_name")

    def _of(self, model: Any, rows: list[Mapping[str, Any]], key: str, unless: str) -> dict[str, str]:
        ids = {row[key] for row in rows if row.get(key) and not row.get(unless)}
        return {str(pk): name for pk, name in model.objects.filter(pk__in=ids).values_list("pk", "name")} if ids else {}

    def athlete(self, row: Mapping[str, Any]) -> str:
        return self._athletes.get(row.get("athlete_id", ""), "somebody who is gone")

    def course(self, row: Mapping[str, Any]) -> str:
        return self._courses.get(row.get("course_id", ""), "a course that is gone")

    def school(self, row: Mapping[str, Any]) -> str:
        return self._schools.get(row.get("school_id", ""), "a school that is gone")
