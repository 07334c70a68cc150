"""Two spellings letter by letter: what both have, and what only one has."""

import re
import unicodedata
from difflib import SequenceMatcher

# A piece of a text, and whether the other text lacks it.
Piece = tuple[str, bool]


def both(left: str, right: str) -> tuple[list[Piece], list[Piece]]:
    """Each of two spellings in pieces, marked against the other, by one alignment.

    Words first, then letters within words that differ: a middle name is marked as a whole. Letters and their accents
    are compared as one: "é" against "e" marks the whole letter.
    """
    ours, theirs = _words(left), _words(right)
    marked: tuple[list[Piece], list[Piece]] = ([], [])
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        old, new = "".join(ours[i1:i2]), "".join(theirs[j1:j2])
        if tag == "replace":
            _letters(old, new, marked)
        else:
            _add(marked[0], old, tag != "equal")
            _add(marked[1], new, tag != "equal")
    return marked


def differing(other: str, text: str) -> list[Piece]:
    """`text` in pieces: what `other` has too, and what it has not."""
    return both(other, text)[1]


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\S+", unicodedata.normalize("NFC", text))


def _letters(left: str, right: str, marked: tuple[list[Piece], list[Piece]]) -> None:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        _add(marked[0], left[i1:i2], tag != "equal")
        _add(marked[1], right[j1:j2], tag != "equal")


def _add(pieces: list[Piece], text: str, differs: bool) -> None:
    if not text:
        return
    if pieces and pieces[-1][1] == differs:
        pieces[-1] = (pieces[-1][0] + text, differs)
    else:
        pieces.append((text, differs))
