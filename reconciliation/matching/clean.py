"""What a written name is made of: given names, surnames, a suffix, as folded words. Pure, no knowledge of other people.

Undoes what happens to names on their way into files: destroyed encodings, odd spaces, capitals, accents, commas,
particles that stand apart ("De La Cruz" and "DeLaCruz" are one word here).
"""

import html
import re
import unicodedata
from dataclasses import dataclass

from meets.names import fold_letters

SUFFIXES = {"jr": "2", "junior": "2", "ii": "2", "2nd": "2", "iii": "3", "3rd": "3", "iv": "4", "4th": "4", "sr": "1"}
# Words that belong to the surname that follows them.
PARTICLES = frozenset(
    (
        *(
            "de",
            "del",
            "la",
            "las",
            "los",
            "da",
            "das",
            "do",
            "dos",
            "di",
            "du",
            "el",
            "al",
            "van",
            "von",
            "der",
            "den",
        ),
        *("ter", "ten", "mc", "mac", "st", "san", "santa", "bin", "ibn", "abu", "le", "y"),
    )
)
# A bare "o" is an initial unless a surname of the Irish kind follows; the apostrophe is often lost.
_JOINED = re.compile(
    "['`´.?\u2018\u2019\u201a\u201b\u2032\u02bb\u02bc\ufffd\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]+"
)
_WORD = re.compile(r"[^\W_]+")
_MANGLED = re.compile("[ÃÂÅÄÐÑãâåï][\u0080-\u00bf\u0152-\u0178\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")
_QUOTED = re.compile('["“”„(\\[]\\s*([^"“”)\\]]{2,20})\\s*["“”)\\]]')
_MIDDLES = 3


@dataclass(frozen=True, slots=True)
class Parsed:
    """Folded words. `given` and `surname` may be empty; `suffix` is "", "1" (Sr.), "2" (Jr., II), "3" or "4"."""

    given: tuple[str, ...]
    surname: tuple[str, ...]
    suffix: str = ""


def _as_bytes(text: str) -> bytes:
    """Windows-1252, with its five holes filled as browsers fill them. Raises UnicodeEncodeError for anything else."""
    found = bytearray()
    for letter in text:
        try:
            found += letter.encode("cp1252")
        except UnicodeEncodeError:
            found += letter.encode("latin-1")
    return bytes(found)


def repair(text: str) -> str:
    """Undo UTF-8 read as Windows-1252, once or twice ("JosÃ©" is "José"); other text comes back as it is."""
    for _ in range(2):
        if not _MANGLED.search(text):
            break
        for candidate in (text, text.replace("ã", "Ã").replace("â", "Â")):
            try:
                text = _as_bytes(candidate).decode("utf-8")
                break
            except UnicodeError:
                continue
        else:
            break
    return text


def words(text: str) -> list[str]:
    """Folded words: accents and apostrophes gone, hyphens and spaces of any kind between words."""
    if text.isascii() and text.isalpha():
        return [text.lower()]
    if not text.isascii():
        text = unicodedata.normalize("NFKC", repair(text))
        text = _JOINED.sub("", fold_letters(_JOINED.sub("", text)))
    else:
        if "&" in text:
            text = html.unescape(text)
        text = _JOINED.sub("", text).lower()
    return _WORD.findall(text)


def _glued(parts: list[str], start: int) -> list[str]:
    """Particles joined to the word after them; one at the very start of a name is a given name."""
    found: list[str] = []
    run = ""
    last = len(parts) - 1
    for at, word in enumerate(parts):
        if (
            at < last
            and at >= start
            and (word in PARTICLES or (word == "o" and len(parts[at + 1]) > 2 and at == last - 1))
        ):
            run += word
        else:
            found.append(run + word)
            run = ""
    return found


def _without_suffix(parts: list[str], least: int) -> tuple[list[str], str]:
    """The words without a suffix at their end, as long as `least` words stay."""
    if len(parts) > least and parts[-1] in SUFFIXES:
        return parts[:-1], SUFFIXES[parts[-1]]
    return parts, ""


def parse(name: str, first: str = "", last: str = "") -> Parsed:
    """Split a name. `first` and `last` are believed where they hold the words of `name`; a comma in it overrules them.

    Without them the last word (with its particles) is the surname, the others are given names.
    """
    if "," in name:
        return _with_comma(name)
    whole = words(_unquoted(name)) if name else []
    one, two = words(first), words(last)
    if (one or two) and (not whole or sorted(one + two) == sorted(whole)):
        two, suffix = _without_suffix(two, 1)
        if two and two[-1] in SUFFIXES and len(one) > 1:
            # Only a suffix stands in the surname's column.
            return _without_boundary(whole or one + two)
        if not suffix:
            one, suffix = _without_suffix(one, 1)
        return Parsed(tuple(_glued(one, 1)), tuple(_glued(two, 0)), suffix)
    return _without_boundary(whole)


def _unquoted(name: str) -> str:
    return _QUOTED.sub(r" \1 ", name) if '"' in name or "(" in name or "“" in name or "[" in name else name


def _without_boundary(parts: list[str]) -> Parsed:
    parts, suffix = _without_suffix(parts, 2)
    parts = _glued(parts, 1)
    return Parsed(tuple(parts[:-1]), tuple(parts[-1:]), suffix)


def _with_comma(name: str) -> Parsed:
    """ "Last, First Middle", with a suffix in any part."""
    suffix = ""
    sections: list[list[str]] = []
    for text in _unquoted(name).split(","):
        section = words(text)
        section, found = _without_suffix(section, 0 if sections else 1)
        suffix = suffix or found
        if section:
            sections.append(section)
    if len(sections) < 2:
        plain = _without_boundary(sections[0] if sections else [])
        return Parsed(plain.given, plain.surname, plain.suffix or suffix)
    given = [word for section in sections[1:] for word in section]
    surname, more = _without_suffix(sections[0], 1)
    return Parsed(tuple(_glued(given, 1)), tuple(_glued(surname, 0)), suffix or more)
