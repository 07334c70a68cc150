"""Noises of writing: what keyboards, scanners, encodings and spreadsheets do to a name's letters."""

from random import Random

NEIGHBOURS = {
    key: near
    for row, near_rows in (("qwertyuiop", "asdfghjkl"), ("asdfghjkl", "zxcvbnm"), ("zxcvbnm", "asdfghjk"))
    for at, key in enumerate(row)
    for near in ["".join(row[max(0, at - 1) : at] + row[at + 1 : at + 2] + near_rows[at : at + 1])]
}
SCANNED = (("m", "rn"), ("rn", "m"), ("l", "i"), ("i", "l"), ("l", "1"), ("o", "0"), ("u", "v"), ("n", "h"), ("e", "c"))
APOSTROPHES = ("’", "‘", "`", "ʼ", "´", "", " ")
HYPHENS = (" ", "", "–", "‑", " - ")
ODD_SPACES = ("\u00a0", "\u2009", "\u3000", "\u202f", "  ")
INVISIBLE = ("\u200b", "\u200d", "\ufeff", "\u00ad", "\u200e")


def typo(text: str, rng: Random) -> str:
    """One slip: letters left out, doubled, hit beside, swapped, or misread by a scanner; the first letter rarely."""
    inner = [at for at, letter in enumerate(text) if letter.isalpha() and (at > 0 or rng.random() < 0.12)]
    if len(text) < 3 or not inner:
        return text
    at = rng.choice(inner)
    kind = rng.choices(("insert", "delete", "substitute", "transpose", "scan"), (2, 3, 3, 2, 1))[0]
    if kind == "delete":
        return text[:at] + text[at + 1 :]
    if kind == "transpose" and at + 1 < len(text) and text[at + 1].isalpha():
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if kind == "scan":
        possible = [(seen, read) for seen, read in SCANNED if seen in text[1:]]
        if possible:
            seen, read = rng.choice(possible)
            return text[0] + text[1:].replace(seen, read, 1)
    near = rng.choice(NEIGHBOURS.get(text[at].lower(), "aeiou"))
    if text[at].isupper():
        near = near.upper()
    if kind == "insert":
        return text[:at] + rng.choice((text[at].lower(), near.lower())) + text[at:] if at else text[0] + text
    return text[:at] + near + text[at + 1 :]


def other_case(text: str, how: str) -> str:
    if how == "upper":
        return text.upper()
    if how == "lower":
        return text.lower()
    # McKenzie to Mckenzie, de la Cruz to De La Cruz and back.
    changed = " ".join(word[:1].upper() + word[1:].lower() for word in text.split(" "))
    return changed if changed != text else text.swapcase()


def mojibake(text: str, rng: Random) -> str:
    """UTF-8 read as Windows-1252, once or twice, or letters lost for good; only names with other letters change."""
    if text.isascii():
        text = text.replace("'", "’")
    if text.isascii():
        return text
    how = rng.choices(("once", "twice", "lost", "question", "signs"), (60, 10, 12, 8, 10))[0]
    if how == "once":
        return misread(text)
    if how == "twice":
        return misread(misread(text))
    lost = {"lost": "\ufffd", "question": "?", "signs": "ï¿½"}[how]
    return "".join(letter if letter.isascii() else lost for letter in text)


def misread(text: str) -> str:
    """UTF-8 as a program sees it that takes it for Windows-1252 (its five undefined bytes pass as controls)."""
    return "".join(
        bytes([byte]).decode("cp1252", "ignore") or bytes([byte]).decode("latin-1") for byte in text.encode("utf-8")
    )


def odd_space(text: str, rng: Random) -> str:
    """Another kind of space, one more at an end, or one that can't be seen."""
    if " " in text and rng.random() < 0.6:
        return text.replace(" ", rng.choice(ODD_SPACES), 1)
    if rng.random() < 0.4:
        return rng.choice((text + " ", " " + text, text + "\u00a0"))
    at = rng.randrange(1, len(text) + 1) if text else 0
    return text[:at] + rng.choice(INVISIBLE) + text[at:]


def other_marks(text: str, rng: Random) -> str:
    """Apostrophe, hyphen or particle written another way."""
    if "'" in text:
        return text.replace("'", rng.choice(APOSTROPHES), 1)
    if "-" in text:
        return text.replace("-", rng.choice(HYPHENS), 1)
    if text.startswith("St. "):
        return rng.choice(("St ", "Saint ", "St.", "St")) + text[4:]
    words = text.split(" ")
    if len(words) > 1 and words[0].lower() in {"de", "del", "dela", "van", "von", "di", "du", "la", "le", "al", "ben"}:
        glued = "".join(words) if rng.random() < 0.5 else words[0] + " " + "".join(words[1:])
        return glued if rng.random() < 0.5 else glued[0] + glued[1:].lower()
    return text
