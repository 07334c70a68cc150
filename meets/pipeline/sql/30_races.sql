-- A race is known by its athletic.net id, else by a (name, gender) that is unique on both sides. An id that two races of
-- the meet carry is a question, like a name that two have; and so is a name that none has, while the meet has races of that
-- gender without an id (another tool wrote them under other names: taken for new, every result would be there twice).
CREATE TEMPORARY TABLE race_map ON COMMIT DROP AS
SELECT b.ref, b.name, b.gender, b.distance_meters, b.course_id, b.name_key, b.line, r.id AS race_id
  FROM (SELECT x.*, coalesce((SELECT c.course_id FROM course_map c WHERE c.name_key = importadmin.name_key(x.course_name)),
                             {default_course}) AS course_id
          FROM b_race x) b
  LEFT JOIN (SELECT athletic_net_race_id, min(id::text)::uuid AS id FROM races WHERE meet_id = {meet_id}
              GROUP BY 1 HAVING count(*) = 1) r ON r.athletic_net_race_id = b.ref AND b.ref <> '';

CREATE TEMPORARY TABLE race_by_name ON COMMIT DROP AS
WITH unclaimed AS (
    SELECT id, gender, importadmin.name_key(name) AS name_key FROM races r
     WHERE meet_id = {meet_id} AND coalesce(athletic_net_race_id, '') = ''
       AND NOT EXISTS (SELECT FROM race_map m WHERE m.race_id = r.id)
), named AS (
    SELECT m.ref, m.line, m.name_key, m.gender, u.id
      FROM race_map m JOIN unclaimed u USING (name_key, gender)
     WHERE m.race_id IS NULL
    UNION
    SELECT m.ref, m.line, m.name_key, m.gender, r.id
      FROM race_map m JOIN races r ON r.meet_id = {meet_id} AND r.athletic_net_race_id = m.ref
     WHERE m.race_id IS NULL AND m.ref <> ''
), pairs AS (
    SELECT *, true AS alike FROM named
    UNION ALL
    SELECT m.ref, m.line, m.name_key, m.gender, u.id, false
      FROM race_map m JOIN unclaimed u USING (gender)
     WHERE m.race_id IS NULL AND NOT EXISTS (SELECT FROM named n WHERE n.ref = m.ref AND n.line = m.line)
       AND NOT EXISTS (SELECT FROM named n WHERE n.id = u.id)
)
SELECT ref, line, count(*) AS candidates, min(id::text)::uuid AS id, bool_and(alike) AS alike,
       count(*) OVER (PARTITION BY name_key, gender) AS wanting, jsonb_agg(id) AS options
  FROM pairs
 GROUP BY ref, line, name_key, gender;
