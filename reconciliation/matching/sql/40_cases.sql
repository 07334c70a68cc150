-- One question a CSV person (and kind); for two times, one a person and race. The fingerprint keeps the same question
-- from being asked twice; new evidence raises its version.
CREATE TEMPORARY TABLE question ON COMMIT DROP AS
WITH held AS (
    SELECT v.line, v.hold_kind AS kind, v.race_id, v.athlete_id, v.time_cs, s.athlete_name, s.place, p.person_id,
           p.school_id, p.name_key, p.first_name, p.last_name, p.grad_year, p.gender, s.grade, s.raw
      FROM verdict v JOIN staged s USING (line) JOIN person p USING (person_id)
     WHERE v.outcome = 'held'
)
SELECT md5(concat_ws('|', kind, school_id, name_key, coalesce(grad_year, 0), gender,
                     CASE WHEN kind = 'two_times' THEN race_id::text END)) AS fingerprint,
       kind, person_id, min(athlete_id::text)::uuid AS athlete_id, school_id,
       CASE WHEN kind = 'two_times' THEN min(race_id::text)::uuid END AS race_id,
       min(athlete_name COLLATE "C") AS athlete_name, min(first_name) AS first_name, min(last_name) AS last_name,
       grad_year, gender, min(grade) AS grade,
       array_agg(line ORDER BY line) AS lines,
       jsonb_agg(jsonb_build_object('line', line, 'race_id', race_id, 'time_cs', time_cs, 'place', place, 'as_written', raw)
                 ORDER BY line) AS rows
  FROM held
 GROUP BY kind, person_id, school_id, name_key, grad_year, gender, CASE WHEN kind = 'two_times' THEN race_id::text END;
