-- A candidate without veto makes the person doubtful. All vetoed, or none: somebody new, under an id made now.
INSERT INTO person_candidate
SELECT c.person_id, c.athlete_id, c.score, c.supports,
       coalesce((SELECT array_agg(v.why ORDER BY v.why) FROM veto v WHERE v.person_id = c.person_id AND v.athlete_id = c.athlete_id),
                ARRAY[]::text[])
  FROM scored c;
INSERT INTO person_match
SELECT u.person_id,
       CASE WHEN u.grad_year IS NULL OR i.sure IS FALSE OR d.person_id IS NOT NULL THEN 'doubtful'
            WHEN i.sure THEN 'same' ELSE 'new' END,
       CASE WHEN u.grad_year IS NULL OR i.sure IS FALSE OR d.person_id IS NOT NULL THEN NULL
            WHEN i.sure THEN i.athlete_id ELSE importadmin.numbered_id((SELECT importadmin.id_prefix()), u.person_id) END,
       CASE WHEN u.grad_year IS NULL THEN 'no_grade'
            WHEN i.sure IS FALSE THEN 'id_conflict'
            WHEN d.person_id IS NOT NULL THEN CASE WHEN d.spelling THEN 'name_variant' ELSE 'similar_athlete' END END
  FROM unmatched u
  LEFT JOIN by_id i USING (person_id)
  LEFT JOIN (SELECT person_id, bool_and(score >= 0.85) AS spelling FROM person_candidate
              WHERE vetoes = '{{}}' GROUP BY person_id) d
    ON d.person_id = u.person_id AND i.sure IS NOT TRUE;
