-- Newcomers with at least one result that goes in. Name key and slug come with the row, so that the triggers rest.
CREATE TEMPORARY TABLE newcomer ON COMMIT DROP AS
SELECT m.athlete_id AS id, p.*
  FROM person p JOIN person_match m USING (person_id)
 WHERE m.verdict = 'new'
   AND p.person_id IN (SELECT v.person_id FROM verdict v WHERE v.outcome = 'inserted');
-- Counted: taken for few, each held line would be compared with each of them.
ANALYZE newcomer (person_id);
-- A newcomer whose every line waits is not made: the lines then speak of nobody yet.
UPDATE verdict v SET athlete_id = NULL
  FROM person_match m
 WHERE m.person_id = v.person_id AND m.verdict = 'new' AND v.outcome = 'held'
   AND NOT EXISTS (SELECT FROM newcomer n WHERE n.person_id = v.person_id);
INSERT INTO import_journal (import_id, table_name, row_id, new)
SELECT {import_id}, 'athletes', id,
       jsonb_build_object('name', athlete_name, 'school_id', school_id, 'grad_year', grad_year, 'gender', gender, 'slug', slug)
  FROM newcomer;
INSERT INTO athletes (id, school_id, name, first_name, last_name, grad_year, gender, slug, athletic_net_id, name_key)
SELECT id, school_id, athlete_name, nullif(first_name, ''), nullif(last_name, ''), grad_year, gender, slug,
       nullif(athlete_ref, ''), name_key
  FROM newcomer;
