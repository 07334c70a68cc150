import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bundles.helpers import HEADER, LINE, codes, csv_bytes, inspect, results

# A plain letter between: "ÉŒ" in Windows-1252 is by chance also a letter in UTF-8, and nobody can tell.
NAMES = st.lists(st.sampled_from("ÉéñüßŒœ’“”—"), min_size=1, max_size=9).map(
    lambda letters: "a".join(["Z", *letters, "b"])
)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_file_reads_the_same_in_every_dress(encoding: str, newline: str, delimiter: str) -> None:
    lines = [HEADER, LINE.replace("Ann Bell", "José Muñoz’s"), LINE]
    data = csv_bytes(*(line.replace(",", delimiter) for line in lines), newline=newline, encoding=encoding)
    names = [(row.line, row.athlete_name, row.time_cs, row.status) for row in results(data)]
    assert names == [(2, "José Muñoz’s", 93240, "ok"), (3, "Ann Bell", 93240, "ok")]


@given(NAMES, st.sampled_from(ENCODINGS))
def test_names_survive_every_encoding(name: str, encoding: str) -> None:
    data = csv_bytes(HEADER, *[LINE] * 3, LINE.replace("Ann Bell", name), encoding=encoding)
    assert results(data)[3].athlete_name == name


@pytest.mark.parametrize(
    ("encoding", "label"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8 with byte order mark"),
        ("cp1252", "Windows-1252"),
        ("utf-16-le", "UTF-16 (little endian)"),
        ("utf-16-be", "UTF-16 (big endian)"),
    ],
)
def test_the_encoding_is_told_in_words(encoding: str, label: str) -> None:
    data = csv_bytes(HEADER, LINE.replace("Ann", "José"), encoding=encoding)
    assert inspect(data).format.encoding_label == label


def test_a_windows_letter_late_in_a_long_file_is_found() -> None:
    data = csv_bytes(HEADER, *[LINE] * 5000) + csv_bytes(LINE.replace("Ann", "José"), encoding="cp1252")
    assert results(data)[-1].athlete_name == "José Bell"


def test_a_letter_cut_by_the_border_of_two_blocks_is_whole() -> None:
    for shift in range(3):
        data = csv_bytes(HEADER + " " * shift, *[LINE.replace("Ann", "Éé" * 8)] * 3000)
        assert {row.athlete_name for row in results(data)} == {"Éé" * 8 + " Bell"}


def test_two_encodings_in_one_file_are_both_read_and_said_so() -> None:
    data = csv_bytes(HEADER, *[LINE.replace("Ann", "Zoé")] * 3) + csv_bytes(
        LINE.replace("Ann", "José"), encoding="cp1252"
    )
    assert "encoding.mixed" in codes(inspect(data).problems)
    assert [row.athlete_name for row in results(data)][2:] == ["Zoé Bell", "José Bell"]


def test_few_letters_of_one_encoding_among_many_of_the_other_are_read_too() -> None:
    data = csv_bytes(HEADER, LINE.replace("Ann", "Zoé")) + csv_bytes(
        *[LINE.replace("Ann", "José")] * 3, encoding="cp1252"
    )
    assert [row.athlete_name for row in results(data)] == ["Zoé Bell", *["José Bell"] * 3]


def test_an_apostrophe_behind_a_capital_does_not_make_a_file_mixed() -> None:
    data = csv_bytes(HEADER, LINE.replace("Ann", "RENÉ’S"), LINE.replace("Ann", "José"), encoding="cp1252")
    assert inspect(data).format.encoding_label == "Windows-1252"
    assert [row.athlete_name for row in results(data)] == ["RENÉ’S Bell", "José Bell"]


def test_nul_bytes_are_left_out_with_a_warning_at_their_line() -> None:
    row = results(csv_bytes(HEADER, LINE, LINE.replace("Ann Bell", "A\0nn Bell")))[1]
    assert (row.athlete_name, row.status, "\0" in row.raw) == ("Ann Bell", "ok", False)
    assert [(problem.code, problem.line, problem.severity) for problem in row.problems] == [("text.nul", 3, "warning")]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"PK\x03\x04" + bytes(200), "a ZIP archive or an Excel workbook"),
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (bytes(range(256)) * 20, "binary data"),
        (bytes(5000), "binary data"),
        ("x,y\n".encode("utf-32"), "text in UTF-32"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, what: str) -> None:
    (problem,) = inspect(data).problems
    assert problem.code == "file.not_csv"
    assert what in problem.message
