-- Triggers on results, one per statement however many rows it has. They keep meets.result_count and the derived tables
-- right for every writer: the site, a person at a prompt, the app's own small changes. A bulk import switches them off
-- for its own transaction by importadmin.bulk and merges what it inserted itself; a crash can leave nothing switched off.

CREATE FUNCTION importadmin.bulk() RETURNS boolean
-- Compared with 'on': once set it reads '' afterwards, not NULL.
LANGUAGE sql STABLE AS $$ SELECT coalesce(current_setting('importadmin.bulk', true) = 'on', false) $$;

-- Added and subtracted, never counted: two writers at once then end right, and a big meet costs no more than a small.
CREATE FUNCTION importadmin.count_results(p_meets uuid[], p_by integer[]) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    -- Locked in id order, so that two statements over several meets can't wait for each other.
    PERFORM 1 FROM public.meets WHERE id = ANY (p_meets) ORDER BY id FOR NO KEY UPDATE;
    UPDATE public.meets m SET result_count = m.result_count + d.by
    FROM (SELECT meet_id, sum(by) AS by FROM unnest(p_meets, p_by) AS u (meet_id, by) GROUP BY meet_id) d
    WHERE m.id = d.meet_id AND d.by <> 0;
END
$$;

CREATE FUNCTION importadmin.results_inserted() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = importadmin, public, pg_temp AS $$
DECLARE
    ids uuid[];
    the_races uuid[];
    the_athletes uuid[];
BEGIN
    IF bulk() OR NOT EXISTS (SELECT FROM fresh) THEN
        RETURN NULL;
    END IF;
    PERFORM count_results(array_agg(f.meet_id), array_agg(f.n))
    FROM (SELECT meet_id, count(*)::integer AS n FROM fresh GROUP BY meet_id) f;
    SELECT array_agg(id), array_agg(DISTINCT race_id), array_agg(DISTINCT athlete_id)
    INTO ids, the_races, the_athletes FROM fresh;
    PERFORM lock_sources(the_races, the_athletes);
    -- Read after the locks: an athlete or a race may have been moved while we waited.
    PERFORM lock_keys('{}',
        ARRAY(SELECT DISTINCT course_id FROM public.races WHERE id = ANY (the_races) AND course_id IS NOT NULL),
        ARRAY(SELECT DISTINCT school_id FROM public.athletes WHERE id = ANY (the_athletes)));
    PERFORM merge_results(NULL, NULL, ids);
    RETURN NULL;
END
$$;

-- Old values leave, new ones come: all keys of both are computed anew.
CREATE FUNCTION importadmin.refresh_results(p_races uuid[], p_athletes uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM importadmin.lock_sources(p_races, p_athletes);
    PERFORM importadmin.refresh_derived(p_athletes,
        ARRAY(SELECT DISTINCT course_id FROM public.races WHERE id = ANY (p_races) AND course_id IS NOT NULL),
        ARRAY(SELECT DISTINCT school_id FROM public.athletes WHERE id = ANY (p_athletes)));
END
$$;

-- An athlete, race, meet or school that goes takes its results along by cascade; then this finds neither school nor
-- course any more, and the triggers on athletes and races, which run after it, refresh those.
CREATE FUNCTION importadmin.results_deleted() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = importadmin, public, pg_temp AS $$
BEGIN
    IF bulk() OR NOT EXISTS (SELECT FROM gone) THEN
        RETURN NULL;
    END IF;
    PERFORM count_results(array_agg(g.meet_id), array_agg(g.n))
    FROM (SELECT meet_id, -count(*)::integer AS n FROM gone GROUP BY meet_id) g;
    PERFORM refresh_results(array_agg(DISTINCT race_id), array_agg(DISTINCT athlete_id)) FROM gone;
    RETURN NULL;
END
$$;

CREATE FUNCTION importadmin.results_updated() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = importadmin, public, pg_temp AS $$
DECLARE
    the_races uuid[];
    the_athletes uuid[];
    times_moved uuid[];
BEGIN
    IF bulk() THEN
        RETURN NULL;
    END IF;
    -- Only what records rest on; a new place or note changes none.
    WITH moved AS (
        (SELECT id, athlete_id, meet_id, race_id, time_cs, normalized_time_cs FROM gone
         EXCEPT SELECT id, athlete_id, meet_id, race_id, time_cs, normalized_time_cs FROM fresh)
        UNION ALL
        (SELECT id, athlete_id, meet_id, race_id, time_cs, normalized_time_cs FROM fresh
         EXCEPT SELECT id, athlete_id, meet_id, race_id, time_cs, normalized_time_cs FROM gone)
    )
    SELECT array_agg(DISTINCT id), array_agg(DISTINCT race_id), array_agg(DISTINCT athlete_id)
    INTO times_moved, the_races, the_athletes FROM moved;
    IF times_moved IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM count_results(array_agg(c.meet_id), array_agg(c.n))
    FROM (
        SELECT meet_id, sum(n)::integer AS n
        FROM (SELECT meet_id, 1 AS n FROM fresh UNION ALL SELECT meet_id, -1 FROM gone) AS both_of_them
        GROUP BY meet_id HAVING sum(n) <> 0
    ) c;
    PERFORM lock_sources(the_races, the_athletes);
    -- A hand-typed normalised time is put right again: it is no opinion.
    PERFORM write_normalized_times_quietly(format('r.id = ANY (%L::uuid[])', times_moved));
    PERFORM refresh_results(the_races, the_athletes);
    RETURN NULL;
END
$$;

-- The normalised time on the way in, so that rows needn't be written twice. Row-level because BEFORE must be.
CREATE FUNCTION importadmin.results_normalize() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = importadmin, public, pg_temp AS $$
BEGIN
    new.normalized_time_cs := (
        SELECT normalized_time(new.time_cs, distance_run(ra.distance_meters, c.distance_meters), c.difficulty_rating)
        FROM public.races ra LEFT JOIN public.courses c ON c.id = ra.course_id WHERE ra.id = new.race_id);
    RETURN new;
END
$$;

CREATE TRIGGER importadmin_results_normalize_insert BEFORE INSERT ON public.results
    FOR EACH ROW WHEN (current_setting('importadmin.bulk', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION importadmin.results_normalize();
CREATE TRIGGER importadmin_results_normalize_update BEFORE UPDATE OF time_cs, race_id, normalized_time_cs ON public.results
    FOR EACH ROW WHEN (current_setting('importadmin.bulk', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION importadmin.results_normalize();
CREATE TRIGGER importadmin_results_inserted AFTER INSERT ON public.results
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION importadmin.results_inserted();
CREATE TRIGGER importadmin_results_updated AFTER UPDATE ON public.results
    REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION importadmin.results_updated();
CREATE TRIGGER importadmin_results_deleted AFTER DELETE ON public.results
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION importadmin.results_deleted();

-- TRUNCATE cascades from everywhere and fires no other trigger.
CREATE FUNCTION importadmin.results_truncated() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = importadmin, public, pg_temp AS $$
BEGIN
    UPDATE public.meets SET result_count = 0 WHERE result_count <> 0;
    DELETE FROM public.athlete_best_times;
    DELETE FROM public.course_records;
    DELETE FROM public.school_hall_of_fame;
    DELETE FROM public.school_course_records;
    RETURN NULL;
END
$$;

CREATE TRIGGER importadmin_results_truncated AFTER TRUNCATE ON public.results
    FOR EACH STATEMENT EXECUTE FUNCTION importadmin.results_truncated();
