-- More results of made-up people, up to %(results)s in all, and then the dirt. Slugs are as the site makes them.
SELECT setseed(0.25);
INSERT INTO meets (id, name, meet_date, season_year, athletic_net_id)
SELECT md5('meet' || n)::uuid, 'Older Meet ' || n, date '2020-09-01' + (n %% 1500), 2020 + (n %% 5), 'old' || n
FROM generate_series(1, %(results)s / 2000 + 1) AS n;
INSERT INTO races (id, meet_id, course_id, name, gender, distance_meters)
SELECT md5('race' || n || g)::uuid, md5('meet' || n)::uuid,
       (SELECT id FROM courses ORDER BY name OFFSET n %% 4 LIMIT 1), 'Varsity ' || g, g, CASE WHEN n %% 9 = 0 THEN 0 ELSE 5000 END
FROM generate_series(1, %(results)s / 2000 + 1) AS n, unnest(ARRAY['M', 'F']) AS g;
INSERT INTO athletes (id, school_id, name, first_name, last_name, grad_year, gender)
SELECT md5('athlete' || n)::uuid, s.ids[1 + n %% cardinality(s.ids)], 'Runner' || n || ' Oldfield', 'Runner' || n, 'Oldfield',
       2021 + n %% 6, CASE WHEN n %% 2 = 0 THEN 'M' ELSE 'F' END
FROM generate_series(1, %(results)s / 4) AS n, (SELECT array_agg(id ORDER BY name) AS ids FROM schools) s;
INSERT INTO results (athlete_id, meet_id, race_id, time_cs, data_source, normalized_time_cs)
SELECT md5('athlete' || a)::uuid, md5('meet' || m)::uuid, md5('race' || m || CASE WHEN a %% 2 = 0 THEN 'M' ELSE 'F' END)::uuid,
       90000 + (random() * 60000)::integer, 'athletic_net', 40000
FROM (SELECT n, 1 + n %% (%(results)s / 4) AS a, 1 + n / 2000 AS m
      FROM generate_series(0, %(results)s - 1 - (SELECT count(*)::integer FROM results)) AS n) x;
WITH slug AS (
    SELECT a.id, lower(regexp_replace(concat_ws('-', a.first_name, a.last_name, s.name, a.grad_year), '[^a-zA-Z0-9]+', '-', 'g')) AS base
    FROM athletes a JOIN schools s ON s.id = a.school_id
), numbered AS (
    SELECT id, base, row_number() OVER (PARTITION BY base ORDER BY id) AS n FROM slug
)
UPDATE athletes a SET slug = n.base || CASE WHEN n.n > 1 THEN '-' || n.n ELSE '' END FROM numbered n WHERE n.id = a.id;
-- Nobody ever gave these slugs.
UPDATE athletes SET slug = NULL WHERE id IN (SELECT id FROM athletes WHERE last_name = 'Oldfield' ORDER BY id LIMIT 3);
UPDATE meets m SET result_count = (SELECT count(*) FROM results r WHERE r.meet_id = m.id);
INSERT INTO athlete_best_times (athlete_id, season_year, season_best_time_cs, season_best_normalized_cs,
    season_best_result_id, season_best_race_distance_meters, alltime_best_time_cs, alltime_best_normalized_cs,
    alltime_best_result_id, alltime_best_race_distance_meters)
SELECT DISTINCT ON (r.athlete_id, m.season_year) r.athlete_id, m.season_year, r.time_cs, 40000, r.id, 5000, r.time_cs,
       40000, r.id, 5000
FROM results r JOIN meets m ON m.id = r.meet_id ORDER BY r.athlete_id, m.season_year, r.time_cs;

-- The dirt. Athletes doubled by spelling, each with a slug of their own:
INSERT INTO athletes (school_id, name, first_name, last_name, grad_year, gender, slug)
SELECT school_id, upper(name), upper(first_name), upper(last_name), grad_year, gender, slug || '-2'
FROM athletes WHERE last_name = 'Oldfield' AND slug IS NOT NULL ORDER BY id LIMIT 40;
-- best times that point to results which are gone:
UPDATE athlete_best_times SET season_best_result_id = gen_random_uuid()
WHERE id IN (SELECT id FROM athlete_best_times ORDER BY athlete_id, season_year LIMIT 25);
-- and counts that are off.
UPDATE meets SET result_count = result_count + 3 WHERE id IN (SELECT id FROM meets ORDER BY id LIMIT 4);
