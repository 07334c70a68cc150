"""Pages of an import's rows, by keyset: a page costs the same at line 100 and at line 1,000,000."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q, QuerySet

from meets.models import Athlete, Import, ImportProblem, ImportRow, Outcome, Race
from meets.problem_files import results_name

ROWS_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class RowFilter:
    """What the reader of the page asked for. `after` and `before` are line numbers, the keys of the pages."""

    outcome: str = ""
    race: UUID | None = None
    no_race: bool = False
    search: str = ""
    after: int | None = None
    before: int | None = None

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "RowFilter":
        """Nonsense in an address is ignored rather than refused: the page then shows more, never less."""
        outcome = query.get("outcome", "")
        return cls(
            outcome=outcome if outcome in Outcome.values else "",
            race=_uuid(query.get("race", "")),
            no_race=query.get("race") == "none",
            search=query.get("q", "").strip()[:200],
            after=_line(query.get("after", "")),
            before=_line(query.get("before", "")),
        )

    def rows(self, import_: Import) -> QuerySet[ImportRow]:
        rows = ImportRow.objects.filter(import_id=import_.pk)
        if self.outcome:
            rows = rows.filter(outcome=self.outcome)
        if self.race or self.no_race:
            rows = rows.filter(race_id=self.race)
        if self.search:
            rows = rows.filter(self._matches_search())
        return rows

    def _matches_search(self) -> Q:
        line = _line(self.search)
        if line is not None:
            return Q(line__lte=line, line_last__gte=line)
        return Q(athlete_name__icontains=self.search) | Q(raw__icontains=self.search)


@dataclass(slots=True)
class ShownRow:
    """An import row with what its line on the page needs beside it."""

    row: ImportRow
    race: str = ""
    slug: str = ""
    case_id: UUID | None = None
    problems: list[ImportProblem] = field(default_factory=list)

    @property
    def line_label(self) -> str:
        if self.row.line_last > self.row.line:
            return f"{self.row.line}–{self.row.line_last}"
        return str(self.row.line)


@dataclass(frozen=True, slots=True)
class RowPage:
    rows: list[ShownRow]
    older: int | None  # `before` key of the page before this one
    newer: int | None  # `after` key of the page after this one


def page_of_rows(import_: Import, wanted: RowFilter, size: int = ROWS_A_PAGE) -> RowPage:
    rows = wanted.rows(import_)
    if wanted.before is not None:
        found = list(rows.filter(line__lt=wanted.before).order_by("-line")[: size + 1])
        more_before, more_after = len(found) > size, True
        found = found[:size][::-1]
    else:
        after = wanted.after or 0
        found = list(rows.filter(line__gt=after).order_by("line")[: size + 1])
        more_before, more_after = after > 0, len(found) > size
        found = found[:size]
    return RowPage(
        rows=_dress(import_, found),
        older=found[0].line if found and more_before else None,
        newer=found[-1].line if found and more_after else None,
    )


def _dress(import_: Import, rows: list[ImportRow]) -> list[ShownRow]:
    """Races, athletes, cases and problems of these rows: one query each."""
    lines = [row.line for row in rows]
    races = dict(Race.objects.filter(id__in={row.race_id for row in rows}).values_list("id", "name"))
    slugs = dict(Athlete.objects.filter(id__in={row.athlete_id for row in rows}).values_list("id", "slug"))
    cases: dict[int, UUID] = {}
    if any(row.outcome == Outcome.HELD for row in rows):
        cases = _cases(import_, lines)
    problems: dict[int, list[ImportProblem]] = defaultdict(list)
    if lines:
        found = ImportProblem.objects.filter(
            import_id=import_.pk, file=results_name(import_), line__range=(lines[0], lines[-1])
        )
        for problem in found.order_by("line", "id")[: 10 * len(lines)]:
            problems[problem.line or 0].append(problem)
    return [
        ShownRow(
            row=row,
            race=races.get(row.race_id, "") if row.race_id else "",
            slug=(slugs.get(row.athlete_id) or "") if row.athlete_id else "",
            case_id=cases.get(row.line),
            problems=problems.get(row.line, []),
        )
        for row in rows
    ]


def _cases(import_: Import, lines: list[int]) -> dict[int, UUID]:
    # By name: `reconciliation` builds on `meets`, never the other way round.
    case_rows: Any = apps.get_model("reconciliation", "CaseRow")
    found = case_rows.objects.filter(import_id=import_.pk, line__in=lines)
    return dict(found.values_list("line", "case_id"))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _line(text: str) -> int | None:
    """A line number, if it is one that a row can have (the column is a four-byte integer)."""
    digits = text.strip().replace(",", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 9:
        return None
    return int(digits)
