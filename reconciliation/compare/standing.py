"""Whether a missing line's athlete is in the database: *athlete exists*, *athlete not found* or *held*."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models

from meets.models import Athlete, AthleteAlias, Outcome
from reconciliation.compare.query import CsvLine, DbResult


class Kind(models.TextChoices):
    EXISTS = "athlete_exists", "Athlete exists"
    NOT_FOUND = "athlete_not_found", "Athlete not found"
    HELD = "held", "Waiting for review"


@dataclass(frozen=True, slots=True)
class Standing:
    """`athlete_id` is any athlete of that name, as the site's guide means it: not enough to add a result."""

    kind: Kind
    athlete_id: UUID | None
    db_name: str | None
    note: str

    @property
    def known(self) -> bool:
        """Whether the guide would call the athlete existing, held or not."""
        return self.athlete_id is not None


@dataclass(frozen=True, slots=True)
class Namesake:
    id: UUID
    name: str
    school_id: UUID
    gender: str


def standings(lines: list[CsvLine], answered: Mapping[int, DbResult], races: Mapping[UUID, Any]) -> dict[int, Standing]:
    """The standing of each line by its number; `answered` lines have their result under another spelling."""
    namesakes = _namesakes({line.key for line in lines if line.line not in answered})
    return {line.line: _standing(line, answered.get(line.line), namesakes, races) for line in lines}


def _standing(
    line: CsvLine,
    answer: DbResult | None,
    namesakes: Mapping[str, list[Namesake]],
    races: Mapping[UUID, Any],
) -> Standing:
    if answer is not None:
        note = "the result is there under another spelling"
        return Standing(Kind.EXISTS, answer.athlete_id, answer.name, note)
    race = races.get(line.race_id) if line.race_id else None
    nearest = _nearest(line, race.gender if race else None, namesakes.get(line.key, []))
    kind = Kind.EXISTS if nearest else Kind.NOT_FOUND
    if line.outcome == Outcome.HELD:
        kind = Kind.HELD
    if nearest is None:
        return Standing(kind, None, None, "nobody of that name is in the database")
    return Standing(kind, nearest.id, nearest.name, _note(line, nearest, len(namesakes[line.key])))


def _nearest(line: CsvLine, gender: str | None, people: list[Namesake]) -> Namesake | None:
    """Of several namesakes the likeliest to look at: the exact name, the line's school, the race's gender."""
    if not people:
        return None
    return min(
        people,
        key=lambda person: (
            person.school_id != line.school_id,
            person.gender != gender,
            person.name != line.name,
            str(person.id),
        ),
    )


def _note(line: CsvLine, nearest: Namesake, count: int) -> str:
    spelled = "exactly this name" if nearest.name == line.name else "another spelling"
    where = "at this school" if nearest.school_id == line.school_id else "at another school"
    others = f", one of {count:,} of that name" if count > 1 else ""
    return f"{spelled}, {where}{others}"


def _namesakes(keys: set[str]) -> dict[str, list[Namesake]]:
    people: dict[str, list[Namesake]] = defaultdict(list)
    if not keys:
        return people
    fields = ("pk", "name", "school_id", "gender")
    for key, *person in Athlete.objects.filter(name_key__in=keys).values_list("name_key", *fields):
        people[key].append(Namesake(*person))
    aliases = dict(AthleteAlias.objects.filter(name_key__in=keys).values_list("athlete_id", "name_key"))
    for person in Athlete.objects.filter(pk__in=aliases).values_list(*fields):
        key = aliases[person[0]]
        if all(known.id != person[0] for known in people[key]):
            people[key].append(Namesake(*person))
    return people
