"""One cell to one value. Each parser returns the value or raises WrongValue with a sentence and a remedy."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

NOTHING = frozenset({"", "-", "--", "---", "–", "—", "nan", "null", "none", "n/a", "na", "nil", "nat", "?", "*"})
MAX_INT = 2_147_483_647
GRAD_YEARS = range(1966, 2036)
_PLACE = re.compile(r"(?:[Tt=][- ]?)?(\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?(?:st|nd|rd|th)?[Tt=*]?", re.ASCII)
_NUMBER = re.compile(r"([+-]?\d{1,3}(?:,\d{3})+|[+-]?\d+)(?:\.0*)?", re.ASCII)
_GRADES = {
    "fr": 9,
    "freshman": 9,
    "so": 10,
    "soph": 10,
    "sophomore": 10,
    "jr": 11,
    "junior": 11,
    "sr": 12,
    "senior": 12,
}
_GENDERS = dict.fromkeys(
    ("m", "male", "boy", "boys", "b", "man", "men", "mens", "men's", "men’s", "boys'"), "M"
) | dict.fromkeys(("f", "female", "girl", "girls", "g", "woman", "women", "w", "womens", "women's", "women’s"), "F")
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2})?.*)?", re.ASCII)
_MONTHS = ("%b %d, %Y", "%B %d, %Y", "%d %b %Y", "%d %B %Y", "%b %d %Y")
YEARS = range(1900, 2100)
_METRES = re.compile(r"(\d{1,2}[,.]?\d{3}|\d{3,5})\s*-?\s*(?:m|meters?|metres?)\b", re.IGNORECASE)
_KILOMETRES = re.compile(r"(\d{1,2}(?:\.\d{1,2})?)\s*-?\s*(?:k|km|kilometers?|kilometres?)\b", re.IGNORECASE)
_MILES = re.compile(r"(\d{1,2}(?:\.\d{1,3})?)\s*-?\s*(?:mi|miles?)\b", re.IGNORECASE)
DISTANCES = range(100, 100_001)


class WrongValue(ValueError):
    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


def is_nothing(text: str) -> bool:
    return text.strip().lower() in NOTHING


def parse_place(text: str) -> int | None:
    """`7`, `7.0`, `10,201`, `T7` (shared); blank and 0 are no place."""
    if is_nothing(text):
        return None
    match = _PLACE.fullmatch(text.strip())
    if not match or (place := int(match.group(1).replace(",", ""))) > MAX_INT:
        raise WrongValue("The place is no whole number.", "Write the place as a number, or leave it blank.")
    return place or None


def parse_grade(text: str) -> int | None:
    if is_nothing(text):
        return None
    word = text.strip().lower().rstrip(".")
    if word in _GRADES:
        return _GRADES[word]
    match = re.fullmatch(r"(\d{1,2})(?:\.0+)?(?:th)?", word, re.ASCII)
    if not match:
        raise WrongValue("The grade is no number.", "Write the grade as a number (9 to 12), or leave it blank.")
    if not 1 <= int(match.group(1)) <= 13:
        raise WrongValue("There is no such grade.", "Write the school grade (9 to 12), or leave it blank.")
    return int(match.group(1))


def parse_grad_year(text: str) -> int | None:
    if is_nothing(text):
        return None
    year = _whole(text)
    if year is not None and 0 <= year < 100 and len(text.strip()) == 2:
        year += 2000 if year < 66 else 1900
    if year not in GRAD_YEARS:
        raise WrongValue(
            f"This is no graduation year between {GRAD_YEARS[0]} and {GRAD_YEARS[-1]}.",
            "Write the year with four figures, or leave it blank.",
        )
    return year


def parse_gender(text: str) -> str:
    if is_nothing(text):
        return ""
    gender = _GENDERS.get(text.strip().lower())
    if gender is None:
        raise WrongValue("The gender is neither M nor F.", "Write M or F.")
    return gender


def parse_whole(text: str) -> int | None:
    if is_nothing(text):
        return None
    number = _whole(text)
    if number is None or abs(number) > MAX_INT:
        raise WrongValue("This is no whole number.", "Write it as a whole number, or leave it blank.")
    return number


def parse_year(text: str) -> int | None:
    if is_nothing(text):
        return None
    if _whole(text) not in YEARS:
        raise WrongValue("This is no year.", "Write the year with four figures.")
    return _whole(text)


def parse_distance(text: str) -> int | None:
    """Metres; 0 and blank are unknown. `5K` and `3 Miles` are understood as well."""
    if is_nothing(text):
        return None
    number = _whole(text)
    if number == 0:
        return None
    if number is None:
        number = distance_in(text)
    if number is None or number not in DISTANCES:
        raise WrongValue("This is no distance in metres.", "Write the metres as a whole number, such as 5000.")
    return number


def distance_in(name: str) -> int | None:
    """The distance that a race's name tells: "4,000 Meters", "3 Miles", "5K"."""
    if match := _METRES.search(name):
        metres = int(match.group(1).replace(",", "").replace(".", ""))
    elif match := _KILOMETRES.search(name):
        metres = round(float(match.group(1)) * 1000)
    elif match := _MILES.search(name):
        metres = round(float(match.group(1)) * 1609.344)
    else:
        return None
    return metres if metres in DISTANCES else None


def gender_in(name: str) -> str:
    """The gender that a race's name tells, or ''. A name with both ("Boys & Girls Open") tells none."""
    found = {_GENDERS[word] for word in re.findall(r"[a-z]+", name.lower()) if len(word) > 1 and word in _GENDERS}
    return found.pop() if len(found) == 1 else ""


def parse_decimal(text: str) -> Decimal | None:
    if is_nothing(text):
        return None
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise WrongValue("This is no number.", "Write it as a number such as 1.05, or leave it blank.")
    return number


def parse_rating(text: str) -> Decimal | None:
    number = parse_decimal(text)
    if number is not None and not Decimal("0.1") <= number <= 10:
        raise WrongValue(
            "A course's rating lies near 1 (1.0 is a flat track).",
            "Write the rating, or leave it blank: 0 is none.",
        )
    return number


def parse_date(text: str) -> date | None:
    """ISO, or US month/day/year; a two-figure year is of this century."""
    if is_nothing(text):
        return None
    text = " ".join(text.split())
    try:
        found = _date(text)
    except ValueError:
        found = None
    if found is None or found.year not in YEARS:
        raise WrongValue(
            "This is no date.", "Write the date as year-month-day (2025-10-11) or month/day/year (10/11/25)."
        )
    return found


def _date(text: str) -> date | None:
    if match := _ISO.fullmatch(text):
        return date(*map(int, match.groups()))
    if match := _SLASHED.fullmatch(text):
        month, day, year = map(int, match.groups())
        return date(year if year > 99 else 2000 + year, month, day)
    for form in _MONTHS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None


def clean_id(text: str) -> str:
    """An id as text; `123.0` is 123 (a spreadsheet or pandas wrote it)."""
    text = " ".join(text.split())
    if text.endswith(".0") and text[:-2].isdecimal():
        return text[:-2]
    return "" if text.lower() in ("nan", "null", "none") else text


def _whole(text: str) -> int | None:
    match = _NUMBER.fullmatch(text.strip())
    return int(match.group(1).replace(",", "")) if match else None
