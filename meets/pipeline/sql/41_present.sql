-- What stands in this meet already, under every name that it counts for: the athlete's, the one the CSV once wrote, and
-- accepted other spellings.
CREATE TEMPORARY TABLE standing ON COMMIT DROP AS
SELECT r.id AS result_id, r.race_id, r.time_cs, r.athlete_id, r.source_name, a.name, a.name_key, a.school_id, a.grad_year
  FROM results r JOIN athletes a ON a.id = r.athlete_id
 WHERE r.meet_id = {meet_id};
ANALYZE standing;

CREATE TEMPORARY TABLE present ON COMMIT DROP AS
WITH names AS (
    SELECT result_id, race_id, time_cs, school_id, grad_year, name_key FROM standing
    UNION
    SELECT result_id, race_id, time_cs, school_id, grad_year, importadmin.name_key(source_name)
      FROM standing WHERE source_name <> name
    UNION
    SELECT s.result_id, s.race_id, s.time_cs, s.school_id, s.grad_year, n.name_key
      FROM standing s JOIN athlete_aliases n USING (athlete_id)
), pairs AS (
    SELECT l.line, n.result_id,
           (n.school_id = l.school_id)::int * 2 + (n.grad_year IS NOT DISTINCT FROM l.grad_year)::int AS agrees,
           abs(n.grad_year - l.grad_year) > 1 AS other_years,
           count(*) OVER (PARTITION BY l.race_id, l.time_cs, l.name_key) AS rivals
      FROM line l JOIN names n USING (race_id, time_cs, name_key)
     WHERE l.outcome IS NULL
), best AS (
    -- Each line takes its best result and each result its best line; only what both prefer is taken. Without the
    -- school agreeing (a transfer since) there must be no rival.
    SELECT line, result_id,
           row_number() OVER (PARTITION BY line ORDER BY agrees DESC, result_id) AS of_line,
           row_number() OVER (PARTITION BY result_id ORDER BY agrees DESC, line) AS of_result
      FROM pairs WHERE (agrees >= 2 OR rivals = 1) AND other_years IS NOT TRUE
)
SELECT b.line, b.result_id, s.athlete_id,
       CASE WHEN l.athlete_name IN (s.name, coalesce(s.source_name, s.name)) THEN 'already_present'
            ELSE 'variant_present' END AS outcome
  FROM best b JOIN standing s USING (result_id) JOIN line l USING (line)
 WHERE of_line = 1 AND of_result = 1;
ANALYZE present;

-- Name, school, race and time of a result that stands there, but grad years more than one apart: two people who tied, or
-- one of whom a grade is wrong? That is asked.
CREATE TEMPORARY TABLE contested ON COMMIT DROP AS
SELECT DISTINCT l.line, s.athlete_id
  FROM line l JOIN standing s USING (race_id, time_cs, name_key, school_id)
 WHERE l.outcome IS NULL AND abs(s.grad_year - l.grad_year) > 1
   AND NOT EXISTS (SELECT FROM present p WHERE p.line = l.line OR p.result_id = s.result_id);
