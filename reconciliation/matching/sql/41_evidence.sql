-- Each question with whom it is about, who may be meant, and what stands in the race already.
CREATE TEMPORARY TABLE built ON COMMIT DROP AS
SELECT q.*, sc.name AS school,
       jsonb_build_object('name', q.athlete_name, 'first_name', q.first_name, 'last_name', q.last_name,
                          'school_id', q.school_id, 'school', sc.name, 'grad_year', q.grad_year, 'grade', q.grade,
                          'gender', q.gender, 'rows', q.rows) AS subject,
       coalesce((
           SELECT jsonb_agg(jsonb_build_object('athlete_id', a.id, 'name', a.name, 'grad_year', a.grad_year,
                      'gender', a.gender, 'slug', a.slug, 'school', s2.name, 'school_id', s2.id, 'score', round(c.score::numeric, 3),
                      'supports', c.supports, 'vetoes', c.vetoes, 'evidence', c.evidence)
                  ORDER BY c.vetoes <> '{{}}', c.score DESC, a.id)
             FROM (SELECT athlete_id, score, supports, vetoes, evidence FROM person_candidate c WHERE c.person_id = q.person_id
                   UNION ALL
                   SELECT q.athlete_id, 1, ARRAY['same school, name, gender and grad year'], ARRAY[]::text[], NULL
                    WHERE q.kind = 'two_times' AND q.athlete_id IS NOT NULL) c
             JOIN athletes a ON a.id = c.athlete_id JOIN schools s2 ON s2.id = a.school_id), '[]') AS candidates,
       coalesce((
           SELECT jsonb_agg(jsonb_build_object('result_id', s.result_id, 'time_cs', s.time_cs) ORDER BY s.time_cs, s.result_id)
             FROM standing s WHERE q.kind = 'two_times' AND s.athlete_id = q.athlete_id AND s.race_id = q.race_id), '[]') AS standing
  FROM question q JOIN schools sc ON sc.id = q.school_id;

