-- Where both times of one athlete in one race stand in `results`, the site's own table of such pairs gets a row.
INSERT INTO potential_duplicates (result_id_1, result_id_2, athlete_id, meet_id, race_id, conflict_type, time_1_cs, time_2_cs,
                                  time_difference_cs)
SELECT a.id, b.id, a.athlete_id, {meet_id}, a.race_id, 'two_times', a.time_cs, b.time_cs, abs(a.time_cs - b.time_cs)
  FROM (SELECT athlete_id, race_id FROM results WHERE meet_id = {meet_id} AND race_id IS NOT NULL
         GROUP BY 1, 2 HAVING count(*) > 1) twice
  JOIN results a ON a.meet_id = {meet_id} AND a.athlete_id = twice.athlete_id AND a.race_id = twice.race_id
  JOIN results b ON b.meet_id = {meet_id} AND b.athlete_id = a.athlete_id AND b.race_id = a.race_id
                AND b.id > a.id AND b.time_cs <> a.time_cs
ON CONFLICT DO NOTHING;
