-- school_hall_of_fame: the 100 best different athletes per (school, gender of the athlete), by each one's best
-- normalised time; of equal ones the earliest meet, then the least result id. The school is the athlete's current one,
-- so whoever moves takes the records along. A normalised time needs a rated course, so there is always one.

-- The best of each athlete out of the results that p_where lets through. Names of the athlete come along: it is read.
DROP FUNCTION IF EXISTS importadmin.hall_of_fame_best(text);
CREATE OR REPLACE FUNCTION importadmin.hall_of_fame_best(p_where text, p_results text DEFAULT 'public.eligible_results')
RETURNS text
LANGUAGE sql IMMUTABLE AS $fn$
    SELECT format($sql$
        SELECT DISTINCT ON (a.school_id, a.gender, r.athlete_id) a.school_id, a.gender, r.athlete_id,
               a.name AS athlete_name, a.grad_year AS athlete_grad_year, r.id AS result_id, r.time_cs,
               r.normalized_time_cs, ra.course_id, r.meet_id, m.meet_date, r.race_id, m.season_year
        FROM %s r
        JOIN public.athletes a ON a.id = r.athlete_id
        JOIN public.races ra ON ra.id = r.race_id
        JOIN public.meets m ON m.id = r.meet_id
        WHERE r.normalized_time_cs IS NOT NULL AND ra.course_id IS NOT NULL AND %s
        ORDER BY a.school_id, a.gender, r.athlete_id, r.normalized_time_cs, m.meet_date, r.id
    $sql$, p_results, p_where)
$fn$;

-- What should stand there, out of what hall_of_fame_best() finds.
CREATE OR REPLACE FUNCTION importadmin.hall_of_fame_wanted(p_best text) RETURNS text
LANGUAGE sql IMMUTABLE AS $fn$
    SELECT format($sql$
        SELECT b.*, c.name AS course_name, m.name AS meet_name
        FROM (
            SELECT *, (row_number() OVER (PARTITION BY school_id, gender
                                          ORDER BY normalized_time_cs, meet_date, result_id))::integer AS rank
            FROM (%s) AS best
        ) b
        JOIN public.courses c ON c.id = b.course_id
        JOIN public.meets m ON m.id = b.meet_id
        WHERE b.rank <= importadmin.ranks_kept()
    $sql$, p_best)
$fn$;

-- p_where: which results; p_of: which records are in question.
CREATE OR REPLACE FUNCTION importadmin.write_hall_of_fame(p_where text, p_of text) RETURNS integer
LANGUAGE sql VOLATILE AS $fn$
    WITH texts AS (
        SELECT 'school_id, gender, rank, ' || importadmin.record_columns('school_hall_of_fame') AS columns
    )
    SELECT importadmin.write_records('school_hall_of_fame', 'school_id, gender, athlete_id', columns, columns,
        'SELECT ctid, * FROM public.school_hall_of_fame h WHERE ' || p_of,
        importadmin.hall_of_fame_wanted(importadmin.hall_of_fame_best(p_where)))
    FROM texts
$fn$;

-- New bests that do not beat the school's hundredth or the athlete's own stay outside, and with them many schools. The
-- others are ranked together with the (at most 100) old ones of their school. Only ranks that change are written.
CREATE OR REPLACE FUNCTION importadmin.merge_hall_of_fame(p_runs text) RETURNS integer
LANGUAGE plpgsql VOLATILE AS $fn$
DECLARE
    changed integer;
BEGIN
    EXECUTE format($sql$
        WITH run AS MATERIALIZED (
            SELECT DISTINCT ON (athlete_id) athlete_id, school_id, athlete_gender AS gender, normalized_time_cs AS cs, meet_date,
                   result_id, time_cs, race_id, course_id, meet_id, season_year, athlete_grad_year
            FROM (%1$s) AS run WHERE normalized_time_cs IS NOT NULL AND course_id IS NOT NULL
            ORDER BY athlete_id, normalized_time_cs, meet_date, result_id
        ),
        -- One look a list, not one a result.
        list AS MATERIALIZED (
            SELECT * FROM (
                SELECT l.*, (SELECT h.normalized_time_cs FROM public.school_hall_of_fame h
                             WHERE h.school_id = l.school_id AND h.gender = l.gender AND h.rank = importadmin.ranks_kept()) AS last_cs
                FROM (SELECT school_id, gender, min(cs) AS best_cs FROM run GROUP BY 1, 2) l) AS lists
            WHERE last_cs IS NULL OR best_cs <= last_cs
        ),
        old AS (
            SELECT h.* FROM list l CROSS JOIN LATERAL (
                SELECT ctid AS place, school_id, gender, rank, athlete_id, normalized_time_cs AS cs, meet_date, result_id
                FROM public.school_hall_of_fame h WHERE h.school_id = l.school_id AND h.gender = l.gender OFFSET 0) h
        ),
        -- Old and new side by side, sorted and never joined: the planner can't tell how many there are, and might compare
        -- each with each. Of one athlete the better counts.
        own AS (
            SELECT *, row_number() OVER (PARTITION BY school_id, gender, athlete_id ORDER BY cs, meet_date, result_id) = 1 AS best
            FROM (SELECT school_id, gender, athlete_id, cs, meet_date, result_id, place, rank AS was, NULL::integer AS time_cs,
                         NULL::uuid AS race_id, NULL::uuid AS course_id, NULL::uuid AS meet_id, NULL::integer AS season_year,
                         NULL::integer AS grad_year
                  FROM old
                  UNION ALL
                  SELECT r.school_id, r.gender, r.athlete_id, r.cs, r.meet_date, r.result_id, NULL, NULL, r.time_cs, r.race_id,
                         r.course_id, r.meet_id, r.season_year, r.athlete_grad_year
                  FROM run r JOIN list l ON l.school_id = r.school_id AND l.gender = r.gender
                  WHERE l.last_cs IS NULL OR r.cs <= l.last_cs) AS both_of_them
        ),
        ranked AS MATERIALIZED (
            SELECT *, best AND rank <= importadmin.ranks_kept() AS stays FROM (
                SELECT *, (row_number() OVER (PARTITION BY school_id, gender, best ORDER BY cs, meet_date, result_id))::integer AS rank
                FROM own) AS of_all
        ),
        -- What goes in, with its copies: from the row that moved, else looked up.
        shown AS MATERIALIZED (
            SELECT h.school_id, h.gender, h.athlete_id, h.athlete_name, h.athlete_grad_year, h.result_id, h.time_cs,
                   h.normalized_time_cs, h.course_id, h.course_name, h.meet_id, h.meet_name, h.meet_date, h.race_id,
                   h.season_year, r.rank
            FROM ranked r JOIN public.school_hall_of_fame h ON h.ctid = r.place WHERE r.stays AND r.was <> r.rank
            UNION ALL
            SELECT r.school_id, r.gender, r.athlete_id, a.name, r.grad_year, r.result_id, r.time_cs, r.cs, c.id, c.name,
                   r.meet_id, m.name, r.meet_date, r.race_id, r.season_year, r.rank
            FROM ranked r JOIN public.athletes a ON a.id = r.athlete_id
            JOIN public.courses c ON c.id = r.course_id JOIN public.meets m ON m.id = r.meet_id
            WHERE r.stays AND r.place IS NULL
        ),
        gone AS (
            DELETE FROM public.school_hall_of_fame
            WHERE ctid = ANY (ARRAY(SELECT place FROM ranked WHERE place IS NOT NULL AND NOT (stays AND rank = was)))
            RETURNING school_id, gender, athlete_id
        ),
        added AS (
            INSERT INTO public.school_hall_of_fame (id, school_id, gender, athlete_id, athlete_name, athlete_grad_year, result_id,
                time_cs, normalized_time_cs, course_id, course_name, meet_id, meet_name, meet_date, race_id, season_year, rank)
            SELECT importadmin.numbered_id((SELECT importadmin.id_prefix()), row_number() OVER ()), s.* FROM shown s
            -- Counting what is gone makes the deleting come first: the unique keys allow no other order.
            WHERE (SELECT count(*) FROM gone) >= 0
            RETURNING school_id, gender, athlete_id
        )
        SELECT count(*) FROM (TABLE gone UNION TABLE added) AS touched
    $sql$, p_runs) INTO changed;
    RETURN changed;
END
$fn$;

CREATE OR REPLACE FUNCTION importadmin.refresh_hall_of_fame(p_schools uuid[]) RETURNS integer
LANGUAGE sql VOLATILE AS $fn$
    SELECT importadmin.write_hall_of_fame(
        format('a.school_id = ANY (%L::uuid[])', p_schools), format('h.school_id = ANY (%L::uuid[])', p_schools))
$fn$;

CREATE OR REPLACE FUNCTION public.batch_rebuild_school_hall_of_fame() RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = importadmin, public, pg_temp AS $fn$
BEGIN
    PERFORM lock_derived_alone();
    RETURN write_hall_of_fame('true', 'true');
END
$fn$;
