"""Physical line numbers, as an editor shows them, against an oracle that walks over the characters."""

import io

from hypothesis import given, settings
from hypothesis import strategies as st

from meets.bundles.count import count_records
from meets.bundles.text import records
from tests.bundles.helpers import HEADER, LINE, csv_bytes, inspect, results

NEWLINES = st.sampled_from(["\n", "\r\n", "\r"])
CELLS = st.text(st.sampled_from(list('ab"; é\n\r\0x')), max_size=6)


def oracle(text: str, delimiter: str) -> list[tuple[int, int]]:
    """First and last line of each record, by a state machine over single characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found: list[tuple[int, int]] = []
    line, start, state, any_text = 1, 1, "start", False
    for char in text:
        any_text = True
        if char == "\n":
            if state != "quoted":
                found.append((start, line))
                start, state, any_text = line + 1, "start", False
            line += 1
        elif char == "\0":
            continue
        elif state == "quoted":
            state = "closing" if char == '"' else "quoted"
        elif state == "closing":
            state = "quoted" if char == '"' else "start" if char == delimiter else "plain"
        elif char == delimiter:
            state = "start"
        else:
            state = "quoted" if state == "start" and char == '"' else "plain"
    if any_text:
        found.append((start, line - (text.endswith("\n") and state == "quoted")))
    return found


@given(st.text(st.sampled_from(list('a",\n\r\0 é')), max_size=60))
@settings(max_examples=500)
def test_every_record_knows_its_lines_in_any_text(text: str) -> None:
    found = [(record.line, record.line_last) for record in records(io.BytesIO(text.encode()), "utf-8", ",")]
    assert found == oracle(text, ",")


@given(st.lists(st.lists(CELLS, min_size=2, max_size=3), max_size=8), NEWLINES, st.sampled_from([",", ";", "\t"]))
def test_fields_come_back_as_they_were_written(rows: list[list[str]], newline: str, delimiter: str) -> None:
    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"'

    text = "".join(delimiter.join(map(quoted, row)) + newline for row in rows)
    found = [record.fields for record in records(io.BytesIO(text.encode()), "utf-8", delimiter)]
    assert found == [[cell.replace("\0", "") for cell in row] for row in rows]


@given(st.text(st.sampled_from(list('ab1",;\n\r\0 ')), max_size=80), st.sampled_from([",", ";"]))
@settings(max_examples=500)
def test_the_independent_count_equals_what_the_reader_yields(text: str, delimiter: str) -> None:
    data = ("a" + delimiter + "b\n" + text).encode()
    count = count_records(io.BytesIO(data), "utf-8", delimiter, 1, 1)
    every = [(record.line, record.line_last) for record in records(io.BytesIO(data), "utf-8", delimiter)]
    assert count.data_lines + count.blank_lines + count.repeated_headers == len(every) - 1


@given(
    st.lists(st.sampled_from([LINE, "", ",,,,,,,,", HEADER, HEADER.upper(), LINE.replace("Ann Bell", '"A\nB"')])),
    NEWLINES,
)
def test_the_count_of_a_results_file_equals_its_lines(lines: list[str], newline: str) -> None:
    data = csv_bytes(HEADER, *lines, newline=newline)
    assert inspect(data).data_lines == len(results(data)) == sum("93240" in line for line in lines)


def test_a_record_over_three_lines_names_its_first_and_last() -> None:
    (row,) = results(csv_bytes("", HEADER, "", '101,"Ann\n\nBell",Ann,Bell,77,93240,1,11,False'))
    assert (row.line, row.line_last) == (4, 6)


def test_a_byte_order_mark_takes_no_line() -> None:
    assert results(csv_bytes(HEADER, LINE, encoding="utf-8-sig"))[0].line == 2


def test_lines_that_end_in_cr_only_are_lines() -> None:
    rows = results(csv_bytes(HEADER, LINE, "", LINE, newline="\r"))
    assert [row.line for row in rows] == [2, 4]


def test_line_numbers_are_right_across_the_border_of_two_blocks() -> None:
    lines = [LINE.replace("Ann Bell", "A" * (1 + index % 97) + " Bell") for index in range(3000)]
    rows = results(csv_bytes(HEADER, *lines, newline="\r\n"))
    assert [row.line for row in rows] == list(range(2, 3002))


def test_the_raw_text_is_kept_as_written() -> None:
    written = '101,"Ann\r\nBell", Ann,Bell,77,15:32.4PR,1,11,False'
    (row,) = results(f"{HEADER}\r\n{written}\r\n".encode())
    assert row.raw == written
