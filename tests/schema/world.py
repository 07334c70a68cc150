"""A small world of schools, courses, meets and athletes, with a list of records that is nearly full."""

import uuid
from dataclasses import dataclass, field
from typing import Any

import psycopg

PLANTED = 99  # one short of the hundred ranks that are kept


@dataclass
class World:
    conn: psycopg.Connection[Any]
    schools: list[uuid.UUID] = field(default_factory=list)
    courses: list[uuid.UUID] = field(default_factory=list)
    meets: list[uuid.UUID] = field(default_factory=list)
    races: list[uuid.UUID] = field(default_factory=list)
    athletes: list[uuid.UUID] = field(default_factory=list)

    def add(self, table: str, **values: Any) -> uuid.UUID:
        names = ", ".join(values)
        marks = ", ".join(["%s"] * len(values))
        row = self.conn.execute(
            f"INSERT INTO public.{table} ({names}) VALUES ({marks}) RETURNING id", list(values.values())
        ).fetchone()
        assert row
        return row[0]

    def result(self, athlete: int, race: int, time_cs: int, **values: Any) -> uuid.UUID:
        return self.add(
            "results",
            **{
                "athlete_id": self.athletes[athlete],
                "race_id": self.races[race],
                "meet_id": self.meets[race % len(self.meets)],
                "time_cs": time_cs,
                "data_source": "scraper",
            }
            | values,
        )


def small_world(conn: psycopg.Connection[Any]) -> World:
    """Two schools; a rated, an unrated and an unmeasured course; three meets, two on one day; six races, race i in
    meet i % 3; six athletes without results."""
    world = World(conn)
    venue = world.add("venues", name="Hill Park")
    world.schools = [world.add("schools", name=name) for name in ("Rio Verde", "St Anne's")]
    for name, meters, rating in (("Hill", 5000, "1.140294291"), ("Flat", 4828, None), ("Woods", 0, "1.05")):
        world.courses.append(
            world.add("courses", name=name, venue_id=venue, distance_meters=meters, difficulty_rating=rating)
        )
    for name, day, season in (("A", "2025-10-11", 2025), ("B", "2025-10-11", 2025), ("C", "2024-09-07", 2024)):
        world.meets.append(world.add("meets", name=name, meet_date=day, season_year=season))
    for i in range(6):
        world.races.append(
            world.add(
                "races",
                meet_id=world.meets[i % 3],
                course_id=world.courses[i % 2 if i < 4 else 2],
                name=f"Race {i}",
                gender="F" if i == 5 else "M",
                distance_meters=0 if i in (2, 4) else 5000,
            )
        )
    for i in range(6):
        world.athletes.append(
            world.add(
                "athletes",
                school_id=world.schools[i % 2],
                name=f"Ana Runner{i}",
                first_name="Ana",
                last_name=f"Runner{i}",
                grad_year=2026 + i % 3,
                gender="F" if i == 5 else "M",
            )
        )
    return world


def crowded_world(conn: psycopg.Connection[Any]) -> World:
    """The small world and 99 more athletes of the first school with a result each on the first course."""
    world = small_world(conn)
    conn.execute(
        """
        WITH runner AS (
            INSERT INTO public.athletes (school_id, name, first_name, last_name, grad_year, gender)
            SELECT %s, 'Planted P' || i, 'Planted', 'P' || i, 2026, 'M' FROM generate_series(1, %s) AS i
            RETURNING id, substr(last_name, 2)::integer AS i
        )
        INSERT INTO public.results (athlete_id, meet_id, race_id, time_cs, data_source)
        SELECT id, %s, %s, 100000 + i * 10, 'scraper' FROM runner
        """,
        (world.schools[0], PLANTED, world.meets[0], world.races[0]),
    )
    rows = conn.execute("SELECT id FROM public.athletes WHERE last_name IN ('P1', 'P99') ORDER BY name").fetchall()
    world.athletes += [row[0] for row in rows]
    return world
