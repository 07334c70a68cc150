-- Likewise the records of the meet's schools on its courses, grade by grade.
WITH best AS MATERIALIZED (
    SELECT a.school_id, ra.course_id, ra.gender, 13 - (a.grad_year - m.season_year) AS grade, min(r.time_cs) AS time_cs
    FROM public.eligible_results r
    JOIN public.athletes a ON a.id = r.athlete_id
    JOIN public.races ra ON ra.id = r.race_id
    JOIN public.meets m ON m.id = r.meet_id
    WHERE r.meet_id = {meet} AND ra.course_id IS NOT NULL AND 13 - (a.grad_year - m.season_year) BETWEEN 9 AND 12
    GROUP BY 1, 2, 3, 4
),
present AS MATERIALIZED (
    SELECT s.* FROM (SELECT DISTINCT school_id, course_id FROM best) k
    CROSS JOIN LATERAL (SELECT * FROM public.school_course_records s
                        WHERE s.school_id = k.school_id AND s.course_id = k.course_id OFFSET 0) s
),
untrue AS (
    SELECT count(*) AS n FROM present s
    LEFT JOIN public.eligible_results r
           ON r.id = s.result_id AND r.athlete_id = s.athlete_id AND r.time_cs = s.time_cs AND r.race_id = s.race_id
    LEFT JOIN public.races ra ON ra.id = r.race_id
    LEFT JOIN public.athletes a ON a.id = s.athlete_id
    LEFT JOIN public.meets m ON m.id = r.meet_id
    WHERE r.id IS NULL
       OR (s.school_id, s.course_id, s.gender, s.grade, s.athlete_name, s.athlete_grad_year, s.meet_name)
          IS DISTINCT FROM
          (a.school_id, ra.course_id, ra.gender, 13 - (a.grad_year - m.season_year), a.name, a.grad_year, m.name)
),
absent AS (
    SELECT count(*) AS n FROM best b
    LEFT JOIN present s USING (school_id, course_id, gender, grade)
    WHERE s.id IS NULL OR s.time_cs > b.time_cs
)
SELECT (SELECT count(*) FROM present) AS rows, untrue.n + absent.n AS stale FROM untrue, absent
