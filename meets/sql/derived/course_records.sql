-- course_records: the 100 fastest different athletes per (course, gender of the race), by each one's best time there;
-- of equal times the earliest meet, then the least result id. With copies for display.
-- A race always has a gender, so the athlete's is never asked for; a result without a race has no course.

-- The best of each athlete out of the results that p_where lets through, ranked, not yet with its copies.
CREATE OR REPLACE FUNCTION importadmin.course_records_ranked(p_where text) RETURNS text
LANGUAGE sql IMMUTABLE AS $fn$
    SELECT format($sql$
        SELECT *
        FROM (
            SELECT *, row_number() OVER (PARTITION BY course_id, gender ORDER BY time_cs, meet_date, result_id) AS rank
            FROM (
                SELECT DISTINCT ON (ra.course_id, ra.gender, r.athlete_id) ra.course_id, ra.gender, r.athlete_id,
                       r.id AS result_id, r.time_cs, r.meet_id, m.meet_date, r.race_id
                FROM public.eligible_results r
                JOIN public.races ra ON ra.id = r.race_id
                JOIN public.meets m ON m.id = r.meet_id
                WHERE ra.course_id IS NOT NULL AND %s
                ORDER BY ra.course_id, ra.gender, r.athlete_id, r.time_cs, m.meet_date, r.id
            ) AS best
        ) AS ranked
        WHERE rank <= importadmin.ranks_kept()
    $sql$, p_where)
$fn$;

-- The same with what the pages show, looked up for the ranked ones alone.
CREATE OR REPLACE FUNCTION importadmin.course_records_wanted(p_where text) RETURNS text
LANGUAGE sql IMMUTABLE AS $fn$
    SELECT format($sql$
        SELECT b.course_id, b.gender, b.athlete_id, b.result_id, b.time_cs, a.name AS athlete_name,
               a.grad_year AS athlete_grad_year, a.school_id, s.name AS school_name, b.meet_id, m.name AS meet_name,
               b.meet_date, b.race_id, b.rank
        FROM (%s) b
        JOIN public.athletes a ON a.id = b.athlete_id
        JOIN public.schools s ON s.id = a.school_id
        JOIN public.meets m ON m.id = b.meet_id
    $sql$, importadmin.course_records_ranked(p_where))
$fn$;

-- New results can only enter by way of their own 100 best: these and the (at most 100) old ones are ranked together.
-- An athlete whose old best is not among the old 100 cannot enter by it now either.
CREATE OR REPLACE FUNCTION importadmin.merge_course_records(p_runs text) RETURNS integer
LANGUAGE sql VOLATILE AS $fn$
    WITH texts AS (
        SELECT 'course_id, gender, ' || importadmin.record_columns('course_records') AS columns
    )
    SELECT importadmin.write_records('course_records', 'course_id, gender, athlete_id', columns || ', rank',
        'course_id, gender, rank, athlete_id, result_id',
        'SELECT c.* FROM (SELECT DISTINCT course_id, gender FROM wanted) w CROSS JOIN LATERAL (
            SELECT ctid, * FROM public.course_records c
            WHERE c.course_id = w.course_id AND c.gender = w.gender OFFSET 0) c',
        format($sql$
            WITH fresh AS MATERIALIZED (
                SELECT * FROM (
                    SELECT *, row_number() OVER (PARTITION BY course_id, gender ORDER BY time_cs, meet_date, result_id) AS rank
                    FROM (SELECT DISTINCT ON (course_id, race_gender, athlete_id) *, race_gender AS gender
                          FROM (%1$s) AS run WHERE course_id IS NOT NULL
                          ORDER BY course_id, race_gender, athlete_id, time_cs, meet_date, result_id) AS own
                ) AS ranked
                WHERE rank <= importadmin.ranks_kept()
            ),
            old AS (
                SELECT c.* FROM (SELECT DISTINCT course_id, gender FROM fresh) f CROSS JOIN LATERAL (
                    SELECT * FROM public.course_records c
                    WHERE c.course_id = f.course_id AND c.gender = f.gender OFFSET 0) c
            ),
            best AS (
                SELECT DISTINCT ON (course_id, gender, athlete_id) *
                FROM (SELECT %2$s FROM fresh UNION ALL SELECT %2$s FROM old) AS both_of_them
                ORDER BY course_id, gender, athlete_id, time_cs, meet_date, result_id
            )
            SELECT * FROM (
                SELECT %2$s,
                       (row_number() OVER (PARTITION BY course_id, gender ORDER BY time_cs, meet_date, result_id))::integer AS rank
                FROM best
            ) AS ranked
            WHERE rank <= importadmin.ranks_kept()
        $sql$, p_runs, columns))
    FROM texts
$fn$;

-- p_where: which results; p_of: which records are in question.
CREATE OR REPLACE FUNCTION importadmin.write_course_records(p_where text, p_of text) RETURNS integer
LANGUAGE sql VOLATILE AS $fn$
    WITH texts AS (
        SELECT 'course_id, gender, rank, ' || importadmin.record_columns('course_records') AS columns
    )
    SELECT importadmin.write_records('course_records', 'course_id, gender, athlete_id', columns, columns,
        'SELECT ctid, * FROM public.course_records c WHERE ' || p_of,
        importadmin.course_records_wanted(p_where))
    FROM texts
$fn$;

CREATE OR REPLACE FUNCTION importadmin.refresh_course_records(p_courses uuid[]) RETURNS integer
LANGUAGE sql VOLATILE AS $fn$
    SELECT importadmin.write_course_records(
        format('ra.course_id = ANY (%L::uuid[])', p_courses), format('c.course_id = ANY (%L::uuid[])', p_courses))
$fn$;

CREATE OR REPLACE FUNCTION public.batch_rebuild_course_records() RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = importadmin, public, pg_temp AS $fn$
BEGIN
    PERFORM lock_derived_alone();
    RETURN write_course_records('true', 'true');
END
$fn$;
