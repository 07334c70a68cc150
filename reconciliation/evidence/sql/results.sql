-- Every result of the people in question with where it was run, the newest first.
SELECT r.id AS result_id, r.athlete_id, r.race_id, r.meet_id, r.time_cs, r.normalized_time_cs, r.place_overall AS place,
       r.source_name, m.name AS meet, m.meet_date, m.season_year, m.venue_id, ra.name AS race, c.name AS course,
       coalesce(nullif(ra.distance_meters, 0), nullif(c.distance_meters, 0)) AS distance_meters
  FROM results r
  JOIN meets m ON m.id = r.meet_id
  LEFT JOIN races ra ON ra.id = r.race_id
  LEFT JOIN courses c ON c.id = ra.course_id
 WHERE r.athlete_id = ANY({athletes}::uuid[])
 ORDER BY m.meet_date DESC, r.time_cs, r.id
 LIMIT {most};
