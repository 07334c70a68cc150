-- Who held the records that this meet may change, to tell afterwards which changed hands.
CREATE TEMPORARY TABLE tops ON COMMIT DROP AS
SELECT course_id, gender, rank, athlete_id, athlete_name, school_name, time_cs FROM course_records
 WHERE rank <= 10 AND course_id IN (SELECT course_id FROM race_map);
