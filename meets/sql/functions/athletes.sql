-- What the database keeps of an athlete by itself: the slug and the name key. Row-level, because a BEFORE trigger must
-- be; it does nothing when a bulk import, which gives both, is on.

CREATE FUNCTION importadmin.athletes_fill() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = importadmin, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF new.name_key IS NULL OR current_setting('importadmin.bulk', true) IS DISTINCT FROM 'on' THEN
            new.name_key := name_key(new.name);
        END IF;
    ELSIF new.name IS DISTINCT FROM old.name OR new.name_key IS DISTINCT FROM old.name_key THEN
        new.name_key := name_key(new.name);
    END IF;
    -- A given slug is kept, and a published one never changes by itself, whatever else of the athlete changes: links
    -- lead to it. Only where there is none, one is made. If it is taken, the unique key says so.
    IF coalesce(new.slug, '') = '' THEN
        new.slug := athlete_slug(new.first_name, new.last_name, new.name,
                                 (SELECT s.name FROM schools s WHERE s.id = new.school_id), new.grad_year);
    END IF;
    RETURN new;
END
$$;

-- A bulk import gives both, and calling a function 5,000 times to find that out is not free.
CREATE TRIGGER importadmin_athletes_insert BEFORE INSERT ON public.athletes
    FOR EACH ROW WHEN (new.name_key IS NULL OR new.slug IS NULL OR new.slug = ''
                       OR current_setting('importadmin.bulk', true) IS DISTINCT FROM 'on')
    EXECUTE FUNCTION importadmin.athletes_fill();
CREATE TRIGGER importadmin_athletes_update BEFORE UPDATE OF name, name_key, slug ON public.athletes
    FOR EACH ROW EXECUTE FUNCTION importadmin.athletes_fill();

-- The one function that everybody may call: where does an old web address lead? Reads our schema for the caller.
CREATE FUNCTION public.resolve_athlete_slug(p_slug text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = importadmin, public, pg_temp AS $$
    SELECT a.slug FROM athletes a
    WHERE a.slug = p_slug
       OR a.id = (SELECT r.athlete_id FROM slug_redirects r WHERE r.slug = p_slug)
    -- An athlete who carries the slug goes before a redirect.
    ORDER BY a.slug = p_slug DESC
    LIMIT 1
$$;
