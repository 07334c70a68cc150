-- The best times of the meet's athletes against all of their results, season by season.
WITH people AS MATERIALIZED (
    SELECT DISTINCT athlete_id FROM public.eligible_results WHERE meet_id = {meet}
),
wanted AS (
    SELECT athlete_id, season_year, season, season_normalized,
           min(season) OVER person AS career, min(season_normalized) OVER person AS career_normalized
    FROM (
        SELECT p.athlete_id, r.season_year, min(r.time_cs) AS season, min(r.normalized_time_cs) AS season_normalized
        FROM people p
        -- OFFSET 0: look each athlete up; never read all results.
        CROSS JOIN LATERAL (
            SELECT e.time_cs, e.normalized_time_cs,
                   (SELECT m.season_year FROM public.meets m WHERE m.id = e.meet_id) AS season_year
            FROM public.eligible_results e WHERE e.athlete_id = p.athlete_id OFFSET 0
        ) r
        GROUP BY 1, 2
    ) seasons
    WINDOW person AS (PARTITION BY athlete_id)
),
present AS (
    SELECT b.* FROM people p
    CROSS JOIN LATERAL (SELECT * FROM public.athlete_best_times b WHERE b.athlete_id = p.athlete_id OFFSET 0) b
)
SELECT count(*) AS rows,
       count(*) FILTER (WHERE (p.season_best_time_cs, p.season_best_normalized_cs,
                               p.alltime_best_time_cs, p.alltime_best_normalized_cs)
                        IS DISTINCT FROM (w.season, w.season_normalized, w.career, w.career_normalized)) AS stale
FROM wanted w FULL JOIN present p USING (athlete_id, season_year)
