-- Records of the meet's courses. Stale: a row without its living result, a copy that no longer tells the truth, or a
-- result of this meet that belongs among the hundred and is not there.
WITH best AS MATERIALIZED (
    SELECT DISTINCT ON (ra.course_id, ra.gender, r.athlete_id) ra.course_id, ra.gender, r.athlete_id, r.time_cs
    FROM public.eligible_results r JOIN public.races ra ON ra.id = r.race_id
    WHERE r.meet_id = {meet} AND ra.course_id IS NOT NULL
    ORDER BY ra.course_id, ra.gender, r.athlete_id, r.time_cs
),
present AS MATERIALIZED (
    SELECT c.* FROM public.course_records c WHERE (c.course_id, c.gender) IN (SELECT course_id, gender FROM best)
),
last AS (
    SELECT course_id, gender, count(*) AS n, max(time_cs) AS slowest FROM present GROUP BY 1, 2
),
untrue AS (
    SELECT count(*) AS n FROM present c
    LEFT JOIN public.eligible_results r
           ON r.id = c.result_id AND r.athlete_id = c.athlete_id AND r.time_cs = c.time_cs AND r.race_id = c.race_id
    LEFT JOIN public.races ra ON ra.id = r.race_id AND ra.course_id = c.course_id AND ra.gender = c.gender
    LEFT JOIN public.athletes a ON a.id = c.athlete_id
    LEFT JOIN public.schools s ON s.id = a.school_id
    LEFT JOIN public.meets m ON m.id = r.meet_id
    WHERE ra.id IS NULL
       OR (c.athlete_name, c.athlete_grad_year, c.school_id, c.school_name, c.meet_id, c.meet_name, c.meet_date)
          IS DISTINCT FROM (a.name, a.grad_year, a.school_id, s.name, r.meet_id, m.name, m.meet_date)
),
absent AS (
    SELECT count(*) AS n FROM best b
    LEFT JOIN last l USING (course_id, gender)
    LEFT JOIN present c USING (course_id, gender, athlete_id)
    WHERE coalesce(c.time_cs > b.time_cs, coalesce(l.n, 0) < 100 OR b.time_cs < l.slowest)
)
SELECT (SELECT count(*) FROM present) AS rows, untrue.n + absent.n AS stale FROM untrue, absent
