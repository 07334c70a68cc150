"""`python -m bench.merges`: a merge of two athletes with 100 results each, and its undo, in the settings' database.

Makes its own courses, meets and people in a transaction that is rolled back.
"""

import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "importadmin.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

from reconciliation.actions.merge_athletes import merge_athletes  # noqa: E402
from reconciliation.actions.undo_decision import undo_decision  # noqa: E402

ROUNDS, COURSES, RACES, OTHERS = 9, 20, 200, 500
MAKE = f"""
    INSERT INTO venues (name) VALUES ('Bench Park');
    INSERT INTO schools (name) VALUES ('Bench High');
    INSERT INTO courses (name, venue_id, distance_meters, difficulty_rating)
        SELECT 'Bench ' || g, (SELECT id FROM venues WHERE name = 'Bench Park'), 5000, 1.1
          FROM generate_series(1, {COURSES}) g;
    INSERT INTO meets (name, meet_date, season_year, venue_id)
        SELECT 'Bench ' || g, date '2024-08-01' + g, 2024, (SELECT id FROM venues WHERE name = 'Bench Park')
          FROM generate_series(1, {RACES}) g;
    INSERT INTO races (meet_id, course_id, name, gender, distance_meters)
        SELECT m.id, (SELECT id FROM courses WHERE name = 'Bench ' || (1 + substr(m.name, 7)::int % {COURSES})),
               'Boys', 'M', 5000
          FROM meets m WHERE m.name LIKE 'Bench %';
    INSERT INTO athletes (school_id, name, first_name, last_name, grad_year, gender)
        SELECT (SELECT id FROM schools WHERE name = 'Bench High'), 'Ben N' || g, 'Ben', 'N' || g, 2026, 'M'
          FROM generate_series(1, {OTHERS}) g;
    INSERT INTO results (athlete_id, meet_id, race_id, time_cs, data_source)
        SELECT a.id, r.meet_id, r.id, 90000 + (hashtext(a.id::text || r.id) & 16383), 'scraper'
          FROM athletes a JOIN races r ON r.name = 'Boys' JOIN meets m ON m.id = r.meet_id AND m.name LIKE 'Bench %'
         WHERE a.name LIKE 'Ben N%' AND (substr(a.last_name, 2)::int + substr(m.name, 7)::int) % 2 = 0;
    -- Both of the two stand in the first hundred of every list.
    UPDATE results SET time_cs = time_cs - 8000
     WHERE athlete_id IN (SELECT id FROM athletes WHERE name IN ('Ben N1', 'Ben N2'));
    ANALYZE results; ANALYZE athletes; ANALYZE races; ANALYZE meets;
"""


def main() -> None:
    merges, undos = [], []
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(MAKE)
            cursor.execute("SELECT id FROM athletes WHERE name IN ('Ben N1', 'Ben N2') ORDER BY name")
            one, other = (row[0] for row in cursor.fetchall())
            cursor.execute("SELECT count(*) FROM results WHERE athlete_id IN (%s, %s)", [one, other])
            results = cursor.fetchone()[0]
        for _ in range(ROUNDS):
            began = time.perf_counter()
            decision = merge_athletes(survivor_id=one, loser_id=other, user=None, reason="bench")
            merges.append(time.perf_counter() - began)
            began = time.perf_counter()
            undo_decision(decision_id=decision.pk, user=None)
            undos.append(time.perf_counter() - began)
        transaction.set_rollback(True)
    for name, seconds in (("merge", merges), ("undo", undos)):
        middle, worst = sorted(seconds)[len(seconds) // 2] * 1000, max(seconds) * 1000
        sys.stdout.write(
            f"{name} of two athletes with {results} results in all: median {middle:.0f} ms, worst {worst:.0f} ms\n"
        )


if __name__ == "__main__":
    main()
