-- results.normalized_time_cs follows from the time, the race's distance (else the course's) and the course's rating.

-- Rewrites those that are wrong; p_where may name r (result), ra (race) and c (course). Returns how many it rewrote.
CREATE FUNCTION importadmin.write_normalized_times(p_where text) RETURNS integer
LANGUAGE plpgsql VOLATILE AS $fn$
DECLARE
    changed integer;
BEGIN
    EXECUTE format($sql$
        UPDATE public.results t SET normalized_time_cs = n.normalized_time_cs
        FROM (
            SELECT r.id, importadmin.normalized_time(
                       r.time_cs, importadmin.distance_run(ra.distance_meters, c.distance_meters), c.difficulty_rating
                   ) AS normalized_time_cs
            FROM public.results r
            LEFT JOIN public.races ra ON ra.id = r.race_id
            LEFT JOIN public.courses c ON c.id = ra.course_id
            WHERE r.normalized_time_cs IS DISTINCT FROM importadmin.normalized_time(
                      r.time_cs, importadmin.distance_run(ra.distance_meters, c.distance_meters), c.difficulty_rating)
              AND %s
            OFFSET 0
        ) n
        WHERE t.id = n.id
    $sql$, p_where);
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed;
END
$fn$;

-- Without waking the triggers on results: the caller refreshes the keys itself.
CREATE FUNCTION importadmin.write_normalized_times_quietly(p_where text) RETURNS integer
LANGUAGE plpgsql VOLATILE AS $fn$
DECLARE
    before  text := coalesce(current_setting('importadmin.bulk', true), '');
    changed integer;
BEGIN
    -- Not as the function's SET clause: for a setting of our own PostgreSQL allows that to superusers only.
    PERFORM set_config('importadmin.bulk', 'on', true);
    changed := importadmin.write_normalized_times(p_where);
    PERFORM set_config('importadmin.bulk', before, true);
    RETURN changed;
END
$fn$;

-- Here the triggers on results do wake: whatever rests on a normalised time is right again at the end.
CREATE FUNCTION public.batch_rebuild_normalized_times() RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = importadmin, public, pg_temp AS $fn$
BEGIN
    PERFORM lock_derived_alone();
    RETURN write_normalized_times('true');
END
$fn$;
