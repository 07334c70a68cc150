-- The CSV's person: (name key, school, grad year, gender), never athletes.csv alone. Lines that stand already need none.
CREATE TEMPORARY TABLE person ON COMMIT DROP AS
SELECT (row_number() OVER (ORDER BY school_id, name_key, grad_year, gender, athlete_ref))::int AS person_id,
       school_id, name_key, grad_year, gender, athlete_ref,
       min(athlete_name COLLATE "C") AS athlete_name, min(first_name COLLATE "C") AS first_name,
       min(last_name COLLATE "C") AS last_name, min(slug_start COLLATE "C") || '-' || grad_year AS slug
  FROM line l
 WHERE outcome IS NULL AND NOT EXISTS (SELECT FROM present p WHERE p.line = l.line)
 GROUP BY school_id, name_key, grad_year, gender, athlete_ref;
ANALYZE person (person_id, school_id, name_key, grad_year);

-- Who ran at another venue on the same day is not here: proof, not a hint.
CREATE TEMPORARY TABLE elsewhere ON COMMIT DROP AS
SELECT DISTINCT r.athlete_id
  FROM meets m JOIN results r ON r.meet_id = m.id
 WHERE m.meet_date = {meet_date} AND m.id <> {meet_id} AND m.venue_id <> {venue_id};

CREATE TEMPORARY TABLE person_match (
    person_id integer PRIMARY KEY, verdict text NOT NULL, athlete_id uuid, case_kind text
) ON COMMIT DROP;
CREATE TEMPORARY TABLE person_candidate (
    person_id integer NOT NULL, athlete_id uuid NOT NULL, score real NOT NULL, supports text[] NOT NULL, vetoes text[] NOT NULL,
    evidence jsonb
) ON COMMIT DROP;

-- Sure: exactly one athlete of that school, gender, grad year and name key (an accepted spelling counts), no veto.
-- A blank grade never equals a blank grade: such a person matches nobody here.
CREATE TEMPORARY TABLE exact ON COMMIT DROP AS
SELECT p.person_id, a.id AS athlete_id
  FROM person p JOIN athletes a USING (school_id, name_key, grad_year, gender)
 WHERE p.athlete_ref = '' OR coalesce(a.athletic_net_id, '') IN ('', p.athlete_ref)
UNION
SELECT p.person_id, a.id
  FROM person p JOIN athlete_aliases n USING (name_key)
  -- A reviewer may have accepted the spelling for another school, year or gender than the athlete's own.
  JOIN athletes a ON a.id = n.athlete_id AND coalesce(n.school_id, a.school_id) = p.school_id
                 AND coalesce(n.grad_year, a.grad_year) = p.grad_year AND coalesce(n.gender, a.gender) = p.gender;
ANALYZE exact;

INSERT INTO person_match
SELECT person_id, CASE WHEN count(*) = 1 AND NOT bool_or(e.athlete_id IS NOT NULL) THEN 'same' ELSE 'doubtful' END,
       CASE WHEN count(*) = 1 AND NOT bool_or(e.athlete_id IS NOT NULL) THEN min(x.athlete_id::text)::uuid END,
       CASE WHEN count(*) > 1 OR bool_or(e.athlete_id IS NOT NULL) THEN 'ambiguous_namesake' END
  FROM exact x LEFT JOIN elsewhere e USING (athlete_id)
  -- An athletic.net id that leads elsewhere is weighed by the matcher first.
 WHERE NOT EXISTS (SELECT FROM person p JOIN athletes a ON a.athletic_net_id = p.athlete_ref
                    WHERE p.person_id = x.person_id AND p.athlete_ref <> '' AND a.id <> x.athlete_id)
 GROUP BY person_id;
INSERT INTO person_candidate
SELECT x.person_id, x.athlete_id, 1, ARRAY['same school, name, gender and grad year'],
       CASE WHEN e.athlete_id IS NULL THEN ARRAY[]::text[] ELSE ARRAY['ran at another venue on the same day'] END
  FROM exact x JOIN person_match m USING (person_id) LEFT JOIN elsewhere e ON e.athlete_id = x.athlete_id
 WHERE m.verdict = 'doubtful';
-- Whoever may have run a result that stands under another grad year.
CREATE TEMPORARY TABLE contender ON COMMIT DROP AS
SELECT DISTINCT p.person_id, c.athlete_id
  FROM contested c JOIN line l USING (line) JOIN person p USING (school_id, name_key, grad_year, gender, athlete_ref)
 WHERE NOT EXISTS (SELECT FROM person_match m WHERE m.person_id = p.person_id);
INSERT INTO person_match SELECT DISTINCT person_id, 'doubtful', NULL::uuid, 'ambiguous_namesake' FROM contender;
INSERT INTO person_candidate
SELECT person_id, athlete_id, 0.8, ARRAY['same school, name, race and time'], ARRAY['grad years more than one apart']
  FROM contender;
ANALYZE person_match;
