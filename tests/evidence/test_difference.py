import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from reconciliation.evidence.difference import both, differing


def test_names_differ_letter_by_letter() -> None:
    assert differing("Ana Tores", "Ana Torres") == [("Ana Tor", False), ("r", True), ("es", False)]


def test_a_curly_apostrophe_is_marked() -> None:
    assert differing("O'Brien", "O’Brien") == [("O", False), ("’", True), ("Brien", False)]


def test_an_accent_marks_its_whole_letter_however_it_is_written() -> None:
    assert differing("Jose", "Jose\u0301") == [("Jos", False), ("é", True)]


def test_capitals_are_marked() -> None:
    assert [text for text, marked in differing("de la Cruz", "De La Cruz") if marked] == ["D", "L"]


def test_a_middle_name_is_marked_as_a_whole() -> None:
    assert differing("Ana Torres", "Ana María Torres") == [("Ana ", False), ("María ", True), ("Torres", False)]


def test_equal_names_have_no_mark() -> None:
    assert both("Ana", "Ana") == ([("Ana", False)], [("Ana", False)])


@given(st.text(max_size=20), st.text(max_size=20))
def test_no_letter_is_lost(left: str, right: str) -> None:
    pieces = both(left, right)[1]
    assert "".join(text for text, _marked in pieces) == unicodedata.normalize("NFC", right)


@given(st.text(max_size=20), st.text(max_size=20))
def test_the_unmarked_letters_of_both_are_the_same(left: str, right: str) -> None:
    ours, theirs = both(left, right)
    unmarked = ["".join(text for text, marked in side if not marked) for side in (ours, theirs)]
    assert unmarked[0] == unmarked[1]
