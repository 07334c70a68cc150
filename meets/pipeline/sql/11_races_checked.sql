-- One reference, one row: the first line counts.
DELETE FROM b_school b USING b_school e WHERE e.ref = b.ref AND e.ctid < b.ctid;
DELETE FROM b_race b USING b_race e WHERE e.ref = b.ref AND e.ctid < b.ctid;
-- A race that the site has already needs none in the file.
UPDATE b_race b SET gender = known.gender
  FROM (SELECT athletic_net_race_id AS ref, min(gender) AS gender FROM races
         WHERE athletic_net_race_id IN (SELECT ref FROM b_race WHERE gender = '' AND ref <> '')
         GROUP BY 1 HAVING count(DISTINCT gender) = 1) known
 WHERE b.ref = known.ref AND b.gender = '';
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
