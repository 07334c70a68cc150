-- Likewise the halls of fame of the meet's schools, by normalised time.
WITH best AS MATERIALIZED (
    SELECT DISTINCT ON (a.school_id, a.gender, a.id) a.school_id, a.gender, a.id AS athlete_id, r.normalized_time_cs
    FROM public.eligible_results r
    JOIN public.athletes a ON a.id = r.athlete_id
    JOIN public.races ra ON ra.id = r.race_id
    WHERE r.meet_id = {meet} AND r.normalized_time_cs IS NOT NULL AND ra.course_id IS NOT NULL
    ORDER BY a.school_id, a.gender, a.id, r.normalized_time_cs
),
present AS MATERIALIZED (
    SELECT h.* FROM (SELECT DISTINCT school_id, gender FROM best) k
    CROSS JOIN LATERAL (SELECT * FROM public.school_hall_of_fame h
                        WHERE h.school_id = k.school_id AND h.gender = k.gender OFFSET 0) h
),
last AS (
    SELECT school_id, gender, count(*) AS n, max(normalized_time_cs) AS slowest FROM present GROUP BY 1, 2
),
untrue AS (
    SELECT count(*) AS n FROM present h
    LEFT JOIN public.eligible_results r
           ON r.id = h.result_id AND r.athlete_id = h.athlete_id AND r.time_cs = h.time_cs
          AND r.normalized_time_cs = h.normalized_time_cs
    LEFT JOIN public.races ra ON ra.id = r.race_id
    LEFT JOIN public.courses c ON c.id = ra.course_id
    LEFT JOIN public.athletes a ON a.id = h.athlete_id
    LEFT JOIN public.meets m ON m.id = r.meet_id
    WHERE r.id IS NULL
       OR (h.school_id, h.gender, h.athlete_name, h.athlete_grad_year, h.course_id, h.course_name, h.meet_name)
          IS DISTINCT FROM (a.school_id, a.gender, a.name, a.grad_year, c.id, c.name, m.name)
),
absent AS (
    SELECT count(*) AS n FROM best b
    LEFT JOIN last l USING (school_id, gender)
    LEFT JOIN present h USING (school_id, gender, athlete_id)
    WHERE coalesce(h.normalized_time_cs > b.normalized_time_cs,
                   coalesce(l.n, 0) < 100 OR b.normalized_time_cs < l.slowest)
)
SELECT (SELECT count(*) FROM present) AS rows, untrue.n + absent.n AS stale FROM untrue, absent
