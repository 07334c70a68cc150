-- What is wrong in the rows themselves, counted. Nothing here stands in the way of adopting.
SELECT
    (SELECT count(*) FROM (
        SELECT FROM public.athletes GROUP BY school_id, gender, grad_year, importadmin.name_key(name)
        HAVING count(*) > 1) AS twice),
    (SELECT count(*) FROM public.athlete_best_times b
     WHERE NOT EXISTS (SELECT FROM public.results r WHERE r.id = b.season_best_result_id)
        OR NOT EXISTS (SELECT FROM public.results r WHERE r.id = b.alltime_best_result_id)),
    (SELECT count(*) FROM public.results r
     LEFT JOIN public.races ra ON ra.id = r.race_id LEFT JOIN public.courses c ON c.id = ra.course_id
     WHERE r.normalized_time_cs IS DISTINCT FROM importadmin.normalized_time(
               r.time_cs, importadmin.distance_run(ra.distance_meters, c.distance_meters), c.difficulty_rating))
