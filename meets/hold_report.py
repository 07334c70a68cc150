"""Records that wait, in words: what is doubted, why, and what the answers do."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from meets.models import HoldKind, Meet, Race, RecordHold, Result


@dataclass(frozen=True)
class ShownHold:
    hold: RecordHold
    what: str
    why: str
    meet: Meet | None
    time_cs: int | None


def shown(holds: Iterable[RecordHold]) -> list[ShownHold]:
    """Three look-ups for all of them."""
    held = list(holds)
    results: dict[Any, Any] = Result.objects.select_related("athlete", "race").in_bulk(
        [hold.result_id for hold in held if hold.result_id]
    )
    races = Race.objects.select_related("course").in_bulk([hold.race_id for hold in held if hold.race_id])
    meets = Meet.objects.in_bulk({hold.meet_id for hold in held})
    return [
        _shown(hold, races.get(hold.race_id), results.get(hold.result_id), meets.get(hold.meet_id)) for hold in held
    ]


def _shown(hold: RecordHold, race: Race | None, result: Result | None, meet: Meet | None) -> ShownHold:
    if hold.kind == HoldKind.RACE:
        return ShownHold(hold, _race(race), race_reason(hold.figures), meet, None)
    what = f"{result.athlete.name} in {_race(result.race)}" if result else "A result that is gone"
    return ShownHold(hold, what, record_reason(hold.figures), meet, result.time_cs if result else None)


def _race(race: Race | None) -> str:
    if race is None:
        return "a race that is gone"
    meters = race.distance_meters or (race.course.distance_meters if race.course else 0)
    return f"{race.name}{f', entered as {meters:,} m' if meters else ''}"


def race_reason(figures: dict[str, Any]) -> str:
    faster = f"{figures.get('faster') or 0:g} %"
    if figures.get("why") == "own":
        return f"The middle one of {figures['known']} known runners would be {faster} faster than ever before."
    if figures.get("why") == "course":
        return f"The field is {faster} faster than the latest such fields on this course."
    return "The middle of the field is faster than any field runs. Is the distance right?"


def record_reason(figures: dict[str, Any]) -> str:
    where = "on this course" if figures.get("list") == "course" else "of the school"
    return (
        f"It beats the first {where}, {figures.get('holder')}, by {figures.get('faster') or 0:g} %, "
        "which the runner's own results don't suggest."
    )
