-- Two writers at once must end right. Each writer first locks, then computes in a following statement, which (in READ
-- COMMITTED) sees what the other has committed while it waited.
--
-- A bulk import or a rebuild takes one lock alone: locking 10,000 athletes' rows would cost more than the merge itself.
-- Every other writer shares that lock and besides locks the rows of the keys it touches, in id order.

CREATE OR REPLACE FUNCTION importadmin.lock_derived_alone() RETURNS void
LANGUAGE sql VOLATILE AS $$
    SELECT pg_advisory_xact_lock(hashtext('importadmin.derived'))
$$;

CREATE OR REPLACE FUNCTION importadmin.lock_derived_shared() RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtext('importadmin.derived'));
END
$$;

-- FOR NO KEY UPDATE does not stand in the way of foreign keys. Always in this order of tables.
CREATE OR REPLACE FUNCTION importadmin.lock_sources(p_races uuid[], p_athletes uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM importadmin.lock_derived_shared();
    PERFORM 1 FROM public.races WHERE id = ANY (p_races) ORDER BY id FOR NO KEY UPDATE;
    PERFORM 1 FROM public.athletes WHERE id = ANY (p_athletes) ORDER BY id FOR NO KEY UPDATE;
END
$$;

CREATE OR REPLACE FUNCTION importadmin.lock_keys(p_athletes uuid[], p_courses uuid[], p_schools uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM importadmin.lock_sources('{}', p_athletes);
    PERFORM 1 FROM public.courses WHERE id = ANY (p_courses) ORDER BY id FOR NO KEY UPDATE;
    PERFORM 1 FROM public.schools WHERE id = ANY (p_schools) ORDER BY id FOR NO KEY UPDATE;
END
$$;

-- How many ranks a list of records keeps per (course, gender) or (school, gender).
CREATE OR REPLACE FUNCTION importadmin.ranks_kept() RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT 100 $$;
