-- Results of the meet whose normalised time is not what their distance and rating give.
SELECT count(*) AS rows, count(*) FILTER (WHERE r.normalized_time_cs IS DISTINCT FROM importadmin.normalized_time(
           r.time_cs, importadmin.distance_run(ra.distance_meters, c.distance_meters), c.difficulty_rating)) AS stale
FROM public.results r
LEFT JOIN public.races ra ON ra.id = r.race_id
LEFT JOIN public.courses c ON c.id = ra.course_id
WHERE r.meet_id = {meet}
