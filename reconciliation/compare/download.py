"""The analysis as files: JSON in the shape of the site's guide, and CSV for a spreadsheet."""

import csv
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from meets.models import Outcome
from reconciliation.compare.analysis import Analysis, Missing
from reconciliation.compare.query import CsvLine, DbResult
from reconciliation.compare.standing import Kind

HEADER = (
    "finding",
    "line",
    "athlete_name",
    "race",
    "race_id",
    "time_cs",
    "place",
    "grade",
    "status",
    "label",
    "db_name",
    "athlete_id",
    "result_id",
)
# A spreadsheet runs a cell that begins with one of these as a formula, some of them after spaces or in full width too.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def analysis_json(found: Analysis) -> dict[str, Any]:
    """The guide's analysis. Every strictly missing row is in one of two categories, a held one too."""
    exists = [missing for missing in found.strict_missing if missing.standing.known]
    unknown = [missing for missing in found.strict_missing if not missing.standing.known]
    return {
        "meet_id": str(found.meet.pk),
        "summary": {
            "csv_total": found.figures.csv_total,
            "db_total": found.figures.db_total,
            "missing_total": len(found.strict_missing),
            "athlete_exists": len(exists),
            "athlete_not_found": len(unknown),
        },
        "categories": {
            Kind.EXISTS.value: [missing_json(found, missing) for missing in exists],
            Kind.NOT_FOUND.value: [missing_json(found, missing) for missing in unknown],
        },
    }


def missing_json(found: Analysis, missing: Missing) -> dict[str, Any]:
    line, standing = missing.line, missing.standing
    race = found.races.get(line.race_id) if line.race_id else None
    return {
        "athlete_name": line.name,
        "race_id": _text(line.race_id),
        "time_cs": line.time_cs,
        "place": line.place,
        "grad_year": found.meet.season_year + 13 - line.grade if line.grade is not None else None,
        "gender": race.gender if race else None,
        "athlete_id": _text(standing.athlete_id),
        "db_name": standing.db_name,
    }


def full_json(found: Analysis) -> dict[str, Any]:
    """The analysis with everything that the comparison knows beside it, for operators and scripts."""
    figures = found.figures
    return analysis_json(found) | {
        "import_id": str(found.import_.pk) if found.import_ else None,
        "strict": {"missing": figures.strict_missing, "extra": figures.strict_extra},
        "folded": {"missing": figures.folded_missing, "extra": figures.folded_extra},
        "net": figures.net,
        "sentence": found.sentence,
        "truly_missing": [_truly_missing(found, missing) for missing in found.missing],
        "extra": [_result(extra.result) | {"label": extra.label} for extra in found.extra],
        "variants": [
            {"line": pair.line.line, "athlete_name": pair.line.name, "label": pair.label} | _result(pair.result)
            for pair in found.variants
        ],
        "repeated": list(found.lines(Outcome.REPEATED).values_list("line", flat=True)),
        "held": list(found.lines(Outcome.HELD).values_list("line", flat=True)),
    }


def _truly_missing(found: Analysis, missing: Missing) -> dict[str, Any]:
    race = found.races.get(missing.line.race_id) if missing.line.race_id else None
    return missing_json(found, missing) | {
        "line": missing.line.line,
        "race": race.name if race else None,
        "status": missing.standing.kind.value,
        "note": missing.standing.note,
        "probably": missing.likely.name if missing.likely else None,
        "label": missing.label,
    }


def _result(result: DbResult) -> dict[str, Any]:
    return {
        "db_name": result.name,
        "race_id": _text(result.race_id),
        "time_cs": result.time_cs,
        "place": result.place,
        "athlete_id": str(result.athlete_id),
        "result_id": str(result.result_id),
        "data_source": result.data_source,
    }


class _Echo:
    """A file that hands back what is written, so that a download streams."""

    def write(self, text: str) -> str:
        return text


def analysis_csv(found: Analysis) -> Iterator[str]:
    writer = csv.writer(_Echo())
    # Excel takes a file for UTF-8 only when it begins with the byte order mark.
    yield "\ufeff" + writer.writerow(HEADER)
    for row in _rows(found):
        yield writer.writerow([safe_cell(cell) for cell in row])


def safe_cell(cell: Any) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS) else text


def _rows(found: Analysis) -> Iterator[tuple[Any, ...]]:
    for missing in found.missing:
        standing = missing.standing
        yield (
            "missing",
            *_line_cells(found, missing.line),
            standing.kind.value,
            missing.label,
            standing.db_name,
            standing.athlete_id,
            None,
        )
    for extra in found.extra:
        yield ("extra", *_result_cells(found, extra.result), "", extra.label, *_whose(extra.result))
    for pair in found.variants:
        yield ("variant", *_line_cells(found, pair.line), "", pair.label, *_whose(pair.result))
    for outcome in (Outcome.REPEATED, Outcome.HELD):
        for row in found.lines(outcome).iterator(2000):
            where = _race_cells(found, row.race_id)
            cells = (row.line, row.athlete_name, *where, row.time_cs, row.place, row.grade)
            yield (outcome.value, *cells, "", "", None, row.athlete_id, row.result_id)


def _line_cells(found: Analysis, line: CsvLine) -> tuple[Any, ...]:
    return (line.line, line.name, *_race_cells(found, line.race_id), line.time_cs, line.place, line.grade)


def _result_cells(found: Analysis, result: DbResult) -> tuple[Any, ...]:
    return (None, None, *_race_cells(found, result.race_id), result.time_cs, result.place, None)


def _race_cells(found: Analysis, race_id: UUID | None) -> tuple[Any, ...]:
    race = found.races.get(race_id) if race_id else None
    return (race.name if race else "", race_id)


def _whose(result: DbResult) -> tuple[Any, ...]:
    return (result.name, result.athlete_id, result.result_id)


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None
