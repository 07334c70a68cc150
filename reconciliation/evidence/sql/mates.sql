-- Who of these schools ran in these races. Ids as literals: the planner then starts from the races, not from the schools.
SELECT r.race_id, a.school_id, a.id AS athlete_id, a.name
  FROM results r
  JOIN athletes a ON a.id = r.athlete_id
 WHERE r.race_id = ANY({races}::uuid[]) AND a.school_id = ANY({schools}::uuid[])
 ORDER BY r.race_id, r.time_cs, a.id;
