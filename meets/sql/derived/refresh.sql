-- Refresh: the derived rows of the named athletes, courses and schools are computed anew from all their results. For
-- edits and deletes, and for whoever changes many things at once under importadmin.bulk. An athlete's row gets the best
-- times; a course the course records; a school the hall of fame; school course records go with either.
-- Normalised times are taken as they stand in results.
CREATE OR REPLACE FUNCTION importadmin.refresh_derived(p_athletes uuid[], p_courses uuid[], p_schools uuid[])
RETURNS TABLE (derived text, changed integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = importadmin, public, pg_temp SET jit = off AS $fn$
DECLARE
    athletes uuid[] := coalesce(p_athletes, '{}');
    courses uuid[] := coalesce(p_courses, '{}');
    schools uuid[] := coalesce(p_schools, '{}');
BEGIN
    -- Locked in this statement, computed in following ones: what others committed meanwhile is seen.
    IF current_setting('importadmin.bulk', true) = 'on' THEN
        PERFORM lock_derived_alone();
    ELSE
        PERFORM lock_keys(athletes, courses, schools);
    END IF;
    RETURN QUERY SELECT 'athlete_best_times', refresh_best_times(athletes);
    RETURN QUERY SELECT 'course_records', refresh_course_records(courses);
    RETURN QUERY SELECT 'school_hall_of_fame', refresh_hall_of_fame(schools);
    RETURN QUERY SELECT 'school_course_records', refresh_school_course_records(courses, schools);
END
$fn$;

-- A result with everything that the derived tables rank by, read once for all four of them. Results without a race have
-- neither course nor distance. Names stay out: these rows are sorted again and again, and few end in a table that shows
-- one.
CREATE OR REPLACE FUNCTION importadmin.fresh_runs(p_where text) RETURNS text
LANGUAGE sql IMMUTABLE AS $fn$
    SELECT format($sql$
        SELECT r.id AS result_id, r.athlete_id, r.time_cs, r.normalized_time_cs, r.race_id, ra.gender AS race_gender, ra.course_id,
               importadmin.distance_run(ra.distance_meters, c.distance_meters) AS meters, r.meet_id, m.meet_date, m.season_year,
               a.school_id, a.gender AS athlete_gender, a.grad_year AS athlete_grad_year
        FROM public.eligible_results r
        JOIN public.athletes a ON a.id = r.athlete_id
        JOIN public.meets m ON m.id = r.meet_id
        LEFT JOIN public.races ra ON ra.id = r.race_id
        LEFT JOIN public.courses c ON c.id = ra.course_id
        WHERE %s
    $sql$, p_where)
$fn$;

-- Merge: results that were just inserted go into the derived tables, which were right before, by comparing them with
-- what stands there. Older results are not read (but for the dates of tied ones), so it costs the same whether there are
-- none or ten million. Which results: p_ids, or all that import p_import wrote for meet p_meet.
CREATE OR REPLACE FUNCTION importadmin.merge_results(p_meet uuid, p_import uuid, p_ids uuid[] DEFAULT NULL)
RETURNS TABLE (derived text, changed integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = importadmin, public, pg_temp SET jit = off
-- The planner does not yet know of the rows just inserted, takes them for one or two, and would read whole tables from
-- end to end for each of them, or one of a million rows to change a few, rather than go by key or place.
SET enable_seqscan = off AS $fn$
DECLARE
    -- Ids as literals: the planner then knows how few they are.
    which constant text := CASE
        WHEN p_ids IS NULL THEN format('r.meet_id = %L::uuid AND r.import_id = %L::uuid', p_meet, p_import)
        ELSE format('r.id = ANY (%L::uuid[])', p_ids)
    END;
    runs text := fresh_runs(which);
BEGIN
    -- The trigger on inserts has locked its keys already; a bulk import locks here, once for all.
    IF current_setting('importadmin.bulk', true) = 'on' THEN
        PERFORM lock_derived_alone();
    END IF;
    -- Whoever inserted them may have left the normalised time out, or a rating may have changed in between.
    RETURN QUERY SELECT 'normalized_times', write_normalized_times_quietly(which);
    IF p_ids IS NULL THEN
        -- Written down once and counted: from here on the planner knows what it deals with. In the athletes' order, in
        -- which it is sorted most and in which the best times go into their index.
        DROP TABLE IF EXISTS pg_temp.fresh_run;
        EXECUTE 'CREATE TEMPORARY TABLE fresh_run ON COMMIT DROP AS ' || runs || ' ORDER BY r.athlete_id';
        ANALYZE pg_temp.fresh_run (athlete_id, season_year, school_id, course_id, race_gender, athlete_gender);
        runs := 'SELECT * FROM pg_temp.fresh_run';
    END IF;
    RETURN QUERY SELECT 'athlete_best_times', merge_best_times(runs);
    RETURN QUERY SELECT 'course_records', merge_course_records(runs);
    RETURN QUERY SELECT 'school_hall_of_fame', merge_hall_of_fame(runs);
    RETURN QUERY SELECT 'school_course_records', merge_school_course_records(runs);
END
$fn$;
