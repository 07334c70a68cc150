"""What the derived tables must hold, worked out in plain Python from the raw rows: no SQL beyond SELECT."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import psycopg
from psycopg.rows import dict_row

RANKS_KEPT = 100
Row = dict[str, Any]
DERIVED = ("athlete_best_times", "course_records", "school_hall_of_fame", "school_course_records")


@dataclass
class Run:
    """A result with everything around it."""

    result: Row
    athlete: Row
    school: Row
    meet: Row
    race: Row | None
    course: Row | None
    # Waits for an admin, or was found untrue: in no record.
    held: bool = False

    @property
    def meters(self) -> int | None:
        if self.race and self.race["distance_meters"]:
            return self.race["distance_meters"]
        return (self.course or {}).get("distance_meters") or None

    @property
    def normalized(self) -> int | None:
        rating = (self.course or {}).get("difficulty_rating")
        if not self.meters or not rating:
            return None
        exact = Decimal(self.result["time_cs"]) * Decimal("1609.344") / (self.meters * rating)
        return int(exact.quantize(Decimal(1), ROUND_HALF_UP))

    @property
    def grade(self) -> int:
        return 13 - (self.athlete["grad_year"] - self.meet["season_year"])

    @property
    def time(self) -> int:
        return self.result["time_cs"]

    @property
    def date(self) -> date:
        return self.meet["meet_date"]

    @property
    def id(self) -> uuid.UUID:
        return self.result["id"]


def read(conn: psycopg.Connection[Any], table: str) -> list[Row]:
    return conn.cursor(row_factory=dict_row).execute(f"SELECT * FROM public.{table}").fetchall()


def runs(conn: psycopg.Connection[Any]) -> list[Run]:
    tables = {
        name: {row["id"]: row for row in read(conn, name)}
        for name in ("athletes", "schools", "meets", "races", "courses")
    }
    held = {
        key
        for keys in conn.execute(
            "SELECT result_id, race_id FROM importadmin.record_holds WHERE status IN ('open', 'no')"
        ).fetchall()
        for key in keys
        if key
    }
    found = []
    for result in read(conn, "results"):
        athlete = tables["athletes"][result["athlete_id"]]
        race = tables["races"].get(result["race_id"])
        course = tables["courses"].get(race["course_id"]) if race else None
        school = tables["schools"][athlete["school_id"]]
        out = bool({result["id"], result["race_id"]} & held)
        found.append(Run(result, athlete, school, tables["meets"][result["meet_id"]], race, course, out))
    return found


def grouped(items: Iterable[Run], key: Callable[[Run], Hashable]) -> dict[Any, list[Run]]:
    groups: dict[Any, list[Run]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return groups


def fastest(items: Iterable[Run]) -> Run:
    """Least time; of equal ones the latest meet, then the least id."""
    return min(items, key=lambda run: (run.time, -run.date.toordinal(), run.id))


def athlete_best_times(items: list[Run]) -> list[Row]:
    rows = []
    for athlete, career in grouped(items, lambda run: run.athlete["id"]).items():
        for season, of_season in grouped(career, lambda run: run.meet["season_year"]).items():
            row = {"athlete_id": athlete, "season_year": season}
            for name, of in (("season_best", of_season), ("alltime_best", career)):
                best = fastest(of)
                row |= {
                    f"{name}_time_cs": best.time,
                    f"{name}_normalized_cs": min((r.normalized for r in of if r.normalized), default=None),
                    f"{name}_result_id": best.id,
                    f"{name}_course_id": best.course["id"] if best.course else None,
                    f"{name}_race_distance_meters": best.meters,
                }
            rows.append(row)
    return rows


def shown(run: Run) -> Row:
    """What all three lists of records carry."""
    return {
        "athlete_id": run.athlete["id"],
        "athlete_name": run.athlete["name"],
        "athlete_grad_year": run.athlete["grad_year"],
        "result_id": run.id,
        "time_cs": run.time,
        "meet_id": run.meet["id"],
        "meet_name": run.meet["name"],
        "meet_date": run.date,
        "race_id": run.result["race_id"],
    }


def ranked(items: list[Run], measure: Callable[[Run], int | None]) -> list[tuple[int, Run]]:
    """Different athletes by each one's best; ties: earliest meet, then least id."""

    def order(run: Run) -> tuple[Any, ...]:
        return measure(run), run.date, run.id

    bests = [min(own, key=order) for own in grouped(items, lambda run: run.athlete["id"]).values()]
    return list(enumerate(sorted(bests, key=order), start=1))[:RANKS_KEPT]


def course_records(items: list[Run]) -> list[Row]:
    groups = grouped((r for r in items if r.course), lambda r: (r.course["id"], r.race["gender"]))
    return [
        {"course_id": course, "gender": gender, "rank": rank, "school_id": run.school["id"]}
        | {"school_name": run.school["name"]}
        | shown(run)
        for (course, gender), own in groups.items()
        for rank, run in ranked(own, lambda r: r.time)
    ]


def school_hall_of_fame(items: list[Run]) -> list[Row]:
    groups = grouped((r for r in items if r.normalized), lambda r: (r.school["id"], r.athlete["gender"]))
    return [
        {"school_id": school, "gender": gender, "rank": rank, "season_year": run.meet["season_year"]}
        | {"normalized_time_cs": run.normalized, "course_id": run.course["id"], "course_name": run.course["name"]}
        | shown(run)
        for (school, gender), own in groups.items()
        for rank, run in ranked(own, lambda r: r.normalized)
    ]


def school_course_records(items: list[Run]) -> list[Row]:
    groups = grouped(
        (r for r in items if r.course and 9 <= r.grade <= 12),
        lambda r: (r.school["id"], r.course["id"], r.race["gender"], r.grade),
    )
    rows = []
    for (school, course, gender, grade), own in groups.items():
        run = min(own, key=lambda r: (r.time, r.date, r.id))
        rows.append(
            {"school_id": school, "course_id": course, "gender": gender, "grade": grade}
            | {"season_year": run.meet["season_year"]}
            | shown(run)
        )
    return rows


WANTED = {
    "athlete_best_times": athlete_best_times,
    "course_records": course_records,
    "school_hall_of_fame": school_hall_of_fame,
    "school_course_records": school_course_records,
}


def as_set(rows: list[Row]) -> set[Any]:
    kept = [frozenset((k, v) for k, v in r.items() if k not in ("id", "created_at", "updated_at")) for r in rows]
    assert len(kept) == len(set(kept))
    return set(kept)


def check(conn: psycopg.Connection[Any]) -> None:
    """Everything that follows from the raw rows stands as it must."""
    items = runs(conn)
    wrong = [run.id for run in items if run.result["normalized_time_cs"] != run.normalized]
    assert not wrong, "normalised times"
    counts = grouped(items, lambda run: run.meet["id"])
    for meet in read(conn, "meets"):
        assert meet["result_count"] == len(counts[meet["id"]]), "result_count"
    counting = [run for run in items if not run.held]
    for table, wanted in WANTED.items():
        there, should = as_set(read(conn, table)), as_set(wanted(counting))
        assert there == should, f"{table}: {len(should - there)} missing, {len(there - should)} wrong"
