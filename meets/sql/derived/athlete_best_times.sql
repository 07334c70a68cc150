-- athlete_best_times: one row per (athlete, season): the season's best and the whole career's best.
-- Best is the least time; of equal times the latest meet, then the least result id. The least normalised time may be
-- another result's. The career's best is the same in every season's row.

-- What should stand there, out of any set of runs: each (athlete, season)'s best, and the best of those.
CREATE FUNCTION importadmin.best_times_wanted(p_runs text) RETURNS text
LANGUAGE sql IMMUTABLE AS $fn$
    SELECT format($sql$
        WITH run AS (%s),
        season AS MATERIALIZED (
            SELECT DISTINCT ON (athlete_id, season_year) athlete_id, season_year, time_cs, result_id, course_id, meters,
                   meet_date, min(normalized_cs) OVER (PARTITION BY athlete_id, season_year) AS normalized_cs
            FROM run
            ORDER BY athlete_id, season_year, time_cs, meet_date DESC NULLS LAST, result_id
        ),
        career AS (
            SELECT DISTINCT ON (athlete_id) athlete_id, time_cs, result_id, course_id, meters,
                   min(normalized_cs) OVER (PARTITION BY athlete_id) AS normalized_cs
            FROM season
            ORDER BY athlete_id, time_cs, meet_date DESC NULLS LAST, result_id
        )
        SELECT athlete_id, s.season_year, s.time_cs, s.normalized_cs, s.result_id, s.course_id, s.meters,
               c.time_cs, c.normalized_cs, c.result_id, c.course_id, c.meters
        FROM season s JOIN career c USING (athlete_id)
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
        old AS MATERIALIZED (
            SELECT b.*, count(*) OVER (PARTITION BY b.athlete_id, b.season_best_time_cs) > 1
                        OR (b.athlete_id, b.season_best_time_cs) IN (SELECT athlete_id, time_cs FROM fresh) AS tied
            FROM (SELECT DISTINCT athlete_id FROM fresh) f
            -- OFFSET 0: look each athlete up; never read the whole table.
            CROSS JOIN LATERAL (
                SELECT * FROM public.athlete_best_times b WHERE b.athlete_id = f.athlete_id OFFSET 0
            ) b
        )
        SELECT * FROM fresh
        UNION ALL
        SELECT athlete_id, season_year, season_best_time_cs, season_best_normalized_cs, season_best_result_id,
               season_best_course_id, season_best_race_distance_meters,
               (SELECT m.meet_date FROM public.results r JOIN public.meets m ON m.id = r.meet_id
                WHERE r.id = old.season_best_result_id AND old.tied)
        FROM old
    $sql$, importadmin.best_times_runs(p_where))
$fn$;

-- Writes what differs. p_of: which athletes' rows are in question.
CREATE FUNCTION importadmin.write_best_times(p_wanted text, p_of text) RETURNS integer
LANGUAGE plpgsql VOLATILE AS $fn$
DECLARE
    columns constant text := 'athlete_id, season_year,
        season_best_time_cs, season_best_normalized_cs, season_best_result_id, season_best_course_id,
        season_best_race_distance_meters, alltime_best_time_cs, alltime_best_normalized_cs, alltime_best_result_id,
        alltime_best_course_id, alltime_best_race_distance_meters';
    changed integer;
BEGIN
    EXECUTE format($sql$
        WITH wanted (%1$s) AS MATERIALIZED (%2$s),
        present AS MATERIALIZED (SELECT ctid AS place, %1$s FROM public.athlete_best_times b WHERE %3$s),
        gone AS (
            DELETE FROM public.athlete_best_times WHERE ctid = ANY (ARRAY(
                SELECT place FROM present p
                WHERE (p.athlete_id, p.season_year) NOT IN (SELECT athlete_id, season_year FROM wanted)))
            RETURNING 1
        ),
        -- Updated in place where there is a row: no foreign key to check again, and the row keeps its id.
        written AS (
            INSERT INTO public.athlete_best_times AS b (%1$s)
            SELECT %1$s FROM wanted EXCEPT SELECT %1$s FROM present
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
    $sql$, columns, p_wanted, p_of) INTO changed;
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
