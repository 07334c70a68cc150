"""How many races entered with a wrong distance are held back from records, and how many sound ones with them.

    python bench/suspicious.py --seasons 3 --seeds 1 2 3 4 5

Made-up runners with a talent, a form of the day and a summer's growth run three seasons on made-up courses: ratings a
little wrong, two courses without any, days that are hot or muddy, three levels, newcomers every fall. From the second
season on every twelfth race was really a kilometre shorter than entered (4,000 m as 5,000; 3,828 as 4,828). Each meet
comes in as an import does: results, hold_suspicious(), merge_results(). Besides, single times are typed wrongly (a
runner loses three to five minutes); of those the ones are counted that would have led a list of ten or more.
"""

import argparse
import json
import os
import random
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "importadmin.settings")

import django  # noqa: E402

NAME = "importadmin_bench_holds"
SCHOOLS, MEETS_A_SEASON, FIELD = 60, 14, (14, 70)
LEVELS = {"Varsity": -0.10, "JV": 0.02, "Frosh": 0.08}
# A flat mile in centiseconds, of the middle of all runners.
MILE = {"M": 33_500, "F": 39_500}
SHORT_EVERY, SHORT_BY = 12, 1_000
WRONG_TIMES_A_MEET = 2


@dataclass
class Runner:
    key: UUID
    gender: str
    grad_year: int
    talent: float


@dataclass
class Tally:
    sound: int = 0
    sound_held: int = 0
    short: int = 0
    short_held: int = 0
    missed: list[str] = field(default_factory=list)
    wrong_leaders: int = 0
    wrong_leaders_held: int = 0
    results: int = 0
    single_held: int = 0
    single_held_at_first: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seasons", type=int, default=3)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    args = parser.parse_args()
    django.setup()
    from django.conf import settings

    from bench import databases
    from importadmin.database import connect
    from importadmin.servers import Servers

    started = Servers(settings.IMPORTADMIN_ENV).ensure_all()
    try:
        tally = Tally()
        for seed in args.seeds:
            databases.make(NAME)
            with connect(application_name="bench") as conn:
                Site(conn, random.Random(seed), tally).run(args.seasons)
        print(json.dumps(told(tally), indent=1))
    finally:
        databases.drop(NAME)
        if started:
            Servers(settings.IMPORTADMIN_ENV).stop(started)


def told(tally: Tally) -> dict[str, Any]:
    return {
        "results": tally.results,
        "races with a wrong distance": tally.short,
        "sound races": tally.sound,
        "wrong distances held": f"{tally.short_held} ({100 * tally.short_held / max(1, tally.short):.1f} %)",
        "sound races held": f"{tally.sound_held} ({100 * tally.sound_held / max(1, tally.sound):.2f} %)",
        "missed": tally.missed,
        "wrong single times that would have led a list": tally.wrong_leaders,
        "of those held": tally.wrong_leaders_held,
        "sound single results held in the first season, when nobody is known": tally.single_held_at_first,
        "later": tally.single_held,
    }


class Site:
    def __init__(self, conn: Any, rng: random.Random, tally: Tally) -> None:
        from bench.data import Ids

        self.conn, self.rng, self.ids = conn, rng, Ids()
        self.tally = tally
        self.races = 0
        conn.execute("SELECT set_config('importadmin.bulk', 'on', false)")
        self.schools = [self._add("schools", name=f"School {n}") for n in range(SCHOOLS)]
        venue = self._add("venues", name="Hills")
        self.courses = []
        for n in range(10):
            hard = max(0.95, rng.gauss(1.06, 0.05))
            rating = None if n in (3, 7) else round(hard * (1 + rng.gauss(0, 0.02)), 3)
            meters = 4828 if n % 3 == 0 else 5000
            key = self._add(
                "courses", name=f"Course {n}", venue_id=venue, distance_meters=meters, difficulty_rating=rating
            )
            self.courses.append((key, meters, hard))
        self.runners: dict[UUID, list[Runner]] = {school: [] for school in self.schools}

    def _add(self, table: str, **values: Any) -> UUID:
        key = self.ids()
        values = {"id": key, **values}
        marks = ", ".join(["%s"] * len(values))
        self.conn.execute(f"INSERT INTO public.{table} ({', '.join(values)}) VALUES ({marks})", list(values.values()))
        return key

    def run(self, seasons: int) -> None:
        for season in range(2022, 2022 + seasons):
            self._newcomers(season)
            for number in range(MEETS_A_SEASON):
                self._meet(season, number, plant=season > 2022)
            self.conn.commit()

    def _newcomers(self, season: int) -> None:
        """Each fall a class comes and one goes; the first fall brings all four."""
        for school, team in self.runners.items():
            team[:] = [runner for runner in team if runner.grad_year > season]
            grades = (9, 10, 11, 12) if season == 2022 else (9,)
            for grade in grades:
                for gender in "MF":
                    for _ in range(self.rng.randint(3, 9)):
                        talent = self.rng.gauss(0, 0.09)
                        year = season + 13 - grade
                        key = self._add(
                            "athletes", school_id=school, name=f"Ana R{self.rng.random()}", gender=gender,
                            grad_year=year, slug=f"r{self.rng.random()}",
                        )  # fmt: skip
                        team.append(Runner(key, gender, year, talent))

    def _meet(self, season: int, number: int, *, plant: bool) -> None:
        rng = self.rng
        course, entered, hard = rng.choice(self.courses)
        day = f"{season}-{9 + number // 6:02d}-{3 + 4 * (number % 6):02d}"
        meet = self._add("meets", name=f"Meet {season} {number}", meet_date=day, season_year=season)
        weather = rng.gauss(0, 0.02)
        coming = rng.sample(self.schools, rng.randint(8, 24))
        short: set[UUID] = set()
        wrong: list[UUID] = []
        import_id = self.ids()
        for gender in "MF":
            for level, shift in LEVELS.items():
                who = [r for school in coming for r in self.runners[school] if r.gender == gender]
                # The better, the likelier in the better race.
                who.sort(key=lambda r: abs(r.talent - shift + rng.gauss(0, 0.05)))
                who = who[: rng.randint(*FIELD)]
                self.races += 1
                real = entered
                key = self._add(
                    "races",
                    meet_id=meet,
                    course_id=course,
                    name=f"{level} {gender}",
                    gender=gender,
                    distance_meters=entered,
                )
                if plant and self.races % SHORT_EVERY == 0:
                    real -= SHORT_BY
                    short.add(key)
                for runner in who:
                    grown = 0.025 * (season - runner.grad_year + 4) + 0.002 * number
                    pace = 1 + runner.talent - grown + weather + rng.gauss(0, 0.03)
                    cs = round(MILE[gender] * pace * hard * (real / 1609.344) * (real / 1609.344) ** 0.06)
                    self._add(
                        "results", athlete_id=runner.key, meet_id=meet, race_id=key, time_cs=cs, data_source="scraper",
                        import_id=import_id, normalized_time_cs=None,
                    )  # fmt: skip
                    self.tally.results += 1
        if plant:
            wrong = self._typed_wrongly(meet, short)
        self._import(meet, import_id, short, wrong, f"{season}, meet {number}")

    def _typed_wrongly(self, meet: UUID, short: set[UUID]) -> list[UUID]:
        rows = self.conn.execute(
            "SELECT id FROM results WHERE meet_id = %s AND race_id <> ALL (%s) ORDER BY random() LIMIT %s",
            [meet, list(short), WRONG_TIMES_A_MEET],
        ).fetchall()
        for (key,) in rows:
            self.conn.execute(
                "UPDATE results SET time_cs = time_cs - %s WHERE id = %s", [self.rng.randint(3, 5) * 6_000, key]
            )
        return [key for (key,) in rows]

    def _import(self, meet: UUID, import_id: UUID, short: set[UUID], wrong: list[UUID], when: str) -> None:
        run = self.conn.execute
        run("SELECT write_normalized_times_quietly(%s)", [f"r.meet_id = '{meet}'"])
        leaders = {key for (key,) in run(LEADERS, {"ids": wrong}).fetchall()}
        run("ANALYZE")
        run("SELECT hold_suspicious(%s, %s)", [meet, import_id])
        run("SELECT merge_results(%s, %s)", [meet, import_id])
        held = {key for (key,) in run("SELECT race_id FROM record_holds WHERE meet_id = %s", [meet]).fetchall()}
        single = {key for (key,) in run("SELECT result_id FROM record_holds WHERE meet_id = %s", [meet]).fetchall()}
        tally = self.tally
        for race, name, runners in run(RACES, [meet]).fetchall():
            if race in short:
                tally.short += 1
                tally.short_held += race in held
                if race not in held:
                    tally.missed.append(f"{when}: {name}, {runners} runners")
            else:
                tally.sound += 1
                tally.sound_held += race in held
        tally.wrong_leaders += len(leaders)
        tally.wrong_leaders_held += len(leaders & single)
        sound = len(single - {None} - set(wrong))
        if when.startswith("2022"):
            tally.single_held_at_first += sound
        else:
            tally.single_held += sound


RACES = """SELECT ra.id, ra.name, count(*) FROM races ra JOIN results r ON r.race_id = ra.id
           WHERE ra.meet_id = %s GROUP BY 1, 2"""
LEADERS = """
    SELECT r.id FROM results r JOIN races ra ON ra.id = r.race_id JOIN athletes a ON a.id = r.athlete_id
    LEFT JOIN course_records c ON c.course_id = ra.course_id AND c.gender = ra.gender AND c.rank = 1
    LEFT JOIN school_hall_of_fame h ON h.school_id = a.school_id AND h.gender = a.gender AND h.rank = 1
    WHERE r.id = ANY (%(ids)s)
      AND (r.time_cs < c.time_cs AND EXISTS (
               SELECT FROM course_records t WHERE t.course_id = c.course_id AND t.gender = c.gender AND t.rank = 10)
           OR r.normalized_time_cs < h.normalized_time_cs AND EXISTS (
               SELECT FROM school_hall_of_fame t
               WHERE t.school_id = h.school_id AND t.gender = h.gender AND t.rank = 10))"""


if __name__ == "__main__":
    main()
