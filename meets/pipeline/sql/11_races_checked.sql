-- One reference, one row: the first line counts.
DELETE FROM b_school b USING b_school e WHERE e.ref = b.ref AND e.ctid < b.ctid;
DELETE FROM b_race b USING b_race e WHERE e.ref = b.ref AND e.ctid < b.ctid;
-- The gender decides who is who, so it is not guessed from the name.
INSERT INTO problem
SELECT 'race.no_gender', 'error', 'races.csv', line, line, 'gender', '', 'The race "' || name || '" has no gender.',
       'Write M or F; the name suggests ' || CASE WHEN name ~* '\m(wom|girl)' THEN 'F' WHEN name ~* '\m(men|boy)' THEN 'M'
                                                  ELSE 'neither' END || '.'
  FROM b_race WHERE gender = '';
DELETE FROM b_race WHERE gender = '';
ANALYZE b_school;
ANALYZE b_race;
ANALYZE b_athlete;
