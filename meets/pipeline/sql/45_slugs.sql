-- A slug that is taken, or redirects, belongs to somebody. Surely somebody else (gender, grad year, the same race): the
-- newcomer gets a number. Perhaps the same person: a question, and no result until it is answered.
CREATE TEMPORARY TABLE slug_clash ON COMMIT DROP AS
SELECT p.person_id, a.id AS athlete_id,
       a.gender <> p.gender OR abs(a.grad_year - p.grad_year) > 1
       OR importadmin.told_apart(a.id::text, importadmin.person_key(p.school_id, p.name_key, p.grad_year, p.gender))
       OR EXISTS (SELECT FROM standing s JOIN line l USING (race_id)
                   WHERE s.athlete_id = a.id AND l.school_id = p.school_id AND l.name_key = p.name_key
                     AND l.grad_year = p.grad_year AND l.gender = p.gender AND l.outcome IS NULL) AS different
  FROM person p JOIN person_match m USING (person_id)
  JOIN (SELECT slug, id FROM athletes WHERE slug IN (SELECT slug FROM person)
        UNION ALL
        SELECT slug, athlete_id FROM slug_redirects WHERE slug IN (SELECT slug FROM person)) taken USING (slug)
  JOIN athletes a ON a.id = taken.id
 WHERE m.verdict = 'new';

UPDATE person_match m SET verdict = 'doubtful', case_kind = 'slug_collision', athlete_id = NULL
 WHERE EXISTS (SELECT FROM slug_clash c WHERE c.person_id = m.person_id AND NOT c.different);
INSERT INTO person_candidate
SELECT person_id, athlete_id, 0.9, ARRAY['same web address'], ARRAY[]::text[] FROM slug_clash WHERE NOT different;

-- Two newcomers of one bundle under one slug: other school or gender are two people; else the second one waits.
CREATE TEMPORARY TABLE slug_twin ON COMMIT DROP AS
SELECT person_id, slug, nth, different FROM (
    SELECT p.person_id, p.slug,
           row_number() OVER w AS nth,
           first_value(p.school_id) OVER w <> p.school_id OR first_value(p.gender) OVER w <> p.gender AS different
      FROM person p JOIN person_match m USING (person_id)
     WHERE m.verdict = 'new'
    WINDOW w AS (PARTITION BY p.slug ORDER BY p.name_key COLLATE "C", p.gender, p.person_id)) x
 WHERE nth > 1;
UPDATE person_match m SET verdict = 'doubtful', case_kind = 'slug_collision', athlete_id = NULL
  FROM slug_twin t WHERE t.person_id = m.person_id AND NOT t.different;

-- The number is the first that is free, so that it stays readable and comes out the same every time.
WITH needy AS (
    SELECT p.person_id, p.slug, row_number() OVER (PARTITION BY p.slug ORDER BY p.name_key COLLATE "C", p.person_id) AS nth,
           count(*) OVER (PARTITION BY p.slug) AS wanted
      FROM person p JOIN person_match m USING (person_id)
     WHERE m.verdict = 'new'
       AND (p.person_id IN (SELECT person_id FROM slug_clash) OR p.person_id IN (SELECT person_id FROM slug_twin))
), given AS (
    SELECT n.slug, f.number, row_number() OVER (PARTITION BY n.slug ORDER BY f.number) AS nth
      FROM (SELECT DISTINCT slug, wanted FROM needy) n
     CROSS JOIN LATERAL importadmin.free_slug_numbers(n.slug, n.wanted) AS f (number)
)
UPDATE person p SET slug = p.slug || '-' || g.number
  FROM needy n JOIN given g USING (slug, nth)
 WHERE p.person_id = n.person_id;
