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

-- New bests that do not beat the school's hundredth stay outside, and with them most schools. The others are ranked
-- together with the (at most 100) old ones of their school.
CREATE OR REPLACE FUNCTION importadmin.merge_hall_of_fame(p_runs text) RETURNS integer
LANGUAGE sql VOLATILE AS $fn$
    WITH texts AS (
        SELECT 'school_id, gender, ' || importadmin.record_columns('school_hall_of_fame') AS columns
    )
    SELECT importadmin.write_records('school_hall_of_fame', 'school_id, gender, athlete_id', columns || ', rank',
        'school_id, gender, rank, athlete_id, result_id',
        'SELECT h.* FROM (SELECT DISTINCT school_id, gender FROM wanted) w CROSS JOIN LATERAL (
            SELECT ctid, * FROM public.school_hall_of_fame h
            WHERE h.school_id = w.school_id AND h.gender = w.gender OFFSET 0) h',
        format($sql$
            WITH entering AS MATERIALIZED (
                SELECT f.*
                FROM (SELECT DISTINCT ON (school_id, athlete_gender, athlete_id) *, athlete_gender AS gender
                      FROM (%1$s) AS run WHERE normalized_time_cs IS NOT NULL AND course_id IS NOT NULL
                      ORDER BY school_id, athlete_gender, athlete_id, normalized_time_cs, meet_date, result_id) f
                -- Two look-ups by unique key: the last of the list, and the athlete's own place in it.
                WHERE coalesce(f.normalized_time_cs <= (
                          SELECT h.normalized_time_cs FROM public.school_hall_of_fame h
                          WHERE h.school_id = f.school_id AND h.gender = f.gender AND h.rank = importadmin.ranks_kept()
                      ), true)
                  AND coalesce(f.normalized_time_cs <= (
                          SELECT h.normalized_time_cs FROM public.school_hall_of_fame h
                          WHERE h.school_id = f.school_id AND h.gender = f.gender AND h.athlete_id = f.athlete_id
                      ), true)
            ),
            old AS (
                SELECT h.* FROM (SELECT DISTINCT school_id, gender FROM entering) e CROSS JOIN LATERAL (
                    SELECT * FROM public.school_hall_of_fame h
                    WHERE h.school_id = e.school_id AND h.gender = e.gender OFFSET 0) h
            ),
            best AS (
                SELECT DISTINCT ON (school_id, gender, athlete_id) *
                FROM (SELECT %2$s FROM entering UNION ALL SELECT %2$s FROM old) AS both_of_them
                ORDER BY school_id, gender, athlete_id, normalized_time_cs, meet_date, result_id
            )
            SELECT * FROM (
                SELECT %2$s, (row_number() OVER (PARTITION BY school_id, gender
                                                 ORDER BY normalized_time_cs, meet_date, result_id))::integer AS rank
                FROM best
            ) AS ranked
            WHERE rank <= importadmin.ranks_kept()
        $sql$, p_runs, columns))
    FROM texts
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
