"""Times that can't be right: shown before an import, never rejected (they were in the wild, 46 hours among them)."""

from array import array
from collections.abc import Mapping
from statistics import median
from typing import Any

from meets.bundles.staged import StagedLine
from meets.bundles.values import distance_in

SLOWEST_CS = 2 * 3600 * 100
# Nobody has run a kilometre of a longer race in less; a field's median never comes near 2:45.
FLOOR_CS_PER_KM = 14_000
FIELD_CS_PER_KM = 16_500
FLOOR_CS_UNKNOWN = 3 * 60 * 100
FIELD_AT_LEAST = 5
SHOWN = 50


class Plausibility:
    """Looks at each result's time as it comes by; keeps four bytes a result for the races' medians."""

    def __init__(self, races: Mapping[str, Mapping[str, Any]]) -> None:
        self._races = races
        self._times: dict[str, array[int]] = {}
        self._floors: dict[str, int] = {}
        self._shown: list[dict[str, Any]] = []
        self._count = 0

    def look(self, row: StagedLine) -> None:
        time, race = row.time_cs or 0, row.race_ref
        times = self._times.get(race)
        if times is None:
            times = self._times[race] = array("i")
            distance = self._distance(race)
            self._floors[race] = FLOOR_CS_PER_KM * distance // 1000 if distance else FLOOR_CS_UNKNOWN
        times.append(time)
        if time > SLOWEST_CS:
            self._keep(row, "over two hours")
        elif time < self._floors[race]:
            self._keep(row, "faster than anybody runs")

    def _distance(self, race: str) -> int | None:
        row = self._races.get(race)
        if row is None:
            return None
        found: int | None = row["distance_meters"] or distance_in(row["name"])
        return found

    def _keep(self, row: StagedLine, reason: str) -> None:
        self._count += 1
        if len(self._shown) < SHOWN:
            self._shown.append(
                {
                    "line": row.line,
                    "name": row.athlete_name,
                    "race": self._name(row.race_ref),
                    "time_cs": row.time_cs,
                    "reason": reason,
                }
            )

    def _name(self, race: str) -> str:
        return str(self._races[race]["name"]) if race in self._races else race

    def report(self) -> dict[str, Any]:
        fields = []
        for race, times in self._times.items():
            distance = self._distance(race)
            if distance is None or len(times) < FIELD_AT_LEAST:
                continue
            middle = round(median(times))
            if middle < FIELD_CS_PER_KM * distance // 1000:
                fields.append(
                    {
                        "race": race,
                        "name": self._name(race),
                        "runners": len(times),
                        "median_cs": middle,
                        "distance": distance,
                    }
                )
        return {"implausible": self._shown, "implausible_count": self._count, "fields_too_fast": fields}
