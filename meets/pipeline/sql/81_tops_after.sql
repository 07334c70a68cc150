SELECT c.name AS course, n.gender, n.rank, n.athlete_id::text, n.athlete_name, n.school_name, n.time_cs,
       t.athlete_name AS was_name, t.time_cs AS was_time_cs
  FROM course_records n JOIN courses c ON c.id = n.course_id
  LEFT JOIN tops t ON t.course_id = n.course_id AND t.gender = n.gender AND t.rank = n.rank
 WHERE n.rank <= 10 AND n.course_id IN (SELECT course_id FROM race_map)
   AND (t.athlete_id IS DISTINCT FROM n.athlete_id OR t.time_cs <> n.time_cs)
 ORDER BY c.name, n.gender, n.rank
 LIMIT 200
