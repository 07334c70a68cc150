"""Files made to fill the memory, or that would fill it by accident."""

import csv
import io
import time
import tracemalloc
from collections.abc import Iterator

import pytest

from meets.bundles.format import FileFormat
from meets.bundles.inspect import FileInspection, inspect_file
from meets.bundles.problems import BadBundle
from meets.bundles.results import read_results
from tests.bundles.helpers import HEADER, LINE, codes, csv_bytes, inspect, results

MB = 1 << 20


class Repeated(io.RawIOBase):
    """A file that is `head` and then `block` many times over, without being anywhere."""

    def __init__(self, head: bytes, block: bytes, times: int) -> None:
        self._blocks: Iterator[bytes] = iter([head, *[block] * times])
        self._rest = b""
        self.bytes_read = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        if not self._rest:
            self._rest = next(self._blocks, b"")
        data, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(data)] = data
        self.bytes_read += len(data)
        return len(data)


def inspect_repeated(head: str, block: bytes, times: int) -> FileInspection:
    head_bytes = head.encode()
    return inspect_file(lambda: Repeated(head_bytes, block, times), "results", "results.csv")  # type: ignore[arg-type, return-value]


def peak_mb(work: Iterator[object]) -> float:
    tracemalloc.start()
    try:
        for _ in work:
            pass
        return tracemalloc.get_traced_memory()[1] / MB
    finally:
        tracemalloc.stop()


def test_200_mb_of_one_line_are_refused_without_being_held() -> None:
    found: list[FileInspection] = []

    def work() -> Iterator[object]:
        found.append(inspect_repeated(HEADER + "\n101,", b"x" * MB, 200))
        yield None

    assert peak_mb(work()) < 30
    assert "line.too_long" in codes(found[0].problems)
    assert found[0].problems[-1].line == 2


def test_a_first_line_without_end_is_refused() -> None:
    assert codes(inspect_repeated("x", b"x" * MB, 20).problems) == ["line.too_long"]


def test_the_reader_stops_early_in_a_line_without_end() -> None:
    stream = Repeated(f"{HEADER}\n101,".encode(), b"x" * MB, 200)
    with pytest.raises(BadBundle) as refusal:
        list(read_results(stream, inspect(csv_bytes(HEADER, LINE)).format))  # type: ignore[arg-type]
    assert codes(refusal.value.problems) == ["line.too_long"]
    assert stream.bytes_read < 4 * MB


def test_a_quotation_mark_that_nothing_closes_names_its_line() -> None:
    found = inspect(csv_bytes(HEADER, LINE, '101,"Ann Bell,Ann', LINE, LINE))
    (problem,) = [problem for problem in found.problems if problem.code == "quote.unclosed"]
    assert (problem.line, problem.severity) == (3, "error")


def test_a_quotation_mark_that_swallows_the_rest_is_one_rejected_line() -> None:
    data = csv_bytes(HEADER, LINE, '101,"Ann Bell,Ann', LINE, LINE)
    rows = results(data)
    assert [(row.line, row.line_last, row.status) for row in rows] == [(2, 2, "ok"), (3, 5, "rejected")]
    assert inspect(data).data_lines == 2


def test_a_quotation_mark_open_over_megabytes_is_refused_with_its_line() -> None:
    found = inspect_repeated(f'{HEADER}\n{LINE}\n101,"Ann', (LINE + "\n").encode() * 10000, 20)
    assert [problem.line for problem in found.problems if problem.code == "quote.unclosed"] == [3]


def test_a_field_larger_than_the_csv_module_takes_is_read() -> None:
    (row,) = results(csv_bytes(HEADER, LINE.replace("Ann Bell", '"' + "A" * 200_000 + '"')))
    assert len(row.athlete_name) == 200_000
    assert csv.field_size_limit() > 200_000


def test_memory_does_not_grow_with_the_file() -> None:
    block = (LINE + "\n").encode() * 1000
    form = inspect(csv_bytes(HEADER, LINE)).format
    head = f"{HEADER}\n".encode()
    short = peak_mb(iter(read_results(Repeated(head, block, 5), form)))  # type: ignore[arg-type]
    long = peak_mb(iter(read_results(Repeated(head, block, 100), form)))  # type: ignore[arg-type]
    assert long < short + 1


def test_a_line_takes_microseconds() -> None:
    data = csv_bytes(HEADER, *[LINE.replace("Ann Bell", "José De La Cruz-O’Neil")] * 20_000)
    form = inspect(data).format
    best = min(_seconds(data, form) for _ in range(3))
    assert best / 20_000 < 15e-6  # about 3 on an idle machine


def _seconds(data: bytes, form: FileFormat) -> float:
    started = time.perf_counter()
    assert len(list(read_results(io.BytesIO(data), form))) == 20_000
    return time.perf_counter() - started
