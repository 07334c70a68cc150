-- What a normalised time needs: the race's distance, else the course's, and the course's rating.
UPDATE race_map m SET course_id = r.course_id, rating = c.difficulty_rating,
                      meters = importadmin.distance_run(r.distance_meters, c.distance_meters)
  FROM races r LEFT JOIN courses c ON c.id = r.course_id
 WHERE r.id = m.race_id;
ANALYZE race_map;
