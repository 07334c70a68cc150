-- athlete_best_times: one row per (athlete, season): the season's best and the whole career's best.
-- Best is the least time; of equal times the latest meet, then the least result id. The least normalised time may be
-- another result's. The career's best is the same in every season's row.

-- What should stand there, out of any set of runs: each (athlete, season)'s best, and the best of those.
CREATE FUNCTION importadmin.best_times_wanted(p_runs text) RETURNS text
LANGUAGE sql IMMUTABLE AS $fn$
    SELECT format($sql$
        WITH run AS (%s),
        season AS (
            SELECT DISTINCT ON (athlete_id, season_year) *,
                   min(normalized_cs) OVER (PARTITION BY athlete_id, season_year) AS least_normalized_cs
            FROM run
            ORDER BY athlete_id, season_year, time_cs, meet_date DESC NULLS LAST, result_id
        )
        -- Windows, not a join: the planner cannot tell how many rows there are and might compare each with each.
        SELECT athlete_id, season_year, time_cs, least_normalized_cs, result_id, course_id, meters,
               first_value(time_cs) OVER career, min(least_normalized_cs) OVER (PARTITION BY athlete_id),
               first_value(result_id) OVER career, first_value(course_id) OVER career, first_value(meters) OVER career
        FROM season
        WINDOW career AS (PARTITION BY athlete_id ORDER BY time_cs, meet_date DESC NULLS LAST, result_id)
    $sql$, p_runs)
$fn$;

-- Every eligible result that p_where lets through, as a run. A result without a race has no course and no distance.
CREATE FUNCTION importadmin.best_times_runs(p_where text) RETURNS text
LANGUAGE sql IMMUTABLE AS $fn$
    SELECT format($sql$
        SELECT r.athlete_id, m.season_year, r.time_cs, r.normalized_time_cs AS normalized_cs, r.id AS result_id,
               ra.course_id, importadmin.distance_run(ra.distance_meters, c.distance_meters) AS meters, m.meet_date
        FROM public.eligible_results r
        JOIN public.meets m ON m.id = r.meet_id
        LEFT JOIN public.races ra ON ra.id = r.race_id
        LEFT JOIN public.courses c ON c.id = ra.course_id
        WHERE %s
    $sql$, p_where)
$fn$;

-- Old bests and new results together. An old best knows its result but not that result's date; the date is looked up
-- only where times tie, with a new result or with another season of the same athlete.
CREATE FUNCTION importadmin.best_times_merged_runs(p_where text) RETURNS text
LANGUAGE sql IMMUTABLE AS $fn$
    SELECT format($sql$
        WITH fresh AS MATERIALIZED (%s),
        old AS (
            SELECT b.* FROM (SELECT DISTINCT athlete_id FROM fresh) f
            -- OFFSET 0: look each athlete up; never read the whole table.
            CROSS JOIN LATERAL (
                SELECT * FROM public.athlete_best_times b WHERE b.athlete_id = f.athlete_id OFFSET 0
            ) b
        ),
        together AS (
            SELECT * FROM fresh
            UNION ALL
            SELECT athlete_id, season_year, season_best_time_cs, season_best_normalized_cs, season_best_result_id,
                   season_best_course_id, season_best_race_distance_meters, NULL
            FROM old
        )
        SELECT athlete_id, season_year, time_cs, normalized_cs, result_id, course_id, meters,
               CASE
                   WHEN meet_date IS NOT NULL THEN meet_date
                   WHEN count(*) OVER (PARTITION BY athlete_id, time_cs) > 1 THEN (
                       SELECT m.meet_date FROM public.results r JOIN public.meets m ON m.id = r.meet_id
                       WHERE r.id = together.result_id)
               END AS meet_date
        FROM together
    $sql$, importadmin.best_times_runs(p_where))
$fn$;

-- Writes what differs. p_of: which athletes' rows are in question.
CREATE FUNCTION importadmin.write_best_times(p_wanted text, p_of text) RETURNS integer
LANGUAGE plpgsql VOLATILE AS $fn$
DECLARE
    bests constant text := 'season_best_time_cs, season_best_normalized_cs, season_best_result_id,
        season_best_course_id, season_best_race_distance_meters, alltime_best_time_cs, alltime_best_normalized_cs,
        alltime_best_result_id, alltime_best_course_id, alltime_best_race_distance_meters';
    changed integer;
BEGIN
    EXECUTE format($sql$
        WITH wanted (athlete_id, season_year, %1$s) AS MATERIALIZED (%2$s),
        present AS MATERIALIZED (
            SELECT athlete_id, season_year, ROW(%1$s) AS bests, ctid AS place FROM public.athlete_best_times b WHERE %3$s
        ),
        -- FULL JOIN: both ways in one pass, and never by comparing each row with each.
        different AS MATERIALIZED (
            SELECT athlete_id, season_year, %1$s, w.here, p.place
            FROM (SELECT *, true AS here FROM wanted) w FULL JOIN present p USING (athlete_id, season_year)
            WHERE ROW(%1$s) IS DISTINCT FROM p.bests OR w.here IS NULL OR p.place IS NULL
        ),
        gone AS (
            DELETE FROM public.athlete_best_times
            WHERE ctid = ANY (ARRAY(SELECT place FROM different WHERE here IS NULL))
            RETURNING 1
        ),
        -- Updated in place where there is a row: no foreign key to check again, and the row keeps its id.
        written AS (
            INSERT INTO public.athlete_best_times AS b (athlete_id, season_year, %1$s)
            SELECT athlete_id, season_year, %1$s FROM different WHERE here
            ON CONFLICT (athlete_id, season_year) DO UPDATE SET
                season_best_time_cs = excluded.season_best_time_cs,
                season_best_normalized_cs = excluded.season_best_normalized_cs,
                season_best_result_id = excluded.season_best_result_id,
                season_best_course_id = excluded.season_best_course_id,
                season_best_race_distance_meters = excluded.season_best_race_distance_meters,
                alltime_best_time_cs = excluded.alltime_best_time_cs,
                alltime_best_normalized_cs = excluded.alltime_best_normalized_cs,
                alltime_best_result_id = excluded.alltime_best_result_id,
                alltime_best_course_id = excluded.alltime_best_course_id,
                alltime_best_race_distance_meters = excluded.alltime_best_race_distance_meters,
                updated_at = now()
            RETURNING 1
        )
        SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM written)
    $sql$, bests, p_wanted, p_of) INTO changed;
    RETURN changed;
END
$fn$;

CREATE FUNCTION importadmin.refresh_best_times(p_athletes uuid[]) RETURNS integer
LANGUAGE sql VOLATILE AS $fn$
    SELECT importadmin.write_best_times(
        importadmin.best_times_wanted(importadmin.best_times_runs(format('r.athlete_id = ANY (%L::uuid[])', p_athletes))),
        format('b.athlete_id = ANY (%L::uuid[])', p_athletes))
$fn$;

-- The wanted rows of a merge hold every season of its athletes, so nothing is ever deleted.
CREATE FUNCTION importadmin.merge_best_times(p_where text) RETURNS integer
LANGUAGE sql VOLATILE AS $fn$
    SELECT importadmin.write_best_times(
        importadmin.best_times_wanted(importadmin.best_times_merged_runs(p_where)),
        'b.ctid = ANY (ARRAY(SELECT o.place FROM (SELECT DISTINCT athlete_id FROM wanted) w CROSS JOIN LATERAL (
            SELECT ctid AS place FROM public.athlete_best_times o WHERE o.athlete_id = w.athlete_id OFFSET 0) o))')
$fn$;

CREATE FUNCTION public.batch_rebuild_athlete_best_times() RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = importadmin, public, pg_temp AS $fn$
BEGIN
    PERFORM lock_derived_alone();
    RETURN write_best_times(best_times_wanted(best_times_runs('true')), 'true');
END
$fn$;
