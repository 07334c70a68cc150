-- normalized_time_cs: round(time_cs × 1609.344 / (distance × rating)), null without distance or rating (the site's formula).
INSERT INTO results (id, athlete_id, meet_id, race_id, time_cs, normalized_time_cs, place_overall, data_source,
                     source_name, import_id)
SELECT v.result_id, v.athlete_id, {meet_id}, v.race_id, v.time_cs,
       importadmin.normalized_time(v.time_cs, r.meters, r.rating), s.place, 'athletic_net', s.athlete_name, {import_id}
  FROM verdict v JOIN staged s USING (line)
  LEFT JOIN (SELECT DISTINCT race_id, meters, rating FROM race_map) r ON r.race_id = v.race_id
 WHERE v.outcome = 'inserted';
