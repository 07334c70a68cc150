-- eligible_results: the results that count for records. Every derived table reads results through this view and through
-- nothing else, so that a result can one day be held back from records by one line here. Today all count.
-- security_invoker: whoever reads the view needs the right to read results.
CREATE VIEW public.eligible_results WITH (security_invoker = true) AS
    SELECT id, athlete_id, meet_id, race_id, time_cs, normalized_time_cs, import_id
    FROM public.results;

-- 0 meters means unknown. The race's own distance, else the course's.
CREATE FUNCTION importadmin.distance_run(race_meters integer, course_meters integer) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(nullif(race_meters, 0), nullif(course_meters, 0))
$$;

-- A time as if run over one mile on a flat track. Null where there is no distance or rating.
CREATE FUNCTION importadmin.normalized_time(time_cs integer, meters integer, rating numeric) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT round(time_cs * 1609.344 / nullif(meters * nullif(greatest(rating, 0), 0), 0))::integer
$$;
