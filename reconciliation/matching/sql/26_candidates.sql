-- Candidates with their vetoes. Whom an id points to is one, too.
ANALYZE found;
ANALYZE decided;
CREATE TEMPORARY TABLE judged ON COMMIT DROP AS
SELECT f.person_id, f.athlete_id, f.score, f.supports, v.vetoes, f.evidence
  FROM found f
 CROSS JOIN LATERAL (
     SELECT coalesce(array_agg(why ORDER BY why), ARRAY[]::text[]) AS vetoes FROM veto x
      WHERE x.person_id = f.person_id AND x.athlete_id = f.athlete_id) v;
INSERT INTO judged
SELECT b.person_id, b.athlete_id, 0.99, ARRAY['same athletic.net id'],
       coalesce((SELECT array_agg(why ORDER BY why) FROM veto x WHERE x.person_id = b.person_id AND x.athlete_id = b.athlete_id),
                ARRAY[]::text[]), NULL
  FROM by_id b WHERE NOT EXISTS (SELECT FROM judged j WHERE j.person_id = b.person_id AND j.athlete_id = b.athlete_id);
