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

-- New results enter by being no slower than the hundredth and better than the athlete's own old record; of them again
-- only the 100 best can. These and the (at most 100) old ones are ranked together. An athlete whose old best is not
-- among the old 100 cannot enter by it now either. Only ranks that change are written.
CREATE OR REPLACE FUNCTION importadmin.merge_course_records(p_runs text) RETURNS integer
LANGUAGE plpgsql VOLATILE AS $fn$
DECLARE
    changed integer;
BEGIN
    EXECUTE format($sql$
        WITH list AS MATERIALIZED (
            SELECT l.*, (SELECT h.time_cs FROM public.course_records h
                         WHERE h.course_id = l.course_id AND h.gender = l.gender AND h.rank = importadmin.ranks_kept()) AS last_cs
            FROM (SELECT DISTINCT course_id, race_gender AS gender FROM (%1$s) AS run WHERE course_id IS NOT NULL) l
        ),
        old AS MATERIALIZED (
            SELECT h.* FROM list l CROSS JOIN LATERAL (
                SELECT ctid AS place, course_id, gender, rank, athlete_id, time_cs, meet_date, result_id
                FROM public.course_records c WHERE c.course_id = l.course_id AND c.gender = l.gender OFFSET 0) h
        ),
        own AS (
            SELECT DISTINCT ON (r.athlete_id, r.course_id, r.race_gender) r.athlete_id, r.course_id, r.race_gender AS gender,
                   r.time_cs, r.meet_date, r.result_id
            FROM (%1$s) AS r JOIN list l ON l.course_id = r.course_id AND l.gender = r.race_gender
            WHERE r.time_cs <= l.last_cs OR l.last_cs IS NULL
            ORDER BY r.athlete_id, r.course_id, r.race_gender, r.time_cs, r.meet_date, r.result_id
        ),
        entering AS MATERIALIZED (
            SELECT * FROM (
                SELECT *, row_number() OVER (PARTITION BY course_id, gender ORDER BY time_cs, meet_date, result_id) AS nth
                FROM own) AS ranked
            WHERE nth <= importadmin.ranks_kept()
        ),
        -- Both of one athlete may be there: the better one stays.
        best AS (
            SELECT DISTINCT ON (course_id, gender, athlete_id) *
            FROM (SELECT course_id, gender, athlete_id, time_cs, meet_date, result_id, place, rank FROM old
                  UNION ALL
                  SELECT course_id, gender, athlete_id, time_cs, meet_date, result_id, NULL, NULL FROM entering) AS both_of_them
            ORDER BY course_id, gender, athlete_id, time_cs, meet_date, result_id
        ),
        ranked AS MATERIALIZED (
            SELECT * FROM (
                SELECT course_id, gender, athlete_id, result_id, place, rank AS was,
                       (row_number() OVER (PARTITION BY course_id, gender ORDER BY time_cs, meet_date, result_id))::integer AS rank
                FROM best) AS of_all
            WHERE rank <= importadmin.ranks_kept()
        ),
        -- What goes in, with its copies: from the row that moved, else looked up.
        shown AS MATERIALIZED (
            SELECT h.course_id, h.gender, h.athlete_id, h.result_id, h.time_cs, h.athlete_name, h.athlete_grad_year, h.school_id,
                   h.school_name, h.meet_id, h.meet_name, h.meet_date, h.race_id, r.rank
            FROM ranked r JOIN public.course_records h ON h.ctid = r.place WHERE r.was <> r.rank
            UNION ALL
            SELECT r.course_id, r.gender, r.athlete_id, r.result_id, f.time_cs, a.name, a.grad_year, a.school_id,
                   s.name, f.meet_id, m.name, m.meet_date, f.race_id, r.rank
            FROM ranked r JOIN public.results f ON f.id = r.result_id JOIN public.athletes a ON a.id = r.athlete_id
            JOIN public.schools s ON s.id = a.school_id JOIN public.meets m ON m.id = f.meet_id
            WHERE r.place IS NULL
        ),
        gone AS (
            DELETE FROM public.course_records
            WHERE ctid = ANY (ARRAY(
                SELECT o.place FROM old o LEFT JOIN ranked r ON r.place = o.place WHERE r.rank IS DISTINCT FROM o.rank))
            RETURNING course_id, gender, athlete_id
        ),
        added AS (
            INSERT INTO public.course_records (id, course_id, gender, athlete_id, result_id, time_cs, athlete_name,
                athlete_grad_year, school_id, school_name, meet_id, meet_name, meet_date, race_id, rank)
            SELECT importadmin.numbered_id((SELECT importadmin.id_prefix()), row_number() OVER ()), s.* FROM shown s
            -- Counting what is gone makes the deleting come first: the unique keys allow no other order.
            WHERE (SELECT count(*) FROM gone) >= 0
            RETURNING course_id, gender, athlete_id
        )
        SELECT count(*) FROM (TABLE gone UNION TABLE added) AS touched
    $sql$, p_runs) INTO changed;
    RETURN changed;
END
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
