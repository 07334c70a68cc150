-- "Repeated": every field equal to an earlier line. Only lines that share race, name and school are looked at closely.
CREATE TEMPORARY TABLE repeated ON COMMIT DROP AS
WITH crowded AS (
    SELECT race_ref, athlete_name, school_ref FROM staged WHERE status <> 'rejected' GROUP BY 1, 2, 3 HAVING count(*) > 1
)
SELECT line, first_line FROM (
    SELECT s.line, min(s.line) OVER (
               PARTITION BY race_ref, athlete_name, school_ref, first_name, last_name, time_cs, place, grade,
                            athlete_ref, grad_year, gender, status, replace(btrim(raw, E' \r\n'), '"', '')) AS first_line
      FROM staged s JOIN crowded USING (race_ref, athlete_name, school_ref)
     WHERE s.status <> 'rejected') x
 WHERE line <> first_line;

-- Each line with what its references mean. outcome stays null while the line is open.
CREATE TEMPORARY TABLE line ON COMMIT DROP AS
SELECT s.line, r.race_id, m.school_id, s.athlete_name, s.name_key, s.first_name, s.last_name, s.time_cs, s.place,
       s.athlete_ref, coalesce(r.gender, nullif(s.gender, '')) AS gender,
       coalesce(s.grad_year, {season_year} + 13 - s.grade) AS grad_year,
       coalesce(nullif(s.name_slug, '') || '-', '') || m.slug AS slug_start,
       CASE WHEN s.status <> 'ok' THEN s.status
            WHEN p.line IS NOT NULL THEN 'repeated'
            WHEN r.race_id IS NULL OR m.school_id IS NULL THEN 'rejected'
            WHEN coalesce(s.grad_year, {season_year} + 13 - s.grade) NOT BETWEEN 1966 AND 2035 THEN 'rejected'
       END AS outcome
  FROM staged s
  LEFT JOIN race_map r ON r.ref = s.race_ref
  LEFT JOIN school_map m ON m.ref = s.school_ref
  LEFT JOIN repeated p ON p.line = s.line;
-- Only what is joined by: statistics of names and slugs cost more than they tell.
ANALYZE line (race_id, school_id, name_key, grad_year, outcome);

INSERT INTO problem
SELECT 'line.repeated', 'warning', {file}, s.line, s.line_last, '', left(s.raw, 200),
       'The line is the same as line ' || p.first_line || ' in every field; it counts once.',
       'Nothing to do, unless two people were meant: then correct one of the two lines.'
  FROM repeated p JOIN staged s USING (line);
-- A reference that leads nowhere is an error of that line, with its place and remedy, like any other.
INSERT INTO problem
SELECT 'unknown_race', 'error', {file}, s.line, s.line_last, {race_column}, left(s.race_ref, 200),
       'This race is neither in races.csv nor on the site for this meet.',
       'Add the race to races.csv or correct the id, then upload the whole bundle again.'
  FROM staged s JOIN line l USING (line) WHERE s.status = 'ok' AND l.outcome = 'rejected' AND l.race_id IS NULL
UNION ALL
SELECT 'unknown_school', 'error', {file}, s.line, s.line_last, {school_column}, left(s.school_ref, 200),
       'This school is neither in schools.csv nor on the site under this id.',
       'Add the school to schools.csv or correct the id, then upload the whole bundle again.'
  FROM staged s JOIN line l USING (line) WHERE s.status = 'ok' AND l.outcome = 'rejected' AND l.school_id IS NULL
UNION ALL
SELECT 'impossible_grade', 'error', {file}, s.line, s.line_last, {grade_column}, coalesce(s.grade, s.grad_year)::text,
       'This grade would mean graduating in ' || l.grad_year || ', which the site does not take (1966 to 2035).',
       'Correct the grade (usually 9 to 12), then upload the whole bundle again.'
  FROM staged s JOIN line l USING (line)
 WHERE s.status = 'ok' AND l.outcome = 'rejected' AND l.grad_year NOT BETWEEN 1966 AND 2035;
