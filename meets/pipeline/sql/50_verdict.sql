-- One row a line: where it ends, and which athlete and result it speaks of.
CREATE TEMPORARY TABLE verdict ON COMMIT DROP AS
SELECT l.line, l.race_id, l.school_id, l.time_cs, p.person_id,
       CASE WHEN l.outcome IS NULL THEN coalesce(t.athlete_id, m.athlete_id) END AS athlete_id,
       CASE WHEN l.outcome IS NOT NULL THEN NULL
            WHEN t.result_id IS NOT NULL THEN t.result_id
            WHEN s.result_id IS NOT NULL THEN s.result_id
            WHEN m.verdict <> 'doubtful' AND o.athlete_id IS NULL THEN importadmin.numbered_id((SELECT importadmin.id_prefix()), l.line) END AS result_id,
       CASE WHEN l.outcome IS NOT NULL THEN l.outcome
            WHEN t.outcome IS NOT NULL THEN t.outcome
            WHEN m.verdict = 'doubtful' THEN 'held'
            WHEN s.result_id IS NOT NULL THEN CASE WHEN s.name = l.athlete_name THEN 'already_present' ELSE 'variant_present' END
            WHEN o.athlete_id IS NOT NULL THEN 'held'
            ELSE 'inserted' END AS outcome,
       CASE WHEN l.outcome IS NULL AND t.outcome IS NULL THEN
            CASE WHEN m.verdict = 'doubtful' THEN m.case_kind
                 WHEN s.result_id IS NULL AND o.athlete_id IS NOT NULL THEN 'two_times' END END AS hold_kind
  FROM line l
  LEFT JOIN present t USING (line)
  LEFT JOIN person p ON l.outcome IS NULL AND t.line IS NULL
        AND p.school_id = l.school_id AND p.name_key = l.name_key AND p.gender = l.gender
        AND coalesce(p.grad_year, 0) = coalesce(l.grad_year, 0) AND p.athlete_ref = l.athlete_ref
  LEFT JOIN person_match m ON m.person_id = p.person_id
  -- The athlete stands in this race with this very time (found by id or alias, so not by the name above) …
  LEFT JOIN (
      SELECT DISTINCT ON (race_id, athlete_id, time_cs) race_id, athlete_id, time_cs, result_id, name FROM standing x
       WHERE NOT EXISTS (SELECT FROM present u WHERE u.result_id = x.result_id)
       ORDER BY race_id, athlete_id, time_cs, result_id) s
    ON s.race_id = l.race_id AND s.athlete_id = m.athlete_id AND s.time_cs = l.time_cs AND m.verdict = 'same'
  -- … or with another one: which of the two is right is a question.
  LEFT JOIN (SELECT DISTINCT race_id, athlete_id FROM standing) o ON o.race_id = l.race_id AND o.athlete_id = m.athlete_id;

-- Two lines of one bundle for one person in one race: one person twice, or two namesakes? Both wait.
WITH crowd AS (
    SELECT race_id, athlete_id FROM verdict WHERE athlete_id IS NOT NULL AND outcome <> 'held'
     GROUP BY 1, 2 HAVING count(*) > 1
)
UPDATE verdict v SET outcome = 'held', hold_kind = 'two_times', result_id = NULL
  FROM crowd c
 WHERE v.race_id = c.race_id AND v.athlete_id = c.athlete_id AND v.outcome = 'inserted';

-- What a reviewer set aside stays set aside, in every import of the meet.
UPDATE verdict v SET outcome = 'dismissed', hold_kind = NULL, result_id = NULL, athlete_id = NULL
  FROM line l JOIN set_aside_lines a USING (race_id, time_cs, school_id, name_key)
 WHERE l.line = v.line AND v.outcome IN ('held', 'inserted');
ANALYZE verdict (line, person_id, outcome);
