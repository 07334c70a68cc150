-- Candidates that are out of the competition, by a veto, and those whose athlete another line surely is.
SELECT c.position,
       EXISTS (SELECT FROM veto v WHERE v.person_id = c.person_id AND v.athlete_id = c.athlete_id) AS vetoed,
       EXISTS (SELECT FROM person_match m WHERE m.verdict = 'same' AND m.athlete_id = c.athlete_id) AS taken
  FROM scored c
