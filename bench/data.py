"""The database before the meet comes in: half of its athletes, and older results of its schools and its course."""

import csv
import random
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from importadmin.database import connect
from meets.sample.bundle import make_bundle, meet_facts
from meets.sample.load import REBUILDS, copy_rows
from meets.sample.people import Rosters, name_fold
from meets.sample.schools import school

SEED = 20
RESULTS_A_SCHOOL = 17.5
RESULTS_A_RACE = 385
OLD_MEET, OLD_RACES, RESULTS_AN_ATHLETE = 10_000, 26, 4
VARIANTS = 0.005
Row = tuple[Any, ...]


class Ids:
    """Time-ordered UUIDs, version 7, one after the other."""

    def __init__(self) -> None:
        self._next = (int(time.time() * 1000) << 80) | (7 << 76) | (2 << 62)

    def __call__(self) -> UUID:
        self._next += 1 << 20
        # The counter runs through the 62 free bits at the end: enough for any bench.
        return UUID(int=self._next)


@dataclass(slots=True)
class Scene:
    """A bundle and everything that stands in the database before it, or must for the floor."""

    folder: Path
    ids: Ids
    schools: dict[str, UUID]
    course: UUID
    people: dict[str, UUID]
    known: set[str]
    slugs: set[str] = field(default_factory=set)

    def slug(self, name: str, school_ref: str, year: int | str) -> str:
        slug = f"{name_fold(name)} {school_ref.removeprefix('school_')} {year}".replace(" ", "-")
        while slug in self.slugs:
            slug += "-2"
        self.slugs.add(slug)
        return slug


def read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def bundle(out: Path, results: int) -> Path:
    return make_bundle(
        out,
        results=results,
        races=max(1, round(results / RESULTS_A_RACE)),
        schools=max(1, round(results / RESULTS_A_SCHOOL)),
        seed=SEED,
    )


def fill(folder: Path, older: int) -> Scene:
    """Fill the current database; all in one transaction, the derived tables rebuilt at its end."""
    rng = random.Random(SEED)
    ids = Ids()
    scene = Scene(folder, ids, {}, ids(), {}, set())
    with connect(application_name="bench") as conn:
        conn.execute("SELECT set_config('importadmin.bulk', 'on', true)")
        venue = _place(conn, scene)
        _schools(conn, scene, older)
        athletes = _known_athletes(conn, scene, rng)
        if older:
            athletes += _others(conn, scene, older // RESULTS_AN_ATHLETE - len(athletes), rng)
            rng.shuffle(athletes)
            _old_results(conn, scene, venue, athletes, older, rng)
        for name in REBUILDS:
            conn.execute(f"SELECT public.batch_rebuild_{name}()")
    with connect(autocommit=True) as conn:
        conn.execute("VACUUM ANALYZE")
    return scene


def _place(conn: "psycopg.Connection[Any]", scene: Scene) -> UUID:
    facts, venue = meet_facts(SEED), scene.ids()
    copy_rows(conn, "venues", "id name city state", [(venue, facts.venue, facts.city, "CA")])
    course = (scene.course, facts.course, venue, facts.distance_meters, facts.rating)
    copy_rows(conn, "courses", "id name venue_id distance_meters difficulty_rating", [course])
    return venue


def _schools(conn: "psycopg.Connection[Any]", scene: Scene, older: int) -> None:
    """All that the bundle names, and for many older results so many more that each still has some 17.5."""
    rows: list[Row] = []
    for line in read(scene.folder / "schools.csv"):
        twin = scene.schools.get(line["athletic_net_id"].replace("’", "'"))
        scene.schools[line["athletic_net_id"]] = school_id = twin or scene.ids()
        if twin is None:
            rows.append((school_id, line["name"], line["athletic_net_id"]))
    for index in range(len(scene.schools), round(older / RESULTS_A_SCHOOL)):
        more = school(index)
        scene.schools[more.ref] = scene.ids()
        rows.append((scene.schools[more.ref], more.name, more.ref))
    copy_rows(conn, "schools", "id name athletic_net_id", rows)


ATHLETE = "id school_id name first_name last_name grad_year gender slug"


def _known_athletes(conn: "psycopg.Connection[Any]", scene: Scene, rng: random.Random) -> list[tuple[UUID, str]]:
    """Every second person of the bundle; of all people one in two hundred in capitals there and not here."""
    names = {(row["name"], row["school_athletic_net_id"]): row for row in read(scene.folder / "athletes.csv")}
    found: list[tuple[UUID, str]] = []
    rows: list[Row] = []
    for line in read(scene.folder.parent / "truth.csv"):
        key = line["person"]
        if key in scene.people:
            continue
        scene.people[key] = athlete = scene.ids()
        if rng.random() < 0.5:
            written = names[line["name"], line["school"]]
            parts = [written["name"], written["first_name"], written["last_name"]]
            if rng.random() < VARIANTS * 2:
                parts = [part.swapcase() if part.isupper() else part.upper() for part in parts]
            scene.known.add(key)
            found.append((athlete, line["gender"]))
            slug = scene.slug(line["name"], line["school"], line["grad_year"])
            school_id = scene.schools[line["school"]]
            rows.append((athlete, school_id, *parts, line["grad_year"], line["gender"], slug))
    copy_rows(conn, "athletes", ATHLETE, rows)
    return found


def _others(conn: "psycopg.Connection[Any]", scene: Scene, wanted: int, rng: random.Random) -> list[tuple[UUID, str]]:
    """Those who have graduated, at the same schools."""
    found: list[tuple[UUID, str]] = []
    refs = list(scene.schools)

    def rows() -> Iterator[Row]:
        rosters = Rosters(rng, clear=True)
        each = wanted // len(refs) + 1
        for index, ref in enumerate(refs):
            for person in rosters.fill(school(index), each // 2, each - each // 2):
                athlete = scene.ids()
                found.append((athlete, person.gender))
                year = 2033 - person.grade
                parts = (person.name, person.first, person.last, year, person.gender)
                yield athlete, scene.schools[ref], *parts, scene.slug(person.name, ref, year)

    if wanted > 0:
        copy_rows(conn, "athletes", ATHLETE, rows())
    return found


def _old_results(
    conn: "psycopg.Connection[Any]",
    scene: Scene,
    venue: UUID,
    athletes: list[tuple[UUID, str]],
    older: int,
    rng: random.Random,
) -> None:
    """Meets of 10,000 results on the bundle's course, each athlete at most once in a meet."""
    size = min(OLD_MEET, len(athletes))
    meets, races = [], []
    for number in range(-(-older // size)):
        year = 2021 + number % 4
        meets.append((scene.ids(), f"Older meet {number}", f"{year}-10-{1 + number % 28:02d}", year, venue))
        for race in range(OLD_RACES):
            races.append((scene.ids(), meets[-1][0], scene.course, f"Race {race}", "MF"[race % 2], 5_000))
    copy_rows(conn, "meets", "id name meet_date season_year venue_id", meets)
    copy_rows(conn, "races", "id meet_id course_id name gender distance_meters", races)

    def rows() -> Iterator[Row]:
        for number in range(older):
            athlete, gender = athletes[number % len(athletes)]
            meet = number // size
            race = races[meet * OLD_RACES + 2 * rng.randrange(OLD_RACES // 2) + (gender == "F")]
            yield scene.ids(), athlete, meets[meet][0], race[0], rng.randrange(90_000, 180_000), "athletic_net"

    copy_rows(conn, "results", "id athlete_id meet_id race_id time_cs data_source", rows())
    conn.execute("UPDATE meets SET result_count = (SELECT count(*) FROM results r WHERE r.meet_id = meets.id)")


RESULT = "id athlete_id meet_id race_id time_cs place_overall data_source source_name normalized_time_cs import_id"


def add_identities(scene: Scene) -> list[Row]:
    """Add the meet, its races and the unknown athletes; return the results that are still to come."""
    facts, ids = meet_facts(SEED), scene.ids
    meet, import_id = ids(), ids()
    races = {row["athletic_net_race_id"]: (ids(), row) for row in read(scene.folder / "races.csv")}
    with connect(application_name="bench") as conn:
        conn.execute("SELECT set_config('importadmin.bulk', 'on', true)")
        row = (meet, facts.name, "2025-10-11", facts.season, facts.ref)
        copy_rows(conn, "meets", "id name meet_date season_year athletic_net_id", [row])
        copy_rows(
            conn,
            "races",
            "id meet_id course_id name gender distance_meters athletic_net_race_id",
            [(key, meet, scene.course, r["name"], r["gender"], 5_000, ref) for ref, (key, r) in races.items()],
        )
        copy_rows(conn, "athletes", ATHLETE, _unknown(scene))
    with connect(autocommit=True) as conn:
        conn.execute("VACUUM ANALYZE")
    rating = float(facts.rating)
    rows: list[Row] = []
    truth = read(scene.folder.parent / "truth.csv")
    for line, who in zip(read(scene.folder / "results.csv"), truth, strict=True):
        if line["time_cs"].isdigit():
            cs = int(line["time_cs"])
            athlete, place = scene.people[who["person"]], line["place_overall"] or None
            race = races[line["athletic_net_race_id"]][0]
            normalized = round(cs * 1609.344 / (5_000 * rating))
            parts = (cs, place, "athletic_net", line["athlete_name"], normalized, import_id)
            rows.append((ids(), athlete, meet, race, *parts))
    return rows


def _unknown(scene: Scene) -> Iterable[Row]:
    done = set(scene.known)
    for line in read(scene.folder.parent / "truth.csv"):
        key = line["person"]
        if key not in done:
            done.add(key)
            first, _, last = line["name"].partition(" ")
            slug = scene.slug(line["name"], line["school"], line["grad_year"])
            parts = (line["name"], first, last, line["grad_year"], line["gender"], slug)
            yield scene.people[key], scene.schools[line["school"]], *parts
