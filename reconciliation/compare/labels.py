"""How two spellings differ, in one word or two."""

import unicodedata

from rapidfuzz.distance import DamerauLevenshtein

from meets.names import name_key

CASE = "case"
ACCENT = "accent"
PUNCTUATION = "punctuation"
MIDDLE_NAME = "middle name"
TYPO = "typo"
OTHER_TIME = "other time"
KNOWN_SPELLING = "known spelling"
OTHER_NAME = "other name"

# Two slips of the pen in a name of some length; in a short one two letters make another name.
MOST_SLIPS = 2
SHORTEST_WITH_SLIPS = 7


def label(left: str, right: str, left_key: str = "", right_key: str = "") -> str:
    """The least difference that explains the two names: case before accent before punctuation, and so on.

    The keys are made here when they are not known already.
    """
    if left.casefold() == right.casefold():
        return CASE
    if _unmarked(left) == _unmarked(right):
        return ACCENT
    left_key, right_key = left_key or name_key(left), right_key or name_key(right)
    if left_key == right_key:
        return PUNCTUATION
    if _middle_name(left_key.split(), right_key.split()):
        return MIDDLE_NAME
    allowed = MOST_SLIPS if min(len(left_key), len(right_key)) >= SHORTEST_WITH_SLIPS else 1
    if DamerauLevenshtein.distance(left_key, right_key, score_cutoff=allowed) <= allowed:
        return TYPO
    return OTHER_NAME


def _unmarked(name: str) -> str:
    parts = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in parts if not unicodedata.combining(char))


def _middle_name(left: list[str], right: list[str]) -> bool:
    """First and last name agree; what stands between them does not."""
    return min(len(left), len(right)) >= 2 and left[0] == right[0] and left[-1] == right[-1]
