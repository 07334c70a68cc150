-- Proof that two differ, the list of vetoes.py: both finished the same race (the athlete stands in it with another time, or
-- another line of the bundle is surely the athlete there), at another venue on this day, another gender, years apart.
ANALYZE scored;
CREATE TEMPORARY TABLE ran ON COMMIT DROP AS
SELECT p.person_id, l.race_id, l.time_cs
  FROM person p
  JOIN line l ON l.school_id = p.school_id AND l.name_key = p.name_key AND l.gender = p.gender AND l.outcome IS NULL
             AND coalesce(l.grad_year, 0) = coalesce(p.grad_year, 0) AND l.athlete_ref = p.athlete_ref
 WHERE p.person_id IN (SELECT person_id FROM scored UNION ALL SELECT person_id FROM person_match WHERE verdict = 'same');
ANALYZE ran;
CREATE TEMPORARY TABLE veto ON COMMIT DROP AS
SELECT DISTINCT x.person_id, x.athlete_id, x.why FROM (
    SELECT c.person_id, c.athlete_id, {same_race} AS why
      FROM scored c JOIN ran l USING (person_id)
      JOIN standing s ON s.race_id = l.race_id AND s.athlete_id = c.athlete_id
     -- The very same time in the same race is no veto: it may be the same result under another spelling.
     WHERE s.time_cs <> l.time_cs OR EXISTS (SELECT FROM present u WHERE u.result_id = s.result_id)
    UNION ALL
    SELECT c.person_id, c.athlete_id, {same_race}
      FROM scored c JOIN ran l USING (person_id)
      JOIN person_match m ON m.verdict = 'same' AND m.athlete_id = c.athlete_id
      JOIN ran k ON k.person_id = m.person_id AND k.race_id = l.race_id
    UNION ALL
    SELECT c.person_id, c.athlete_id, {other_venue} FROM scored c JOIN elsewhere e USING (athlete_id)
    UNION ALL
    SELECT c.person_id, c.athlete_id, CASE WHEN a.gender <> p.gender THEN {other_gender} ELSE {years_apart} END
      FROM scored c JOIN person p USING (person_id) JOIN athletes a ON a.id = c.athlete_id
     WHERE a.gender <> p.gender OR abs(a.grad_year - p.grad_year) > 1
    UNION ALL
    -- Asked before, and answered: not the same.
    SELECT c.person_id, c.athlete_id, {told_apart}
      FROM scored c JOIN person p USING (person_id)
     WHERE importadmin.told_apart(c.athlete_id::text, importadmin.person_key(p.school_id, p.name_key, p.grad_year, p.gender))
) x;
