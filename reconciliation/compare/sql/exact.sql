-- Both directions at once: every (name, race, time) of the CSV and of the database, with how often each side has it.
-- Begins each comparison query; {meet}, {import} come as literals, so that the planner sees which meet it is.
WITH csv AS (
    SELECT athlete_name AS name, race_id, time_cs, count(*) AS n,
           -- A reviewer set these aside: when nothing answers them, nothing is missing (pairing.py).
           count(*) FILTER (WHERE outcome = 'dismissed') AS n_aside
    FROM importadmin.import_rows
    WHERE import_id = {import}
      AND time_cs IS NOT NULL
      -- A repeated line is told apart; a skipped or rejected one never was a result.
      AND outcome NOT IN ('skipped', 'rejected', 'repeated')
    GROUP BY 1, 2, 3
),
db AS (
    -- The name by a subquery, which is one look into the key's index a row: a join would read all athletes of the
    -- database for a meet of 10,000.
    SELECT (SELECT a.name FROM public.athletes a WHERE a.id = r.athlete_id) AS name, r.race_id, r.time_cs,
           count(*) AS n,
           -- As the database was before this import wrote into it.
           count(*) FILTER (WHERE r.import_id IS DISTINCT FROM {import}) AS n_before
    FROM public.results r
    WHERE r.meet_id = {meet}
    GROUP BY 1, 2, 3
),
exact AS MATERIALIZED (
    SELECT race_id, time_cs,
           coalesce(csv.n, 0) AS csv_n, coalesce(csv.n_aside, 0) AS aside_n,
           coalesce(db.n, 0) AS db_n, coalesce(db.n_before, 0) AS before_n
    FROM csv FULL JOIN db USING (name, race_id, time_cs)
),
-- What exact names leave over, per race and time. Folding can only pair what is left on both sides of one of these.
finish AS MATERIALIZED (
    SELECT *, missing > 0 AND (extra > 0 OR aside > 0) OR missing_before > 0 AND (extra_before > 0 OR aside > 0)
              AS contested
    FROM (
        SELECT race_id, time_cs, sum(aside_n) AS aside,
               sum(greatest(csv_n - db_n, 0)) AS missing, sum(greatest(db_n - csv_n, 0)) AS extra,
               sum(greatest(csv_n - before_n, 0)) AS missing_before,
               sum(greatest(before_n - csv_n, 0)) AS extra_before
        FROM exact
        WHERE csv_n <> db_n OR csv_n <> before_n OR aside_n > 0
        GROUP BY 1, 2
    ) left_over
)
