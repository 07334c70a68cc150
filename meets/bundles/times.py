"""Times as people and programs write them, to centiseconds."""

import re

# Nothing that anybody runs; beyond it the number is a mistake and would not fit its column either.
MAX_TIME_CS = 100 * 3600 * 100
NO_RESULT = frozenset(
    ("", "dnf", "dns", "dq", "dsq", "dqf", "nt", "nts", "nd", "nm", "nr", "fs", "inc", "scr", "scratch", "wd", "dnc")
    + ("did not finish", "did not start", "disqualified", "no time")
    + ("n/a", "na", "nan", "none", "null", "nil", "-", "--", "---", "–", "—", "*")
)

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{2})(?:[.,](\d{1,6}))?", re.ASCII)
_WHOLE = re.compile(r"(\d{1,12})(?:[.,]0{1,6})?", re.ASCII)
_PLAIN_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)(?:\.(\d{1,2}))? ?(?:PR|SB|PB|SR|h)?", re.ASCII)
# Letters behind a time: hand timed, personal record, season best, qualified…
_MARKS = re.compile(r"[\s*#+^]*(?:[A-Za-z]{1,3}[\s*#+^.]*){0,3}$")
_UNITS = frozenset({"s", "m", "sec", "min", "ms", "cs", "hr", "hrs", "am", "pm"})


class WrongTime(ValueError):
    """Not a time; `code` says in which way."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def is_no_result(text: str) -> bool:
    """DNF, DNS, DQ, NT, blank: the runner has no time."""
    return text.strip().rstrip(".").replace(".", "").lower() in NO_RESULT


def plain_time(text: str) -> int:
    """Centiseconds of a time in one of the two usual forms, fast; 0 for whatever needs parse_time."""
    if text.isdecimal() and text.isascii():
        return int(text) if len(text) < 8 else 0
    match = _PLAIN_CLOCK.fullmatch(text)
    if match is None:
        return 0
    minutes, seconds, fraction = match.groups("0")
    return (int(minutes) * 60 + int(seconds)) * 100 + int(fraction.ljust(2, "0"))


def parse_time(text: str) -> int | None:
    """Centiseconds; None when there is no result; WrongTime when it is neither."""
    text = " ".join(text.split())
    if is_no_result(text):
        return None
    negative = text[0] in "-−–"
    body = text[1:].lstrip() if negative else text
    cs = _clock(body)
    if cs is None:
        raise WrongTime("time.not_a_time", "This is not a time.")
    if negative and cs:
        raise WrongTime("time.negative", "A time can't be less than zero.")
    if cs == 0:
        raise WrongTime("time.zero", "A time of zero is not a result.")
    if cs > MAX_TIME_CS:
        raise WrongTime("time.too_long", "The time is longer than 100 hours.")
    return cs


def _clock(text: str) -> int | None:
    if match := _CLOCK.match(text):
        if not _marks_ok(text[match.end() :]):
            return None
        return _of_clock(match)
    if (match := _WHOLE.match(text)) and _marks_ok(text[match.end() :]):
        return int(match.group(1))
    return None


def _marks_ok(rest: str) -> bool:
    return not rest or (_MARKS.match(rest) is not None and rest.strip().lower() not in _UNITS)


def _of_clock(match: "re.Match[str]") -> int | None:
    hours, minutes, seconds, fraction = match.groups()
    if int(seconds) > 59 or (hours is not None and (int(minutes) > 59 or len(minutes) > 2)):
        return None
    digits = (fraction or "").ljust(3, "0")
    # Thousandths and finer round half up.
    hundredths = int(digits[:2]) + (digits[2] >= "5")
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 100 + hundredths
