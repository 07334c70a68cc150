-- school_course_records: the fastest per (school, course, gender of the race, grade); of equal times the earliest meet,
-- then the least result id. Grade is 13 - (grad year - season), 9 to 12: a senior of fall 2025 graduates in 2026.

-- The best of each (school, course, gender, grade) out of the results that p_where lets through.
CREATE OR REPLACE FUNCTION importadmin.school_course_records_best(p_where text) RETURNS text
LANGUAGE sql IMMUTABLE AS $fn$
    SELECT format($sql$
        SELECT b.*, m.name AS meet_name
        FROM (
            SELECT DISTINCT ON (a.school_id, ra.course_id, ra.gender, 13 - (a.grad_year - m.season_year))
                   a.school_id, ra.course_id, ra.gender, 13 - (a.grad_year - m.season_year) AS grade, r.athlete_id,
                   r.id AS result_id, r.time_cs, a.name AS athlete_name, a.grad_year AS athlete_grad_year, r.meet_id,
                   m.meet_date, r.race_id, m.season_year
            FROM public.eligible_results r
            JOIN public.athletes a ON a.id = r.athlete_id
            JOIN public.races ra ON ra.id = r.race_id
            JOIN public.meets m ON m.id = r.meet_id
            WHERE ra.course_id IS NOT NULL AND 13 - (a.grad_year - m.season_year) BETWEEN 9 AND 12 AND %s
            ORDER BY a.school_id, ra.course_id, ra.gender, 13 - (a.grad_year - m.season_year), r.time_cs, m.meet_date, r.id
        ) b
        JOIN public.meets m ON m.id = b.meet_id
    $sql$, p_where)
$fn$;

-- p_compare: which columns tell whether a record is still right; p_present: what stands there; p_wanted: what should.
CREATE OR REPLACE FUNCTION importadmin.put_school_course_records(p_present text, p_wanted text) RETURNS integer
LANGUAGE sql VOLATILE AS $fn$
    WITH texts AS (
        SELECT 'school_id, course_id, gender, grade, ' || importadmin.record_columns('school_course_records') AS columns
    )
    SELECT importadmin.write_records('school_course_records', 'school_id, course_id, gender, grade', columns, columns,
                                     p_present, p_wanted)
    FROM texts
$fn$;

-- A new best stands against one old record: it wins or changes nothing. In place where there is one: three indexes less
-- to write.
CREATE OR REPLACE FUNCTION importadmin.merge_school_course_records(p_runs text) RETURNS integer
LANGUAGE plpgsql VOLATILE AS $fn$
DECLARE
    changed integer;
BEGIN
    EXECUTE format($sql$
        WITH fresh AS MATERIALIZED (
            SELECT DISTINCT ON (school_id, course_id, gender, grade) *
            FROM (SELECT school_id, course_id, race_gender AS gender, 13 - (athlete_grad_year - season_year) AS grade, time_cs,
                         meet_date, result_id, athlete_id, athlete_grad_year, meet_id, race_id, season_year
                  FROM (%1$s) AS run
                  WHERE course_id IS NOT NULL AND 13 - (athlete_grad_year - season_year) BETWEEN 9 AND 12) AS graded
            ORDER BY school_id, course_id, gender, grade, time_cs, meet_date, result_id
        ),
        winning AS MATERIALIZED (
            SELECT f.*, c.place FROM fresh f LEFT JOIN LATERAL (
                SELECT ctid AS place, time_cs, meet_date, result_id FROM public.school_course_records c
                WHERE (c.school_id, c.course_id, c.gender, c.grade) = (f.school_id, f.course_id, f.gender, f.grade)
                OFFSET 0
            ) c ON true
            WHERE c.place IS NULL OR (f.time_cs, f.meet_date, f.result_id) < (c.time_cs, c.meet_date, c.result_id)
        ),
        shown AS MATERIALIZED (
            SELECT w.*, a.name AS athlete_name, m.name AS meet_name
            FROM winning w JOIN public.athletes a ON a.id = w.athlete_id JOIN public.meets m ON m.id = w.meet_id
        ),
        bettered AS (
            UPDATE public.school_course_records c SET
                athlete_id = s.athlete_id, result_id = s.result_id, time_cs = s.time_cs, athlete_name = s.athlete_name,
                athlete_grad_year = s.athlete_grad_year, meet_id = s.meet_id, meet_name = s.meet_name, meet_date = s.meet_date,
                race_id = s.race_id, season_year = s.season_year, updated_at = now()
            FROM shown s WHERE c.ctid = s.place
            RETURNING 1
        ),
        added AS (
            INSERT INTO public.school_course_records (id, school_id, course_id, gender, grade, athlete_id, result_id, time_cs,
                athlete_name, athlete_grad_year, meet_id, meet_name, meet_date, race_id, season_year)
            SELECT importadmin.numbered_id((SELECT importadmin.id_prefix()), row_number() OVER ()), school_id, course_id, gender,
                   grade, athlete_id, result_id, time_cs, athlete_name, athlete_grad_year, meet_id, meet_name, meet_date, race_id,
                   season_year
            FROM shown WHERE place IS NULL
            RETURNING 1
        )
        SELECT (SELECT count(*) FROM bettered) + (SELECT count(*) FROM added)
    $sql$, p_runs) INTO changed;
    RETURN changed;
END
$fn$;

-- Of whole schools and of whole courses.
CREATE OR REPLACE FUNCTION importadmin.refresh_school_course_records(p_courses uuid[], p_schools uuid[]) RETURNS integer
LANGUAGE sql VOLATILE AS $fn$
    SELECT importadmin.put_school_course_records(
        format('SELECT ctid, * FROM public.school_course_records c
                WHERE c.course_id = ANY (%1$L::uuid[]) OR c.school_id = ANY (%2$L::uuid[])', p_courses, p_schools),
        -- Two queries, not one with OR: each finds its results by its own index.
        format('SELECT * FROM (%s) AS of_courses UNION SELECT * FROM (%s) AS of_schools',
            importadmin.school_course_records_best(format('ra.course_id = ANY (%L::uuid[])', p_courses)),
            importadmin.school_course_records_best(format('a.school_id = ANY (%L::uuid[])', p_schools))))
$fn$;

CREATE OR REPLACE FUNCTION public.batch_rebuild_school_course_records() RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = importadmin, public, pg_temp AS $fn$
BEGIN
    PERFORM lock_derived_alone();
    RETURN put_school_course_records(
        'SELECT ctid, * FROM public.school_course_records', school_course_records_best('true'));
END
$fn$;
