-- Best times of the meet's athletes that point to a result which is not there or is not theirs.
SELECT count(*) AS rows, count(*) FILTER (WHERE s.id IS NULL OR c.id IS NULL) AS orphans
FROM (SELECT DISTINCT athlete_id FROM public.results WHERE meet_id = {meet}) p
CROSS JOIN LATERAL (SELECT * FROM public.athlete_best_times b WHERE b.athlete_id = p.athlete_id OFFSET 0) b
LEFT JOIN public.results s ON s.id = b.season_best_result_id AND s.athlete_id = b.athlete_id
LEFT JOIN public.results c ON c.id = b.alltime_best_result_id AND c.athlete_id = b.athlete_id
