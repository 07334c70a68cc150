-- One reference, one row: the first line counts. Where a later one says something else, nobody may take it for read.
INSERT INTO problem
SELECT DISTINCT ON (b.line) 'school.twice', 'warning', {schools_file}, b.line, b.line, {schools_column}, left(b.ref, 200),
       'The id of “' || b.name || '” stands on line ' || e.line || ' already, for “' || e.name || '”; that line counts.',
       'Give each school an id of its own, or correct the one that is wrong.'
  FROM b_school b JOIN b_school e ON e.ref = b.ref AND e.line < b.line
 WHERE e.name_key <> b.name_key OR e.city <> b.city
 ORDER BY b.line, e.line;
INSERT INTO problem
SELECT DISTINCT ON (b.line) 'race.twice', CASE WHEN b.gender <> '' AND e.gender NOT IN ('', b.gender) THEN 'error' ELSE 'warning' END, {races_file}, b.line,
       b.line, {races_column}, b.gender,
       'The race “' || b.name || '” has the id of “' || e.name || '” on line ' || e.line
           || CASE WHEN b.gender <> '' AND e.gender NOT IN ('', b.gender) THEN ', with another gender; neither is taken.' ELSE '; that line counts.' END,
       'Give each race the id that it has on athletic.net.'
  FROM b_race b JOIN b_race e ON e.ref = b.ref AND e.line < b.line
 WHERE e.gender <> b.gender OR e.name_key <> b.name_key OR e.distance_meters IS DISTINCT FROM b.distance_meters
 ORDER BY b.line, e.line;
-- The gender decides who is who.
DELETE FROM b_race b
 WHERE b.gender <> '' AND EXISTS (SELECT FROM b_race e WHERE e.ref = b.ref AND e.gender NOT IN ('', b.gender));
DELETE FROM b_school b USING b_school e WHERE e.ref = b.ref AND e.line < b.line;
DELETE FROM b_race b USING b_race e WHERE e.ref = b.ref AND e.line < b.line;
-- A race that the site has already needs none in the file.
UPDATE b_race b SET gender = known.gender
  FROM (SELECT athletic_net_race_id AS ref, min(gender) AS gender FROM races
         WHERE athletic_net_race_id IN (SELECT ref FROM b_race WHERE gender = '' AND ref <> '')
         GROUP BY 1 HAVING count(DISTINCT gender) = 1) known
 WHERE b.ref = known.ref AND b.gender = '';
-- The gender decides who is who, so it is not guessed from the name.
INSERT INTO problem
SELECT 'race.no_gender', 'error', {races_file}, line, line, {races_column}, '', 'The race "' || name || '" has no gender.',
       'Write M or F; the name suggests ' || CASE WHEN name ~* '\m(wom|girl)' THEN 'F' WHEN name ~* '\m(men|boy)' THEN 'M'
                                                  ELSE 'neither' END || '.'
  FROM b_race WHERE gender = '';
DELETE FROM b_race WHERE gender = '';
ANALYZE b_school;
ANALYZE b_race;
ANALYZE b_athlete;
