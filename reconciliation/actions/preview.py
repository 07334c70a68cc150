"""What an answer would change. A preview is the same code as the action, rolled back, so that it cannot say else."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A result as it stands (or stood): `athlete` is who has it afterwards, `was` who had it before (moves only)."""

    result_id: UUID
    athlete_id: UUID
    athlete: str
    meet: str
    race: str
    time_cs: int
    place: int | None = None
    was: str = ""


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A place among the first ten that changes. `list`: course, school hall of fame or school course record.

    `before`/`after`: {athlete, time_cs} or None where nobody stood, or stands, there.
    """

    list: str
    of: str
    gender: str
    rank: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class NewAthlete:
    athlete_id: UUID
    name: str
    slug: str
    grad_year: int
    gender: str


@dataclass(slots=True)
class Preview:
    """`refused`: why it can't be done ('' if it can); then nothing else is filled but `vetoes`.

    rows: import rows that get their outcome; cases: questions answered at one stroke (this one included), because
    they are the very same question; meets: in how many meets.
    """

    answer: str = ""
    sentence: str = ""
    refused: str = ""
    vetoes: list[str] = field(default_factory=list)
    writes: list[ResultLine] = field(default_factory=list)
    moves: list[ResultLine] = field(default_factory=list)
    removes: list[ResultLine] = field(default_factory=list)
    collapses: list[ResultLine] = field(default_factory=list)
    creates: list[NewAthlete] = field(default_factory=list)
    records: list[RecordChange] = field(default_factory=list)
    # (the slug that will lead on, the slug it leads to)
    redirects: list[tuple[str, str]] = field(default_factory=list)
    # {outcome: rows}
    outcomes: dict[str, int] = field(default_factory=dict)
    rows: int = 0
    cases: int = 0
    meets: int = 0
    # Questions that take the place of this one (two times in one race of the athlete now known).
    new_cases: list[str] = field(default_factory=list)

    @property
    def needs_reason(self) -> bool:
        return bool(self.vetoes)


@dataclass(frozen=True, slots=True)
class MergeField:
    """One field of both people; `chosen` is 'survivor' or 'loser'."""

    name: str
    label: str
    survivor: Any
    loser: Any
    chosen: str

    @property
    def differs(self) -> bool:
        return bool(self.survivor != self.loser)


@dataclass(slots=True)
class MergePreview(Preview):
    """`lost`: what is gone afterwards, in sentences."""

    fields: list[MergeField] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ManyPreview:
    """`answers`: [(case_id, question, Preview)]; those that can't be done are in `left_out` with the reason."""

    answers: list[tuple[UUID, str, Preview]] = field(default_factory=list)
    left_out: list[tuple[UUID, str, str]] = field(default_factory=list)

    @property
    def results(self) -> int:
        return sum(len(preview.writes) for _, _, preview in self.answers)


@dataclass(slots=True)
class UndoPreview:
    """`restores` and `left` are sentences: what is put back, and what has changed since and is therefore left alone."""

    refused: str = ""
    contradicts: Any = None  # the later Decision that must be taken back first
    restores: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    writes: list[ResultLine] = field(default_factory=list)
    moves: list[ResultLine] = field(default_factory=list)
    removes: list[ResultLine] = field(default_factory=list)
    records: list[RecordChange] = field(default_factory=list)
    reopens: int = 0
