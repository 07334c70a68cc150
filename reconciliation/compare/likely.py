"""Missing lines and extra results that probably belong together, though no folding makes them equal.

A hint for the eye: it changes no figure, since such a pair is a question for a reviewer.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from reconciliation.compare.labels import MIDDLE_NAME, OTHER_NAME, OTHER_TIME, TYPO, label
from reconciliation.compare.query import CsvLine, DbResult

Judge = Callable[[CsvLine, DbResult], str]
Likely = tuple[CsvLine, DbResult, str]


def pair_leftovers(missing: list[CsvLine], extra: list[DbResult]) -> list[Likely]:
    """Each line and each result at most once, the surest reason first."""
    open_lines = {line.line: line for line in missing}
    open_results = {result.result_id: result for result in extra}
    found: list[Likely] = []
    for keys_of, judge in REASONS:
        for line, result, why in _round(open_lines, open_results, keys_of, judge):
            found.append((line, result, why))
    return found


def _round(
    lines: dict[int, CsvLine], results: dict[Any, DbResult], keys_of: Callable[[Any], list[Any]], judge: Judge
) -> Iterator[Likely]:
    index: dict[Any, list[DbResult]] = defaultdict(list)
    for result in results.values():
        for key in keys_of(result):
            index[key].append(result)
    for line in list(lines.values()):
        for result in (result for key in keys_of(line) for result in index.get(key, ())):
            why = judge(line, result) if result.result_id in results else ""
            if why:
                del lines[line.line], results[result.result_id]
                yield line, result, why
                break


def _same_time(row: CsvLine | DbResult) -> list[Any]:
    return [(row.race_id, row.time_cs)] if row.race_id else []


def _same_name(row: CsvLine | DbResult) -> list[Any]:
    keys = (row.key,) if isinstance(row, CsvLine) else row.keys
    return [(row.race_id, key) for key in keys] if row.race_id else []


def _same_place(row: CsvLine | DbResult) -> list[Any]:
    return [(row.race_id, row.place)] if row.race_id and row.place else []


def _alike(line: CsvLine, result: DbResult) -> str:
    why = label(line.name, result.name, line.key, result.keys[0])
    return why if why in (MIDDLE_NAME, TYPO) else ""


def _same_finish(line: CsvLine, result: DbResult) -> str:
    return OTHER_NAME if line.place and line.place == result.place else ""


def _other_time(line: CsvLine, result: DbResult) -> str:
    return OTHER_TIME if line.time_cs != result.time_cs else ""


def _other_time_alike(line: CsvLine, result: DbResult) -> str:
    return OTHER_TIME if _alike(line, result) else ""


REASONS: tuple[tuple[Callable[[Any], list[Any]], Judge], ...] = (
    (_same_time, _alike),
    (_same_time, _same_finish),
    (_same_name, _other_time),
    (_same_place, _other_time_alike),
)
