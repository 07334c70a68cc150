-- What was judged becomes verdicts. athletic.net's id goes before names; a blank grade is held; nobody left means somebody
-- new, under an id made now.
INSERT INTO person_candidate
SELECT j.person_id, j.athlete_id, j.score, j.supports, j.vetoes, j.evidence FROM judged j;
INSERT INTO person_match
SELECT u.person_id,
       CASE WHEN u.grad_year IS NULL OR i.sure IS FALSE THEN 'doubtful' WHEN i.sure THEN 'same' ELSE coalesce(d.verdict, 'new') END,
       CASE WHEN u.grad_year IS NULL OR i.sure IS FALSE THEN NULL
            WHEN i.sure THEN i.athlete_id
            WHEN d.verdict IS NULL THEN importadmin.numbered_id((SELECT importadmin.id_prefix()), u.person_id)
            ELSE d.athlete_id END,
       CASE WHEN u.grad_year IS NULL THEN 'no_grade'
            WHEN i.sure IS FALSE THEN 'id_conflict'
            WHEN i.sure THEN NULL
            ELSE d.case_kind END
  FROM unmatched u
  LEFT JOIN by_id i USING (person_id)
  LEFT JOIN decided d USING (person_id);
ANALYZE person_match;
