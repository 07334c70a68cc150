-- What each table of records holds beside its key: the athlete, the result and the copies for display.
CREATE OR REPLACE FUNCTION importadmin.record_columns(p_table text) RETURNS text
LANGUAGE sql IMMUTABLE AS $fn$
    SELECT CASE p_table
        WHEN 'athlete_best_times' THEN
            'season_best_time_cs, season_best_normalized_cs, season_best_result_id, season_best_course_id,
             season_best_race_distance_meters, alltime_best_time_cs, alltime_best_normalized_cs, alltime_best_result_id,
             alltime_best_course_id, alltime_best_race_distance_meters'
        WHEN 'course_records' THEN
            'athlete_id, result_id, time_cs, athlete_name, athlete_grad_year, school_id, school_name, meet_id, meet_name,
             meet_date, race_id'
        WHEN 'school_hall_of_fame' THEN
            'athlete_id, athlete_name, athlete_grad_year, result_id, time_cs, normalized_time_cs, course_id, course_name,
             meet_id, meet_name, meet_date, race_id, season_year'
        WHEN 'school_course_records' THEN
            'athlete_id, result_id, time_cs, athlete_name, athlete_grad_year, meet_id, meet_name, meet_date, race_id,
             season_year'
    END
$fn$;

-- One way to write a list of records: what should stand there and what does are compared, rows that differ are deleted
-- and written anew, all others are left alone. Returns the number of rows changed, each (p_key) counted once.
--
-- p_present: query of what stands there now, with ctid; p_wanted: query of what should stand there; both give p_columns.
-- p_compare: the columns that tell whether a row is still right. A merge knows that the rest follows from few of them.
-- The statement is built anew each time, with ids as literals: a join on ids that the planner cannot see would make it
-- read whole tables.
CREATE OR REPLACE FUNCTION importadmin.write_records(
    p_table text, p_key text, p_columns text, p_compare text, p_present text, p_wanted text
) RETURNS integer
LANGUAGE plpgsql VOLATILE AS $fn$
DECLARE
    changed integer;
BEGIN
    EXECUTE format($sql$
        WITH wanted AS MATERIALIZED (%6$s),
        present AS MATERIALIZED (%5$s),
        -- FULL JOIN: both ways in one pass, and never by comparing each row with each, however wrong the guess at
        -- their number is.
        different AS MATERIALIZED (
            SELECT p.place, w.*
            FROM (SELECT %4$s, ctid AS place FROM present) p
            FULL JOIN (SELECT *, true AS here FROM wanted) w USING (%4$s)
            WHERE p.place IS NULL OR w.here IS NULL
        ),
        -- By place in the table: all this is one snapshot, and it needs no second look-up by key.
        gone AS (
            DELETE FROM public.%1$I WHERE ctid = ANY (ARRAY(SELECT place FROM different WHERE place IS NOT NULL))
            RETURNING %2$s
        ),
        added AS (
            INSERT INTO public.%1$I (id, %3$s)
            SELECT importadmin.numbered_id((SELECT importadmin.id_prefix()), row_number() OVER ()), %3$s FROM different
            -- Counting what is gone makes the deleting come first: the unique keys allow no other order.
            WHERE here AND (SELECT count(*) FROM gone) >= 0
            RETURNING %2$s
        )
        SELECT count(*) FROM (SELECT %2$s FROM gone UNION SELECT %2$s FROM added) AS touched
    $sql$, p_table, p_key, p_columns, p_compare, p_present, p_wanted) INTO changed;
    RETURN changed;
END
$fn$;
