-- Proof that two differ: both finished the same race (the athlete stands in it with another time, or another line of
-- the bundle is surely the athlete there), or the athlete ran at another venue on this day.
CREATE TEMPORARY TABLE veto ON COMMIT DROP AS
SELECT DISTINCT x.person_id, x.athlete_id, x.why FROM (
    SELECT c.person_id, c.athlete_id, 'both finished the same race' AS why
      FROM scored c JOIN person p USING (person_id)
      JOIN line l ON l.school_id = p.school_id AND l.name_key = p.name_key AND l.gender = p.gender
                 AND l.grad_year = p.grad_year AND l.outcome IS NULL
      JOIN standing s ON s.race_id = l.race_id AND s.athlete_id = c.athlete_id
     -- The very same time in the same race is no veto: it may be the same result under another spelling.
     WHERE s.time_cs <> l.time_cs OR EXISTS (SELECT FROM present u WHERE u.result_id = s.result_id)
    UNION ALL
    SELECT c.person_id, c.athlete_id, 'both finished the same race'
      FROM scored c JOIN person p USING (person_id)
      JOIN line l ON l.school_id = p.school_id AND l.name_key = p.name_key AND l.gender = p.gender
                 AND l.grad_year = p.grad_year AND l.outcome IS NULL
      JOIN person_match m ON m.verdict = 'same' AND m.athlete_id = c.athlete_id
      JOIN person o ON o.person_id = m.person_id
      JOIN line k ON k.race_id = l.race_id AND k.school_id = o.school_id AND k.name_key = o.name_key
                 AND k.gender = o.gender AND k.grad_year = o.grad_year AND k.outcome IS NULL
    UNION ALL
    SELECT c.person_id, c.athlete_id, 'ran at another venue on the same day'
      FROM scored c JOIN elsewhere e USING (athlete_id)
    UNION ALL
    -- Asked before, and answered: not the same.
    SELECT c.person_id, c.athlete_id, 'a reviewer told them apart before'
      FROM scored c JOIN person p USING (person_id)
     WHERE importadmin.told_apart(c.athlete_id::text, importadmin.person_key(p.school_id, p.name_key, p.grad_year, p.gender))
) x;
