-- Refresh for a few people: their entries in the lists are computed anew from their own results, everybody else's are
-- right already and stay. So a decision about one athlete costs the same whether the course saw 500 results or a million.
--
-- A list that is full says nothing about its hundred-and-first. Entries that do not come after the old hundredth are
-- certain; where fewer than a hundred are, the next best of the others are looked up, and nothing else is.

-- Which (key, gender) lists, what stays, what the people bring, how many must be filled up: the same for both lists.
CREATE FUNCTION importadmin.people_lists(
    p_table text, p_key text, p_order text, p_columns text, p_athletes uuid[], p_keys uuid[], p_given text, p_fill text
) RETURNS text
LANGUAGE sql IMMUTABLE AS $fn$
    SELECT format($sql$
        WITH old AS MATERIALIZED (
            SELECT * FROM public.%1$I WHERE %2$s = ANY (%6$L::uuid[])
        ),
        given AS MATERIALIZED (%7$s),
        kept AS MATERIALIZED (SELECT %4$s FROM old WHERE athlete_id <> ALL (%5$L::uuid[])),
        list AS MATERIALIZED (
            SELECT f.%2$s, f.gender, l.%3$s,
                   importadmin.ranks_kept()
                   - (SELECT count(*) FROM kept k WHERE k.%2$s = f.%2$s AND k.gender = f.gender)
                   - (SELECT count(*) FROM given g WHERE g.%2$s = f.%2$s AND g.gender = f.gender
                         AND (g.%3$s, g.meet_date, g.result_id) <= (l.%3$s, l.meet_date, l.result_id)) AS lacking
            FROM (SELECT %2$s, gender FROM old GROUP BY 1, 2 HAVING count(*) >= importadmin.ranks_kept()) f
            JOIN old l ON l.%2$s = f.%2$s AND l.gender = f.gender AND l.rank = importadmin.ranks_kept()
        ),
        fill AS MATERIALIZED (
            SELECT n.* FROM list l CROSS JOIN LATERAL (%8$s) n WHERE l.lacking > 0
        ),
        entry AS (
            SELECT %4$s FROM kept UNION ALL SELECT %4$s FROM given UNION ALL SELECT %4$s FROM fill
        )
        SELECT * FROM (
            SELECT %4$s, (row_number() OVER (PARTITION BY %2$s, gender
                                             ORDER BY %3$s, meet_date, result_id))::integer AS rank FROM entry
        ) ranked
        WHERE rank <= importadmin.ranks_kept()
    $sql$, p_table, p_key, p_order, p_columns, p_athletes, p_keys, p_given, p_fill)
$fn$;

CREATE FUNCTION importadmin.refresh_people_course_records(p_athletes uuid[], p_courses uuid[]) RETURNS integer
LANGUAGE sql VOLATILE AS $fn$
    WITH texts AS (
        SELECT 'course_id, gender, athlete_id, result_id, time_cs, athlete_name, athlete_grad_year, school_id,
                school_name, meet_id, meet_name, meet_date, race_id' AS columns,
               'ra.course_id, ra.gender, r.athlete_id, r.id AS result_id, r.time_cs, a.name AS athlete_name,
                a.grad_year AS athlete_grad_year, a.school_id, s.name AS school_name, r.meet_id, m.name AS meet_name,
                m.meet_date, r.race_id' AS shown
    )
    SELECT importadmin.write_records('course_records', 'course_id, gender, athlete_id', columns || ', rank',
        columns || ', rank',
        format('SELECT ctid, * FROM public.course_records WHERE course_id = ANY (%L::uuid[])', p_courses),
        importadmin.people_lists('course_records', 'course_id', 'time_cs', columns, p_athletes, p_courses,
            format($sql$
                SELECT DISTINCT ON (ra.course_id, ra.gender, r.athlete_id) %s
                FROM public.eligible_results r
                JOIN public.races ra ON ra.id = r.race_id AND ra.course_id = ANY (%L::uuid[])
                JOIN public.meets m ON m.id = r.meet_id
                JOIN public.athletes a ON a.id = r.athlete_id
                JOIN public.schools s ON s.id = a.school_id
                WHERE r.athlete_id = ANY (%L::uuid[])
                ORDER BY ra.course_id, ra.gender, r.athlete_id, r.time_cs, m.meet_date, r.id
            $sql$, shown, p_courses, p_athletes),
            -- Race by race, the fastest after the hundredth: an index on (race, time) gives them without the rest.
            format($sql$
                SELECT %s
                FROM (
                    SELECT DISTINCT ON (athlete_id) * FROM (
                        SELECT r.id, r.athlete_id, r.time_cs, r.meet_id, r.race_id, m2.meet_date
                        FROM public.races ra2
                        CROSS JOIN LATERAL (
                            SELECT e.* FROM public.eligible_results e
                            WHERE e.race_id = ra2.id AND e.time_cs >= l.time_cs AND e.athlete_id <> ALL (%L::uuid[])
                              AND NOT EXISTS (SELECT FROM kept k WHERE k.course_id = l.course_id AND k.gender = l.gender
                                                                   AND k.athlete_id = e.athlete_id)
                            ORDER BY e.time_cs FETCH FIRST (l.lacking * 4) ROWS WITH TIES) r
                        JOIN public.meets m2 ON m2.id = r.meet_id
                        WHERE ra2.course_id = l.course_id AND ra2.gender = l.gender
                        ORDER BY r.time_cs, m2.meet_date, r.id
                    ) fast
                    ORDER BY athlete_id, time_cs, meet_date, id
                ) r
                JOIN public.races ra ON ra.id = r.race_id
                JOIN public.meets m ON m.id = r.meet_id
                JOIN public.athletes a ON a.id = r.athlete_id
                JOIN public.schools s ON s.id = a.school_id
                ORDER BY r.time_cs, r.meet_date, r.id LIMIT l.lacking
            $sql$, shown, p_athletes)))
    FROM texts
$fn$;

CREATE FUNCTION importadmin.refresh_people_hall_of_fame(p_athletes uuid[], p_schools uuid[]) RETURNS integer
LANGUAGE sql VOLATILE AS $fn$
    WITH texts AS (
        SELECT 'school_id, gender, athlete_id, athlete_name, athlete_grad_year, result_id, time_cs, normalized_time_cs,
                course_id, course_name, meet_id, meet_name, meet_date, race_id, season_year' AS columns,
               'a.school_id, a.gender, r.athlete_id, a.name AS athlete_name, a.grad_year AS athlete_grad_year,
                r.id AS result_id, r.time_cs, r.normalized_time_cs, ra.course_id, c.name AS course_name, r.meet_id,
                m.name AS meet_name, m.meet_date, r.race_id, m.season_year' AS shown
    )
    SELECT importadmin.write_records('school_hall_of_fame', 'school_id, gender, athlete_id', columns || ', rank',
        columns || ', rank',
        format('SELECT ctid, * FROM public.school_hall_of_fame WHERE school_id = ANY (%L::uuid[])', p_schools),
        importadmin.people_lists('school_hall_of_fame', 'school_id', 'normalized_time_cs', columns, p_athletes, p_schools,
            format($sql$
                SELECT DISTINCT ON (a.school_id, a.gender, r.athlete_id) %s
                FROM public.eligible_results r
                JOIN public.athletes a ON a.id = r.athlete_id AND a.school_id = ANY (%L::uuid[])
                JOIN public.races ra ON ra.id = r.race_id
                JOIN public.courses c ON c.id = ra.course_id
                JOIN public.meets m ON m.id = r.meet_id
                WHERE r.athlete_id = ANY (%L::uuid[]) AND r.normalized_time_cs IS NOT NULL
                ORDER BY a.school_id, a.gender, r.athlete_id, r.normalized_time_cs, m.meet_date, r.id
            $sql$, shown, p_schools, p_athletes),
            -- Best times know each athlete's least normalised time: only those who may come next are looked at closely.
            format($sql$
                SELECT * FROM (
                    SELECT DISTINCT ON (r.athlete_id) %s
                    FROM (
                        SELECT a2.id, b.least FROM public.athletes a2
                        CROSS JOIN LATERAL (
                            SELECT min(t.alltime_best_normalized_cs) AS least FROM public.athlete_best_times t
                            WHERE t.athlete_id = a2.id) b
                        WHERE a2.school_id = l.school_id AND a2.gender = l.gender AND b.least >= l.normalized_time_cs
                          AND a2.id <> ALL (%L::uuid[])
                          AND NOT EXISTS (SELECT FROM kept k WHERE k.school_id = l.school_id AND k.gender = l.gender
                                                               AND k.athlete_id = a2.id)
                        ORDER BY b.least FETCH FIRST (l.lacking) ROWS WITH TIES
                    ) near
                    JOIN public.eligible_results r ON r.athlete_id = near.id AND r.normalized_time_cs = near.least
                    JOIN public.athletes a ON a.id = r.athlete_id
                    JOIN public.races ra ON ra.id = r.race_id
                    JOIN public.courses c ON c.id = ra.course_id
                    JOIN public.meets m ON m.id = r.meet_id
                    ORDER BY r.athlete_id, r.normalized_time_cs, m.meet_date, r.id
                ) best
                ORDER BY normalized_time_cs, meet_date, result_id LIMIT l.lacking
            $sql$, shown, p_athletes)))
    FROM texts
$fn$;

-- One entry a (school, course, gender, grade). Where the people's own best does not come after the old entry it is
-- certain; only where one of them held the record and has lost it are the others looked through.
CREATE FUNCTION importadmin.refresh_people_school_course_records(
    p_athletes uuid[], p_courses uuid[], p_schools uuid[]
) RETURNS integer
LANGUAGE sql VOLATILE AS $fn$
    WITH texts AS (
        SELECT 'school_id, course_id, gender, grade, athlete_id, result_id, time_cs, athlete_name, athlete_grad_year,
                meet_id, meet_name, meet_date, race_id, season_year' AS columns,
               'a.school_id, ra.course_id, ra.gender, 13 - (a.grad_year - m.season_year) AS grade, r.athlete_id,
                r.id AS result_id, r.time_cs, a.name AS athlete_name, a.grad_year AS athlete_grad_year, r.meet_id,
                m.name AS meet_name, m.meet_date, r.race_id, m.season_year' AS shown
    )
    SELECT importadmin.put_school_course_records(
        format('SELECT ctid, * FROM public.school_course_records
                WHERE school_id = ANY (%L::uuid[]) AND course_id = ANY (%L::uuid[])', p_schools, p_courses),
        format($sql$
            WITH old AS MATERIALIZED (
                SELECT * FROM public.school_course_records
                WHERE school_id = ANY (%4$L::uuid[]) AND course_id = ANY (%3$L::uuid[])
            ),
            given AS MATERIALIZED (
                SELECT DISTINCT ON (a.school_id, ra.course_id, ra.gender, 13 - (a.grad_year - m.season_year)) %2$s
                FROM public.eligible_results r
                JOIN public.athletes a ON a.id = r.athlete_id AND a.school_id = ANY (%4$L::uuid[])
                JOIN public.races ra ON ra.id = r.race_id AND ra.course_id = ANY (%3$L::uuid[])
                JOIN public.meets m ON m.id = r.meet_id
                WHERE r.athlete_id = ANY (%5$L::uuid[]) AND 13 - (a.grad_year - m.season_year) BETWEEN 9 AND 12
                ORDER BY a.school_id, ra.course_id, ra.gender, 13 - (a.grad_year - m.season_year), r.time_cs, m.meet_date, r.id
            ),
            kept AS (SELECT %1$s FROM old WHERE athlete_id <> ALL (%5$L::uuid[])),
            lost AS MATERIALIZED (
                SELECT o.* FROM old o LEFT JOIN given g USING (school_id, course_id, gender, grade)
                WHERE o.athlete_id = ANY (%5$L::uuid[])
                  AND ((g.time_cs, g.meet_date, g.result_id) <= (o.time_cs, o.meet_date, o.result_id)) IS NOT TRUE
            ),
            fill AS (
                SELECT n.* FROM lost l CROSS JOIN LATERAL (
                    SELECT %2$s
                    FROM public.athletes a
                    JOIN public.eligible_results r ON r.athlete_id = a.id
                    JOIN public.races ra ON ra.id = r.race_id AND ra.course_id = l.course_id AND ra.gender = l.gender
                    JOIN public.meets m ON m.id = r.meet_id
                    WHERE a.school_id = l.school_id AND a.id <> ALL (%5$L::uuid[])
                      AND 13 - (a.grad_year - m.season_year) = l.grade
                    ORDER BY r.time_cs, m.meet_date, r.id LIMIT 1) n
            ),
            entry AS (SELECT %1$s FROM kept UNION ALL SELECT %1$s FROM given UNION ALL SELECT %1$s FROM fill)
            SELECT DISTINCT ON (school_id, course_id, gender, grade) %1$s FROM entry
            ORDER BY school_id, course_id, gender, grade, time_cs, meet_date, result_id
        $sql$, columns, shown, p_courses, p_schools, p_athletes))
    FROM texts
$fn$;

-- p_courses and p_schools: where their results were run and which schools they are of, now and before the change.
CREATE FUNCTION importadmin.refresh_people(p_athletes uuid[], p_courses uuid[], p_schools uuid[])
RETURNS TABLE (derived text, changed integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = importadmin, public, pg_temp SET jit = off AS $fn$
DECLARE
    athletes uuid[] := coalesce(p_athletes, '{}');
    courses uuid[] := coalesce(p_courses, '{}');
    schools uuid[] := coalesce(p_schools, '{}');
BEGIN
    -- Locked in this statement, computed in following ones: what others committed meanwhile is seen.
    PERFORM lock_keys(athletes, courses, schools);
    RETURN QUERY SELECT 'athlete_best_times', refresh_best_times(athletes);
    RETURN QUERY SELECT 'course_records', refresh_people_course_records(athletes, courses);
    RETURN QUERY SELECT 'school_hall_of_fame', refresh_people_hall_of_fame(athletes, schools);
    RETURN QUERY SELECT 'school_course_records', refresh_people_school_course_records(athletes, courses, schools);
END
$fn$;

-- The triggers use it while there are few people; with many, whole lists are cheaper.
CREATE OR REPLACE FUNCTION importadmin.refresh_few_or_all(p_athletes uuid[], p_courses uuid[], p_schools uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    IF coalesce(array_length(p_athletes, 1), 0) BETWEEN 1 AND 20 THEN
        PERFORM importadmin.refresh_people(p_athletes, p_courses, p_schools);
    ELSE
        PERFORM importadmin.refresh_derived(p_athletes, p_courses, p_schools);
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION importadmin.refresh_results(p_races uuid[], p_athletes uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM importadmin.lock_sources(p_races, p_athletes);
    PERFORM importadmin.refresh_few_or_all(p_athletes,
        ARRAY(SELECT DISTINCT course_id FROM public.races WHERE id = ANY (p_races) AND course_id IS NOT NULL),
        ARRAY(SELECT DISTINCT school_id FROM public.athletes WHERE id = ANY (p_athletes)));
END
$$;

CREATE OR REPLACE FUNCTION importadmin.refresh_athletes(p_athletes uuid[], p_schools uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM importadmin.lock_sources('{}', p_athletes);
    PERFORM importadmin.refresh_few_or_all(p_athletes,
        ARRAY(SELECT DISTINCT ra.course_id FROM public.results r JOIN public.races ra ON ra.id = r.race_id
              WHERE r.athlete_id = ANY (p_athletes) AND ra.course_id IS NOT NULL),
        p_schools);
END
$$;

DO $do$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'importadmin'::regnamespace
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    END LOOP;
END
$do$;

-- The fastest of a race, one after the other, without reading the rest; as good for finding a race's results.
CREATE INDEX IF NOT EXISTS results_race_id_time_cs ON public.results (race_id, time_cs);
DROP INDEX IF EXISTS public.results_race_id;
