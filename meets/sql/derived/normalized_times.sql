-- results.normalized_time_cs follows from the time, the race's distance (else the course's) and the course's rating.

-- Those that are wrong, with what they are and should be; p_where may name r (result), ra (race) and c (course).
CREATE OR REPLACE FUNCTION importadmin.normalized_times_wrong(p_where text) RETURNS text
LANGUAGE sql IMMUTABLE AS $fn$
    SELECT format($sql$
        SELECT * FROM (
            SELECT r.id, r.normalized_time_cs AS was, importadmin.normalized_time(
                       r.time_cs, importadmin.distance_run(ra.distance_meters, c.distance_meters), c.difficulty_rating
                   ) AS becomes, r.athlete_id, r.time_cs
            FROM public.results r
            LEFT JOIN public.races ra ON ra.id = r.race_id
            LEFT JOIN public.courses c ON c.id = ra.course_id
            -- In floating point first, a third as dear as in decimals: what is nearer than half a hundredth of a second,
            -- by far more than floating point can err, is right.
            WHERE (abs(r.normalized_time_cs - r.time_cs * 1609.344::double precision / nullif(
                       importadmin.distance_run(ra.distance_meters, c.distance_meters)
                       * nullif(greatest(c.difficulty_rating, 0), 0)::double precision, 0)) < 0.4999) IS NOT TRUE
              AND (%s)
            OFFSET 0
        ) n
        WHERE n.was IS DISTINCT FROM n.becomes
    $sql$, p_where)
$fn$;

CREATE OR REPLACE FUNCTION importadmin.normalized_times_off(p_where text)
RETURNS TABLE (id uuid, was integer, becomes integer, athlete_id uuid, time_cs integer)
LANGUAGE plpgsql STABLE AS $fn$
BEGIN
    RETURN QUERY EXECUTE importadmin.normalized_times_wrong(p_where);
END
$fn$;

-- Rewrites those that are wrong. Returns how many it rewrote.
CREATE OR REPLACE FUNCTION importadmin.write_normalized_times(p_where text) RETURNS integer
LANGUAGE plpgsql VOLATILE AS $fn$
DECLARE
    changed integer;
BEGIN
    EXECUTE format('UPDATE public.results t SET normalized_time_cs = n.becomes FROM (%s) n WHERE t.id = n.id',
                   importadmin.normalized_times_wrong(p_where));
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed;
END
$fn$;

-- Without waking the triggers on results: the caller refreshes the keys itself.
CREATE OR REPLACE FUNCTION importadmin.write_normalized_times_quietly(p_where text) RETURNS integer
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

-- Whatever rests on a normalised time is right again at the end. Few results: their keys alone are refreshed; many:
-- everything is computed anew, which is cheaper than looking a hundred thousand keys up.
CREATE OR REPLACE FUNCTION public.batch_rebuild_normalized_times() RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = importadmin, public, pg_temp AS $fn$
DECLARE
    moved uuid[];
BEGIN
    PERFORM lock_derived_alone();
    moved := ARRAY(SELECT id FROM normalized_times_off('true'));
    IF cardinality(moved) <= 2000 THEN
        PERFORM write_normalized_times_quietly(format('r.id = ANY (%L::uuid[])', moved));
        PERFORM refresh_results(array_agg(DISTINCT race_id), array_agg(DISTINCT athlete_id))
        FROM results WHERE id = ANY (moved) HAVING count(*) > 0;
    ELSE
        PERFORM write_normalized_times_quietly('true');
        PERFORM write_best_times(best_times_wanted(best_times_runs('true')), 'true');
        PERFORM write_hall_of_fame('true', 'true');
    END IF;
    RETURN cardinality(moved);
END
$fn$;
