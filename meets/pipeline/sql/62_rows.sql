-- The ledger: every line of results.csv as it was written, with its one outcome.
INSERT INTO import_rows (import_id, line, line_last, outcome, race_id, athlete_id, result_id, school_id, athlete_name,
                         time_cs, place, grade, raw)
SELECT {import_id}, s.line, s.line_last, v.outcome, v.race_id, v.athlete_id,
       CASE WHEN v.outcome IN ('inserted', 'already_present', 'variant_present') THEN v.result_id END,
       v.school_id, s.athlete_name, s.time_cs, s.place, s.grade, s.raw
  FROM staged s JOIN verdict v USING (line);
