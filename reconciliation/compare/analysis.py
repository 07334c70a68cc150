"""The whole comparison of a meet, row by row: what is missing or extra, why, and what belongs together."""

from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection

from meets.meet_figures import latest_import
from meets.models import Import, ImportRow, Meet, Outcome, Race, Result
from reconciliation.compare import query
from reconciliation.compare.labels import KNOWN_SPELLING, OTHER_NAME, label
from reconciliation.compare.likely import pair_leftovers
from reconciliation.compare.pairing import pair
from reconciliation.compare.query import CsvLine, DbResult
from reconciliation.compare.standing import Standing, standings
from reconciliation.compare.summary import Figures

Row = TypeVar("Row", CsvLine, DbResult)
NOT_RESULTS = (Outcome.SKIPPED, Outcome.REJECTED, Outcome.REPEATED)


@dataclass(slots=True)
class Missing:
    """A line that no result answers; `likely` is the extra result that it probably is, `label` why."""

    line: CsvLine
    standing: Standing
    likely: DbResult | None = None
    label: str = ""


@dataclass(slots=True)
class Extra:
    """A result that no line answers."""

    result: DbResult
    likely: CsvLine | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Variant:
    """A line and a result that are the same, under two spellings."""

    line: CsvLine
    result: DbResult
    label: str


@dataclass(slots=True)
class Analysis:
    meet: Meet
    import_: Import | None
    figures: Figures
    missing: list[Missing] = field(default_factory=list)
    extra: list[Extra] = field(default_factory=list)
    variants: list[Variant] = field(default_factory=list)
    # Lines whose exact (name, race, time) the database does not have, one for each: the site's guide's "missing".
    strict_missing: list[Missing] = field(default_factory=list)
    strict_extra: list[DbResult] = field(default_factory=list)
    races: dict[UUID, Race] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        if self.import_ is None:
            return "No import has brought a CSV for this meet, so there is nothing to compare its results with."
        return self.figures.sentence

    def lines(self, outcome: Outcome) -> Any:
        """The import rows of one outcome, in the file's order."""
        if self.import_ is None:
            return ImportRow.objects.none()
        return ImportRow.objects.filter(import_id=self.import_.pk, outcome=outcome).order_by("line")


def analyse(meet_id: Any, import_id: Any = None) -> Analysis:
    """Compare a meet with its latest applied import, or with the given one."""
    meet = Meet.objects.get(pk=meet_id)
    import_ = Import.objects.get(pk=import_id) if import_id else latest_import(meet_id)
    races = {race.pk: race for race in Race.objects.filter(meet_id=meet_id)}
    db_total = Result.objects.filter(meet_id=meet_id).count()
    if import_ is None:
        return Analysis(meet, None, Figures(0, db_total, 0, 0, 0, 0), races=races)
    csv_total = (
        ImportRow.objects.filter(import_id=import_.pk, time_cs__isnull=False).exclude(outcome__in=NOT_RESULTS).count()
    )
    found = Analysis(meet, import_, Figures(csv_total, db_total, 0, 0, 0, 0), races=races)
    _fill(found)
    return found


def _fill(found: Analysis) -> None:
    assert found.import_ is not None  # noqa: S101 (for the type checker; analyse() returned before)
    missing: list[CsvLine] = []
    strict: list[tuple[CsvLine, DbResult | None]] = []
    extra: list[DbResult] = []
    with connection.cursor() as cursor:
        for finish in query.leftover(cursor, str(found.meet.pk), str(found.import_.pk)):
            pairs = pair(finish.lines, finish.results)
            paired = {line.line: result for line, result in pairs}
            missing += [line for line in finish.lines if line.line not in paired and line.outcome != Outcome.DISMISSED]
            taken = {result.result_id for _, result in pairs}
            extra += [result for result in finish.results if result.result_id not in taken]
            found.variants += [
                Variant(line, result, _variant_label(line, result))
                for line, result in pairs
                if line.name != result.name
            ]
            strict += [(line, paired.get(line.line)) for line in _absent_by_name(finish.lines, finish.results)]
            found.strict_extra += _absent_by_name(finish.results, finish.lines)
    _judge(found, missing, strict, extra)


def _judge(
    found: Analysis,
    missing: list[CsvLine],
    strict: list[tuple[CsvLine, DbResult | None]],
    extra: list[DbResult],
) -> None:
    """Say of each missing line whether its athlete is there, and which extra result it probably is."""
    answered = {line.line: result for line, result in strict if result is not None}
    everyone = {line.line: line for line in missing} | {line.line: line for line, _ in strict}
    standing = standings(list(everyone.values()), answered, found.races)
    rows = {line.line: Missing(line, standing[line.line]) for line in everyone.values()}
    extras = {result.result_id: Extra(result) for result in extra}
    for line, result, why in pair_leftovers(missing, extra):
        rows[line.line].likely, rows[line.line].label = result, why
        extras[result.result_id].likely, extras[result.result_id].label = line, why
    found.missing = [rows[line.line] for line in sorted(missing, key=lambda line: line.line)]
    found.strict_missing = [rows[line.line] for line, _ in sorted(strict, key=lambda item: item[0].line)]
    found.extra = list(extras.values())
    found.variants.sort(key=lambda variant: variant.line.line)
    found.figures = Figures(
        csv_total=found.figures.csv_total,
        db_total=found.figures.db_total,
        strict_missing=len(found.strict_missing),
        strict_extra=len(found.strict_extra),
        folded_missing=len(found.missing),
        folded_extra=len(found.extra),
    )


def _absent_by_name(rows: list[Row], others: list[Any]) -> list[Row]:
    """Of each exact name that the other side does not have, the first row: sets, as the site's guide compares."""
    there = {other.name for other in others}
    first: dict[str, Row] = {}
    for row in rows:
        if row.name not in there:
            first.setdefault(row.name, row)
    return list(first.values())


def _variant_label(line: CsvLine, result: DbResult) -> str:
    """Names that do not even fold to one another belong together because the athlete is known under both."""
    why = label(line.name, result.name)
    return KNOWN_SPELLING if why == OTHER_NAME else why
