-- Answered races first, then names that are unique on both sides.
UPDATE race_map m SET race_id = a.value::uuid
  FROM jsonb_each_text({answers}::jsonb) a
 WHERE m.race_id IS NULL AND a.key = m.ref AND a.value <> 'new'
   AND EXISTS (SELECT FROM races r WHERE r.id = a.value::uuid AND r.meet_id = {meet_id});
UPDATE race_map m SET race_id = n.id
  FROM race_by_name n
 WHERE m.race_id IS NULL AND n.ref = m.ref AND n.line = m.line AND n.candidates = 1 AND n.wanting = 1 AND n.alike;

-- The site wants a race's name distinct within (meet, gender): repeated names are numbered in the file's order.
CREATE TEMPORARY TABLE race_new ON COMMIT DROP AS
WITH fresh AS (
    SELECT m.*, row_number() OVER same AS nth, count(*) OVER (PARTITION BY m.name, m.gender) AS wanted,
           NOT EXISTS (SELECT FROM races r WHERE r.meet_id = {meet_id} AND r.gender = m.gender AND r.name = m.name) AS free
      FROM race_map m WHERE m.race_id IS NULL
    WINDOW same AS (PARTITION BY m.name, m.gender ORDER BY m.line, m.ref)
), numbers AS (
    -- Numbers that neither the site nor another race of the file uses for this name.
    SELECT f.name, f.gender, g.number, row_number() OVER (PARTITION BY f.name, f.gender ORDER BY g.number) AS nth
      FROM (SELECT DISTINCT name, gender, wanted FROM fresh WHERE wanted > 1 OR NOT free) f
     CROSS JOIN LATERAL (
         SELECT n AS number FROM generate_series(2, 1000) n
          WHERE NOT EXISTS (SELECT FROM races r WHERE r.meet_id = {meet_id} AND r.gender = f.gender
                               AND r.name = f.name || ' (' || n || ')')
            AND NOT EXISTS (SELECT FROM fresh o WHERE o.gender = f.gender AND o.name = f.name || ' (' || n || ')')
          ORDER BY n LIMIT f.wanted) g
)
SELECT importadmin.new_id() AS id, f.ref, f.line, f.gender, f.distance_meters, f.course_id,
       CASE WHEN f.free AND f.nth = 1 THEN f.name ELSE f.name || ' (' || n.number || ')' END AS name,
       (regexp_match(f.name, 'Division\s+(\w+)', 'i'))[1] AS division
  FROM fresh f LEFT JOIN numbers n ON n.name = f.name AND n.gender = f.gender AND n.nth = f.nth - f.free::int;

INSERT INTO races (id, meet_id, course_id, name, gender, division, distance_meters, athletic_net_race_id)
SELECT id, {meet_id}, course_id, name, gender, division, coalesce(distance_meters, 0), nullif(ref, '') FROM race_new;
INSERT INTO import_journal (import_id, table_name, row_id, new)
SELECT {import_id}, 'races', id, jsonb_build_object('name', name, 'gender', gender) FROM race_new;

UPDATE race_map m SET race_id = n.id FROM race_new n WHERE m.race_id IS NULL AND n.ref = m.ref AND n.line = m.line;
-- Results may name a race that races.csv leaves out but the site has for this meet.
INSERT INTO race_map (ref, name, gender, distance_meters, course_id, name_key, race_id)
SELECT r.athletic_net_race_id, r.name, r.gender, r.distance_meters, r.course_id, '', r.id
  FROM races r
 WHERE r.meet_id = {meet_id} AND r.athletic_net_race_id <> ''
   AND NOT EXISTS (SELECT FROM race_map m WHERE m.ref = r.athletic_net_race_id)
   AND NOT EXISTS (SELECT FROM races o WHERE o.meet_id = {meet_id} AND o.athletic_net_race_id = r.athletic_net_race_id
                      AND o.id <> r.id)
;
ALTER TABLE race_map ADD COLUMN wanted_course uuid, ADD COLUMN meters integer, ADD COLUMN rating numeric;
UPDATE race_map m SET wanted_course = m.course_id, course_id = r.course_id, gender = r.gender
  FROM races r WHERE r.id = m.race_id;
