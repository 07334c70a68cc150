"""Whether a text can be somebody's name."""

import re

_SPREADSHEET = re.compile(r"#(NAME\?|REF!|VALUE!|N/A|DIV/0!|NUM!|NULL!|SPILL!|CALC!)", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
# UTF-8 bytes read as Windows-1252, then saved: "José" became "JosÃ©".
_TWICE = re.compile("[ÃÂâÅ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_LOST = re.compile(r"\w\?|\?\w")

# What an index of PostgreSQL can hold, with room to spare; nobody's name comes near it.
LONGEST = 255
TOO_LONG_REMEDY = "Look at the line: a quotation mark or a delimiter may be missing."

Sentence = tuple[str, str, str]


def name_problem(name: str) -> Sentence | None:
    """Code, message and remedy when it is certainly no name."""
    if not name:
        return "name.blank", "The line names no runner.", "Write the runner's name."
    if len(name) > LONGEST:
        return "name.too_long", f"The name has {len(name):,} letters; at most {LONGEST} are taken.", TOO_LONG_REMEDY
    if _SPREADSHEET.search(name):
        return (
            "name.formula",
            "The name is a spreadsheet's error, not a name.",
            "Write the runner's name as text.",
        )
    if _EMAIL.search(name):
        return "name.email", "The name is an e-mail address.", "Write the runner's name."
    if not any(letter.isalpha() for letter in name):
        if "\ufffd" in name:
            return "name.destroyed", "No letter of the name is left.", "Write the runner's name."
        return "name.no_letters", "The name has no letters.", "Write the runner's name."
    return None


def name_warning(name: str) -> Sentence | None:
    """Code, message and remedy when letters of the name were lost before the file came to us."""
    if name.isascii() and "?" not in name:
        return None
    if "\ufffd" in name or "ï¿½" in name or _LOST.search(name):
        return (
            "name.destroyed",
            "Letters of the name were destroyed before the file was written.",
            "Correct the name in the file; otherwise the runner may not be recognised.",
        )
    if _TWICE.search(name):
        return (
            "name.garbled",
            "Letters of the name were converted twice (“JosÃ©” for “José”).",
            "Save the source as UTF-8 once and upload again, or correct the name.",
        )
    return None
