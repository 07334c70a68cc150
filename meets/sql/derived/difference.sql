-- A rebuild in two steps: what would change is worked out and shown, and only what was approved is written.
--
-- find_difference() compares what stands in a derived table with what should, for all rows or for those of a few
-- subjects, and keeps what differs in a temporary table difference_<table>. tell_difference() copies it into the
-- shadow (rebuild_changes) for people to read and counts it. write_difference() writes it: rows that are right are not
-- touched. Readers go on reading the old rows until the commit and then see the new ones.

-- How a rebuild deals with one table: its key, whose rows they are (the subject, by which a few are looked up), what
-- stands there and what should. p_results: where results are read from.
CREATE OR REPLACE FUNCTION importadmin.rebuild_texts(p_table text, p_subjects uuid[], p_results text)
RETURNS TABLE (key text, subject text, stands text, wanted text)
LANGUAGE plpgsql STABLE AS $fn$
DECLARE
    -- Ids as literals: the planner then knows how few they are.
    of_them constant text := CASE WHEN p_subjects IS NULL THEN 'IS NOT NULL'
                                  ELSE format('= ANY (%L::uuid[])', p_subjects) END;
BEGIN
    CASE p_table
    WHEN 'athlete_best_times' THEN
        key := 'athlete_id, season_year';
        subject := 'athlete_id';
        wanted := format('SELECT * FROM (%s) AS w (athlete_id, season_year, %s)', importadmin.best_times_wanted(
                      importadmin.best_times_runs('r.athlete_id ' || of_them, p_results)),
                      importadmin.record_columns(p_table));
    WHEN 'course_records' THEN
        key := 'course_id, gender, rank';
        subject := 'course_id';
        wanted := importadmin.course_records_wanted('ra.course_id ' || of_them);
    WHEN 'school_hall_of_fame' THEN
        key := 'school_id, gender, rank';
        subject := 'school_id';
        wanted := importadmin.hall_of_fame_wanted(
                      importadmin.hall_of_fame_best('a.school_id ' || of_them, p_results));
    WHEN 'school_course_records' THEN
        key := 'school_id, course_id, gender, grade';
        subject := 'school_id';
        wanted := importadmin.school_course_records_best('a.school_id ' || of_them);
    END CASE;
    stands := format('SELECT %s, t AS old FROM public.%I t WHERE t.%s %s', key, p_table, subject, of_them);
    RETURN NEXT;
END
$fn$;

-- p_table 'results' stands for the normalised times.
CREATE OR REPLACE FUNCTION importadmin.find_difference(
    p_table text, p_subjects uuid[] DEFAULT NULL, p_results text DEFAULT 'public.eligible_results'
) RETURNS void
LANGUAGE plpgsql VOLATILE SET jit = off AS $fn$
DECLARE
    t record;
    columns constant text := importadmin.record_columns(p_table);
BEGIN
    EXECUTE format('DROP TABLE IF EXISTS pg_temp.%I', 'difference_' || p_table);
    IF p_table = 'results' THEN
        EXECUTE 'CREATE TEMPORARY TABLE difference_results ON COMMIT DROP AS '
            || importadmin.normalized_times_wrong(CASE WHEN p_subjects IS NULL THEN 'true'
                   ELSE format('r.id = ANY (%L::uuid[])', p_subjects) END);
        RETURN;
    END IF;
    SELECT * INTO t FROM importadmin.rebuild_texts(p_table, p_subjects, p_results);
    -- FULL JOIN: both ways in one pass.
    EXECUTE format($sql$
        CREATE TEMPORARY TABLE %1$I ON COMMIT DROP AS
        SELECT %2$s, %3$s, here, old
        FROM (SELECT %2$s, %3$s, true AS here FROM (%4$s) AS should) w FULL JOIN (%5$s) p USING (%2$s)
        WHERE here IS NULL OR (old).id IS NULL OR ROW(%3$s) IS DISTINCT FROM ROW(%6$s)
    $sql$, 'difference_' || p_table, t.key, columns, t.wanted, t.stands,
        regexp_replace(columns, '(\w+)', '(old).\1', 'g'));
END
$fn$;

-- Results as they will be read once the normalised times in difference_results are written.
CREATE OR REPLACE FUNCTION importadmin.results_to_come() RETURNS text
LANGUAGE sql IMMUTABLE AS $fn$
    SELECT '(SELECT e.id, e.athlete_id, e.meet_id, e.race_id, e.time_cs, e.import_id,
                    CASE WHEN n.id IS NULL THEN e.normalized_time_cs ELSE n.becomes END AS normalized_time_cs
             FROM public.eligible_results e LEFT JOIN pg_temp.difference_results n ON n.id = e.id)'
$fn$;

-- What tells two differences apart: how many rows, and a sum over them that no order changes. The old row's id and
-- times are left out: a row that was written anew with the same values is the same.
CREATE OR REPLACE FUNCTION importadmin.difference_digest(p_table text, OUT changed integer, OUT digest text)
LANGUAGE plpgsql STABLE AS $fn$
DECLARE
    told text := 'id, was, becomes';
    columns constant text := importadmin.record_columns(p_table);
BEGIN
    IF p_table <> 'results' THEN
        SELECT format('%s, %s, here, %s', t.key, columns, regexp_replace(columns, '(\w+)', '(old).\1', 'g'))
        INTO told FROM importadmin.rebuild_texts(p_table, '{}', 'nothing') t;
    END IF;
    EXECUTE format('SELECT count(*), coalesce(sum(hashtextextended(ROW(%s)::text, 0)::numeric), 0)::text FROM pg_temp.%I',
                   told, 'difference_' || p_table) INTO changed, digest;
END
$fn$;

-- Copies the difference into the shadow. Every row with its kind and subject; those that people look at first (another
-- holder, then the best ranks) with what was and will be, p_shown of them.
CREATE OR REPLACE FUNCTION importadmin.tell_difference(p_rebuild uuid, p_table text, p_shown integer) RETURNS void
LANGUAGE plpgsql VOLATILE AS $fn$
DECLARE
    subject text;
    place text;
BEGIN
    IF p_table = 'results' THEN
        INSERT INTO importadmin.rebuild_changes (rebuild_id, derived, kind, subject_id, place, was, becomes)
        SELECT p_rebuild, p_table, 'changed', id, n,
               CASE WHEN n <= p_shown THEN jsonb_build_object('athlete_id', athlete_id, 'time_cs', time_cs, 'normalized_time_cs', was) END,
               CASE WHEN n <= p_shown THEN jsonb_build_object('athlete_id', athlete_id, 'time_cs', time_cs, 'normalized_time_cs', becomes) END
        FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM pg_temp.difference_results) d;
        RETURN;
    END IF;
    SELECT t.subject INTO subject FROM importadmin.rebuild_texts(p_table, '{}', 'nothing') t;
    place := CASE WHEN p_table IN ('course_records', 'school_hall_of_fame') THEN 'rank' ELSE '1' END;
    EXECUTE format($sql$
        INSERT INTO importadmin.rebuild_changes (rebuild_id, derived, kind, subject_id, place, was, becomes)
        SELECT %1$L::uuid, %2$L, kind, %3$s, n,
               CASE WHEN n <= %4$s AND kind <> 'added' THEN to_jsonb(old) - 'created_at' - 'updated_at' - 'id' END,
               CASE WHEN n <= %4$s AND kind <> 'removed' THEN to_jsonb(d) - 'here' - 'old' - 'kind' - 'n' END
        FROM (
            SELECT *, row_number() OVER (
                ORDER BY array_position(ARRAY['hands', 'added', 'removed', 'changed'], kind), %5$s) AS n
            FROM (
                SELECT *, CASE WHEN (old).id IS NULL THEN 'added' WHEN here IS NULL THEN 'removed'
                               WHEN (old).athlete_id <> athlete_id THEN 'hands' ELSE 'changed' END AS kind
                FROM pg_temp.%6$I
            ) AS kinds
        ) d
    $sql$, p_rebuild, p_table, subject, p_shown, place, 'difference_' || p_table);
END
$fn$;

-- Rows whose result is gone or is somebody else's.
CREATE OR REPLACE FUNCTION importadmin.count_orphans(p_table text) RETURNS integer
LANGUAGE plpgsql STABLE AS $fn$
DECLARE
    found integer := 0;
BEGIN
    IF p_table = 'athlete_best_times' THEN
        SELECT count(*) INTO found FROM public.athlete_best_times b
        LEFT JOIN public.results s ON s.id = b.season_best_result_id AND s.athlete_id = b.athlete_id
        LEFT JOIN public.results c ON c.id = b.alltime_best_result_id AND c.athlete_id = b.athlete_id
        WHERE s.id IS NULL OR c.id IS NULL;
    ELSIF p_table <> 'results' THEN
        EXECUTE format('SELECT count(*) FROM public.%I t LEFT JOIN public.results r
                        ON r.id = t.result_id AND r.athlete_id = t.athlete_id WHERE r.id IS NULL', p_table) INTO found;
    END IF;
    RETURN found;
END
$fn$;

-- Writes the difference that was found in this transaction; returns the number of rows changed. The derived lock is
-- held since before it was found, so every row must still be as it was: if one is not, nothing is written.
CREATE OR REPLACE FUNCTION importadmin.write_difference(p_table text) RETURNS integer
LANGUAGE plpgsql VOLATILE SET jit = off AS $fn$
DECLARE
    columns constant text := importadmin.record_columns(p_table);
    key text;
    wanted integer;
    found integer;
    n integer;
BEGIN
    IF p_table = 'results' THEN
        UPDATE public.results r SET normalized_time_cs = n_.becomes FROM pg_temp.difference_results n_ WHERE r.id = n_.id;
        GET DIAGNOSTICS found = ROW_COUNT;
        RETURN found;
    END IF;
    SELECT t.key INTO key FROM importadmin.rebuild_texts(p_table, '{}', 'nothing') t;
    EXECUTE format('SELECT count(*) FROM pg_temp.%I', 'difference_' || p_table) INTO wanted;
    IF p_table = 'athlete_best_times' THEN
        -- In place: no foreign key to check again, and the row keeps its id.
        EXECUTE format('UPDATE public.%I t SET updated_at = now(), %s FROM pg_temp.%I d WHERE d.here AND t.id = (d.old).id',
                       p_table, regexp_replace(columns, '(\w+)', '\1 = d.\1', 'g'), 'difference_' || p_table);
        GET DIAGNOSTICS found = ROW_COUNT;
        EXECUTE format('DELETE FROM public.%I t USING pg_temp.%I d WHERE d.here IS NULL AND t.id = (d.old).id',
                       p_table, 'difference_' || p_table);
        GET DIAGNOSTICS n = ROW_COUNT;
        found := found + n;
    ELSE
        -- Deleted and written anew: the unique keys allow no other order when ranks move.
        EXECUTE format('DELETE FROM public.%I t USING pg_temp.%I d WHERE t.id = (d.old).id', p_table, 'difference_' || p_table);
        GET DIAGNOSTICS found = ROW_COUNT;
        EXECUTE format('SELECT count(*) FROM pg_temp.%I d WHERE (d.old).id IS NOT NULL', 'difference_' || p_table) INTO n;
        IF n <> found THEN
            RAISE EXCEPTION 'rows of % were changed meanwhile', p_table USING ERRCODE = '40001';
        END IF;
        EXECUTE format('SELECT count(*) FROM pg_temp.%I d WHERE d.here IS NULL', 'difference_' || p_table) INTO found;
    END IF;
    EXECUTE format($sql$
        INSERT INTO public.%1$I (id, %2$s, %3$s)
        SELECT importadmin.numbered_id((SELECT importadmin.id_prefix()), row_number() OVER ()), %2$s, %3$s
        FROM pg_temp.%4$I d WHERE here %5$s
    $sql$, p_table, key, columns, 'difference_' || p_table,
        CASE WHEN p_table = 'athlete_best_times' THEN 'AND (old).id IS NULL' ELSE '' END);
    GET DIAGNOSTICS n = ROW_COUNT;
    IF found + n <> wanted THEN
        RAISE EXCEPTION 'rows of % were changed meanwhile', p_table USING ERRCODE = '40001';
    END IF;
    RETURN wanted;
END
$fn$;
