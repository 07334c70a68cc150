"""The people of a case side by side, field by field: the CSV's person (or the first athlete) against each candidate."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from importadmin.templatetags.words import gender_label
from meets.models import Athlete
from reconciliation.evidence.difference import Piece, both, differing
from reconciliation.evidence.waterfall import Waterfall, waterfall_of

FIELDS = (
    ("name", "Name"),
    ("grad_year", "Graduates"),
    ("gender", "Gender"),
    ("school", "School"),
    ("athletic_net_id", "athletic.net"),
    ("slug", "Address at the site"),
)
# What only the database gives; the CSV's person can't differ in it.
ONLY_THERE = ("athletic_net_id", "slug")
# Texts whose letters are compared one by one; all else differs as a whole.
LETTERS = ("name", "school")
NOT_KNOWN = "not known"


@dataclass(frozen=True)
class Field:
    key: str
    label: str
    pieces: list[Piece]

    @property
    def differs(self) -> bool:
        return any(marked for _text, marked in self.pieces)


@dataclass
class Person:
    """`number`: 0 for the CSV's person (or a pair's first athlete), then 1, 2, …: the key that chooses a candidate."""

    number: int
    title: str
    values: dict[str, Any]
    fields: list[Field]
    athlete_id: UUID | None = None
    there: bool = True
    vetoes: list[str] = field(default_factory=list)
    supports: list[str] = field(default_factory=list)
    score: float | None = None
    waterfall: Waterfall | None = None
    spellings: list[tuple[str, int]] = field(default_factory=list)
    mates: list[str] = field(default_factory=list)
    results: int = 0
    seasons: str = ""

    @property
    def name(self) -> str:
        return str(self.values.get("name") or "")

    @property
    def athletic_net_url(self) -> str:
        """The athlete's page at the source, when the id is one of the source's own numbers."""
        number = str(self.values.get("athletic_net_id") or "")
        return f"https://www.athletic.net/athlete/{number}/cross-country" if number.isdigit() else ""


def athletes_by_id(ids: Iterable[UUID]) -> dict[UUID, Athlete]:
    return {athlete.pk: athlete for athlete in Athlete.objects.select_related("school").filter(pk__in=list(ids))}


def values_of(athlete: Athlete) -> dict[str, Any]:
    return {
        "name": athlete.name,
        "grad_year": athlete.grad_year,
        "gender": athlete.gender,
        "school": athlete.school.name,
        "school_id": athlete.school_id,
        "athletic_net_id": athlete.athletic_net_id,
        "slug": athlete.slug,
    }


def subject_person(values: dict[str, Any], first: dict[str, Any] | None, title: str = "In the CSV") -> Person:
    """The left side, marked against the likeliest candidate: letters that only it has are marked here."""
    fields = []
    for key, label in FIELDS:
        text = show(key, values)
        if key in ONLY_THERE and not text:
            continue
        fields.append(Field(key, label, _left(key, text, show(key, first) if first else None)))
    return Person(0, title, values, fields)


def _left(key: str, text: str, other: str | None) -> list[Piece]:
    if other is None or key in ONLY_THERE:
        return [(text or NOT_KNOWN, False)]
    if key in LETTERS:
        return both(text, other)[0] or [(NOT_KNOWN, True)]
    return [(text or NOT_KNOWN, text != other)]


def candidate_person(
    number: int, title: str, left: dict[str, Any], stored: dict[str, Any], athlete: Athlete | None
) -> Person:
    """A candidate as the database has it now; as the case has it, if it is not there any more."""
    values = values_of(athlete) if athlete else stored
    athlete_id = stored.get("athlete_id")
    return Person(
        number,
        title,
        values,
        [Field(key, label, compared(key, left, values)) for key, label in FIELDS],
        athlete_id=UUID(str(athlete_id)) if athlete_id else None,
        there=athlete is not None,
        vetoes=list(stored.get("vetoes") or []),
        supports=list(stored.get("supports") or []),
        score=stored.get("score"),
        waterfall=waterfall_of(stored),
    )


def show(key: str, values: dict[str, Any]) -> str:
    value = values.get(key)
    if key == "gender" and value:
        return gender_label(str(value))
    return "" if value is None else str(value)


def compared(key: str, left: dict[str, Any], values: dict[str, Any]) -> list[Piece]:
    """The candidate's value in pieces, each with whether it differs: texts letter by letter, all else as a whole."""
    ours, theirs = show(key, left), show(key, values)
    if key in ONLY_THERE and not ours:
        return [(theirs or NOT_KNOWN, False)]
    if not theirs:
        return [(NOT_KNOWN, bool(ours))]
    if key in LETTERS and ours:
        return differing(ours, theirs)
    return [(theirs, ours != theirs)]
