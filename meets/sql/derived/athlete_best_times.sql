-- athlete_best_times: one row per (athlete, season): the season's best and the whole career's best.
-- Best is the least time; of equal times the latest meet, then the least result id. The least normalised time may be
-- another result's. The career's best is the same in every season's row.

-- What should stand there, out of any set of runs: each (athlete, season)'s best, and the best of those.
CREATE OR REPLACE FUNCTION importadmin.best_times_wanted(p_runs text) RETURNS text
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

-- Every result of p_results that p_where lets through, as a run. A result without a race has no course and no distance.
DROP FUNCTION IF EXISTS importadmin.best_times_runs(text);
CREATE OR REPLACE FUNCTION importadmin.best_times_runs(p_where text, p_results text DEFAULT 'public.eligible_results')
RETURNS text
LANGUAGE sql IMMUTABLE AS $fn$
    SELECT format($sql$
        SELECT r.athlete_id, m.season_year, r.time_cs, r.normalized_time_cs AS normalized_cs, r.id AS result_id,
               ra.course_id, importadmin.distance_run(ra.distance_meters, c.distance_meters) AS meters, m.meet_date
        FROM %s r
        JOIN public.meets m ON m.id = r.meet_id
        LEFT JOIN public.races ra ON ra.id = r.race_id
        LEFT JOIN public.courses c ON c.id = ra.course_id
        WHERE %s
    $sql$, p_results, p_where)
$fn$;

-- Writes what differs. p_of: which athletes' rows are in question.
CREATE OR REPLACE FUNCTION importadmin.write_best_times(p_wanted text, p_of text) RETURNS integer
LANGUAGE plpgsql VOLATILE AS $fn$
DECLARE
    bests constant text := importadmin.record_columns('athlete_best_times');
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

-- Of two equal times the one of the later meet is the best, then the one under the lesser id.
CREATE OR REPLACE FUNCTION importadmin.beats_tied(new_date date, new_id uuid, old_id uuid) RETURNS boolean
LANGUAGE sql STABLE AS $fn$
    SELECT (coalesce(new_date, '-infinity'), old_id) > (coalesce(max(m.meet_date), '-infinity'), new_id)
    FROM public.results r JOIN public.meets m ON m.id = r.meet_id WHERE r.id = old_id
$fn$;

CREATE OR REPLACE FUNCTION importadmin.refresh_best_times(p_athletes uuid[]) RETURNS integer
LANGUAGE sql VOLATILE AS $fn$
    SELECT importadmin.write_best_times(
        importadmin.best_times_wanted(importadmin.best_times_runs(format('r.athlete_id = ANY (%L::uuid[])', p_athletes))),
        format('b.athlete_id = ANY (%L::uuid[])', p_athletes))
$fn$;

-- New results can only better what stands there: each season's best of the new ones is held against that season's row,
-- the best of all of them against the career's best, which every row of the athlete carries. Older results are not read.
-- An old best knows its result but not that result's date, so the date is looked up where times tie, and only there.
CREATE OR REPLACE FUNCTION importadmin.merge_best_times(p_runs text) RETURNS integer
LANGUAGE plpgsql VOLATILE AS $fn$
DECLARE
    changed integer;
BEGIN
    EXECUTE format($sql$
        WITH season AS MATERIALIZED (
            SELECT DISTINCT ON (athlete_id, season_year) athlete_id, season_year, time_cs, result_id, course_id, meters, meet_date,
                   min(normalized_time_cs) OVER (PARTITION BY athlete_id, season_year) AS normalized_cs
            FROM (%s) AS run
            ORDER BY athlete_id, season_year, time_cs, meet_date DESC NULLS LAST, result_id
        ),
        career AS MATERIALIZED (
            SELECT DISTINCT ON (athlete_id) athlete_id, time_cs, result_id, course_id, meters, meet_date,
                   min(normalized_cs) OVER (PARTITION BY athlete_id) AS normalized_cs
            FROM season
            ORDER BY athlete_id, time_cs, meet_date DESC NULLS LAST, result_id
        ),
        -- OFFSET 0: look each athlete up; never read the whole table. Any one row of an athlete tells the career's best.
        old AS MATERIALIZED (
            SELECT b.* FROM career c CROSS JOIN LATERAL (
                SELECT row_number() OVER () = 1 AS any_one, ctid AS place, athlete_id, season_year, season_best_time_cs,
                       season_best_normalized_cs, season_best_result_id, alltime_best_time_cs, alltime_best_result_id,
                       alltime_best_course_id, alltime_best_race_distance_meters, alltime_best_normalized_cs
                FROM public.athlete_best_times t WHERE t.athlete_id = c.athlete_id OFFSET 0) b
        ),
        judged AS (
            SELECT c.*, o.alltime_best_time_cs AS a_time, o.alltime_best_result_id AS a_result,
                   o.alltime_best_course_id AS a_course, o.alltime_best_race_distance_meters AS a_meters,
                   o.alltime_best_normalized_cs AS a_normalized,
                   CASE WHEN o.athlete_id IS NULL THEN true
                        WHEN c.time_cs <> o.alltime_best_time_cs THEN c.time_cs < o.alltime_best_time_cs
                        ELSE importadmin.beats_tied(c.meet_date, c.result_id, o.alltime_best_result_id) END AS wins
            FROM career c LEFT JOIN old o ON o.athlete_id = c.athlete_id AND o.any_one
        ),
        -- Each athlete's career best afterwards.
        top AS MATERIALIZED (
            SELECT athlete_id, wins OR least(normalized_cs, a_normalized) IS DISTINCT FROM a_normalized AS moved,
                   CASE WHEN wins THEN time_cs ELSE a_time END AS time_cs,
                   CASE WHEN wins THEN result_id ELSE a_result END AS result_id,
                   CASE WHEN wins THEN course_id ELSE a_course END AS course_id,
                   CASE WHEN wins THEN meters ELSE a_meters END AS meters,
                   least(normalized_cs, a_normalized) AS normalized_cs
            FROM judged
        ),
        added AS (
            INSERT INTO public.athlete_best_times (
                id, athlete_id, season_year, season_best_time_cs, season_best_normalized_cs, season_best_result_id,
                season_best_course_id, season_best_race_distance_meters, alltime_best_time_cs, alltime_best_normalized_cs,
                alltime_best_result_id, alltime_best_course_id, alltime_best_race_distance_meters)
            SELECT importadmin.numbered_id((SELECT importadmin.id_prefix()), row_number() OVER ()),
                   s.athlete_id, s.season_year, s.time_cs, s.normalized_cs, s.result_id, s.course_id, s.meters,
                   t.time_cs, t.normalized_cs, t.result_id, t.course_id, t.meters
            FROM season s JOIN top t USING (athlete_id)
            LEFT JOIN old o ON o.athlete_id = s.athlete_id AND o.season_year = s.season_year
            WHERE o.athlete_id IS NULL
            RETURNING 1
        ),
        -- A season's row without new results changes only with the career's best.
        better AS MATERIALIZED (
            SELECT o.place, t.moved, o.season_best_normalized_cs AS was_normalized_cs, s.time_cs, s.result_id, s.course_id, s.meters,
                   least(s.normalized_cs, o.season_best_normalized_cs) AS normalized_cs,
                   t.time_cs AS top_cs, t.normalized_cs AS top_normalized_cs, t.result_id AS top_result_id,
                   t.course_id AS top_course_id, t.meters AS top_meters,
                   CASE WHEN s.time_cs IS NULL THEN false
                        WHEN s.time_cs <> o.season_best_time_cs THEN s.time_cs < o.season_best_time_cs
                        ELSE importadmin.beats_tied(s.meet_date, s.result_id, o.season_best_result_id) END AS wins
            FROM old o JOIN top t USING (athlete_id)
            LEFT JOIN season s ON s.athlete_id = o.athlete_id AND s.season_year = o.season_year
        ),
        -- In place: no foreign key to check again, and the row keeps its id.
        written AS (
            UPDATE public.athlete_best_times b SET
                season_best_time_cs = CASE WHEN n.wins THEN n.time_cs ELSE b.season_best_time_cs END,
                season_best_normalized_cs = n.normalized_cs,
                season_best_result_id = CASE WHEN n.wins THEN n.result_id ELSE b.season_best_result_id END,
                season_best_course_id = CASE WHEN n.wins THEN n.course_id ELSE b.season_best_course_id END,
                season_best_race_distance_meters = CASE WHEN n.wins THEN n.meters ELSE b.season_best_race_distance_meters END,
                alltime_best_time_cs = n.top_cs, alltime_best_normalized_cs = n.top_normalized_cs,
                alltime_best_result_id = n.top_result_id, alltime_best_course_id = n.top_course_id,
                alltime_best_race_distance_meters = n.top_meters, updated_at = now()
            FROM better n
            WHERE b.ctid = n.place AND (n.wins OR n.moved OR n.normalized_cs IS DISTINCT FROM n.was_normalized_cs)
            RETURNING 1
        )
        SELECT (SELECT count(*) FROM added) + (SELECT count(*) FROM written)
    $sql$, p_runs) INTO changed;
    RETURN changed;
END
$fn$;

CREATE OR REPLACE FUNCTION public.batch_rebuild_athlete_best_times() RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = importadmin, public, pg_temp AS $fn$
BEGIN
    PERFORM lock_derived_alone();
    RETURN write_best_times(best_times_wanted(best_times_runs('true')), 'true');
END
$fn$;
