-- athletic.net's own id: sure when school, gender and grad year fit and the names share a word; an id that points to
-- somebody clearly different is a question.
CREATE TEMPORARY TABLE by_id ON COMMIT DROP AS
SELECT u.person_id, min(a.id::text)::uuid AS athlete_id,
       count(*) = 1 AND bool_and(a.gender = u.gender AND abs(a.grad_year - u.grad_year) <= 1
                                 AND string_to_array(a.name_key, ' ') && string_to_array(u.name_key, ' ')
                                 AND NOT EXISTS (SELECT FROM elsewhere e WHERE e.athlete_id = a.id)) AS sure
  FROM unmatched u JOIN athletes a ON a.athletic_net_id = u.athlete_ref
 WHERE u.athlete_ref <> ''
 GROUP BY u.person_id;
INSERT INTO scored
SELECT b.person_id, b.athlete_id, NULL
  FROM by_id b WHERE NOT EXISTS (SELECT FROM scored s WHERE s.person_id = b.person_id AND s.athlete_id = b.athlete_id);
