"""Files in memory and what the readers make of them."""

import io
from collections.abc import Iterable

from meets.bundles.inspect import FileInspection, inspect_file
from meets.bundles.problems import Problem
from meets.bundles.results import StagedLine, read_results
from meets.bundles.small import SmallFile, read_small_file

HEADER = (
    "athletic_net_race_id,athlete_name,athlete_first_name,athlete_last_name,athlete_school_id,"
    "time_cs,place_overall,grade,needs_review"
)
LINE = "101,Ann Bell,Ann,Bell,77,93240,1,11,False"


def csv_bytes(*lines: str, newline: str = "\n", encoding: str = "utf-8") -> bytes:
    return "".join(line + newline for line in lines).encode(encoding)


def inspect(data: bytes, kind: str = "results", **mappings: str) -> FileInspection:
    given = {(kind, header): field for header, field in mappings.items()}
    return inspect_file(lambda: io.BytesIO(data), kind, f"{kind}.csv", given)


def results(data: bytes, **mappings: str) -> list[StagedLine]:
    return list(read_results(io.BytesIO(data), inspect(data, **mappings).format))


def one(**values: str) -> StagedLine:
    """The line that results.csv with these values in an otherwise good line gives."""
    good = dict(zip(HEADER.split(","), LINE.split(","), strict=True)) | values
    line = ",".join(f'"{value}"' if any(mark in value for mark in ',"\n') else value for value in good.values())
    (row,) = results(csv_bytes(",".join(good), line))
    return row


def small(kind: str, *lines: str) -> SmallFile:
    data = csv_bytes(*lines)
    return read_small_file(io.BytesIO(data), inspect(data, kind).format)


def codes(problems: Iterable[Problem]) -> list[str]:
    return [problem.code for problem in problems]
