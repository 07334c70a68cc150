-- Answers first ({answers}: {{ref: school id or 'new'}}), then the one candidate, else a new school.
CREATE TEMPORARY TABLE school_map ON COMMIT DROP AS
SELECT b.ref, b.name_key, ''::text AS slug,
       CASE WHEN a.value = 'new' THEN NULL
            WHEN a.value IS NOT NULL AND a.value <> 'one' THEN a.value::uuid
            ELSE c.id END AS school_id,
       coalesce(a.value = 'new', false) AS apart
  FROM b_school b
  -- Grouped once: looked up for each school, it would be read from end to end as often as there are schools.
  LEFT JOIN (SELECT ref, min(id::text)::uuid AS id FROM school_candidate GROUP BY ref) c USING (ref)
  LEFT JOIN jsonb_each_text({answers}::jsonb) a ON a.key = b.ref;

-- Answered "new" in an earlier import: by now the school is there, and what it is called in files is remembered.
UPDATE school_map m SET school_id = c.id
  FROM school_candidate c
 WHERE c.ref = m.ref AND c.how = 'alias' AND m.school_id IS NULL AND m.apart;
-- Or, in files without a city: by now the school is there, under its name and city.
UPDATE school_map m SET school_id = s.id
  FROM b_school b JOIN schools s ON s.name = b.name || ' (' || coalesce(nullif(b.city, ''), b.ref) || ')'
 WHERE b.ref = m.ref AND m.school_id IS NULL AND m.apart;

-- School names are unique on the site: a second school of one name carries its city, else its id.
CREATE TEMPORARY TABLE school_new ON COMMIT DROP AS
WITH fresh AS (
    SELECT DISTINCT ON (m.name_key, CASE WHEN m.apart THEN b.ref END)
           m.name_key, CASE WHEN m.apart THEN b.ref END AS apart_ref, b.name, b.ref, b.short_name, b.city, b.state, b.league
      FROM school_map m JOIN b_school b USING (ref)
     WHERE m.school_id IS NULL
     ORDER BY m.name_key, CASE WHEN m.apart THEN b.ref END, b.name, b.ref
), wanted AS (
    SELECT f.*, CASE WHEN EXISTS (SELECT FROM schools s WHERE s.name = f.name)
                       OR row_number() OVER (PARTITION BY f.name ORDER BY f.apart_ref NULLS FIRST) > 1
                     THEN f.name || ' (' || coalesce(nullif(f.city, ''), f.ref) || ')' ELSE f.name END AS unique_name
      FROM fresh f
)
SELECT importadmin.new_id() AS id, name_key, apart_ref, ref, short_name, city, state, league,
       CASE WHEN row_number() OVER (PARTITION BY unique_name ORDER BY apart_ref NULLS FIRST) > 1
            THEN name || ' (' || ref || ')' ELSE unique_name END AS name
  FROM wanted;

UPDATE school_map m SET school_id = n.id
  FROM school_new n
 WHERE m.school_id IS NULL AND n.name_key = m.name_key AND n.apart_ref IS NOT DISTINCT FROM (CASE WHEN m.apart THEN m.ref END);

INSERT INTO schools (id, name, short_name, city, state, league, athletic_net_id)
SELECT id, name, nullif(short_name, ''), nullif(city, ''), coalesce(nullif(state, ''), 'CA'), nullif(league, ''), ref
  FROM school_new;
INSERT INTO import_journal (import_id, table_name, row_id, new)
SELECT {import_id}, 'schools', id, jsonb_build_object('name', name, 'city', city) FROM school_new;
-- Results may name a school that schools.csv leaves out but the site knows under that id.
INSERT INTO school_map (ref, name_key, slug, school_id, apart)
SELECT s.athletic_net_id, '', '', min(s.id::text)::uuid, false
  FROM schools s
 WHERE s.athletic_net_id IN (
     SELECT DISTINCT g.school_ref FROM staged g WHERE NOT EXISTS (SELECT FROM school_map m WHERE m.ref = g.school_ref))
 GROUP BY s.athletic_net_id HAVING count(*) = 1;
-- The school's part of a slug, from the name that the site has.
UPDATE school_map m SET slug = importadmin.athlete_slug(NULL, NULL, '', s.name, NULL)
  FROM schools s WHERE s.id = m.school_id;
ANALYZE school_map;
