-- The number after a slug that is taken: the first that is free, so that it stays readable and comes out the same every
-- time, whether an import or a reviewer makes the athlete. Redirected slugs count as taken.
CREATE FUNCTION importadmin.free_slug_numbers(p_slug text, p_wanted bigint) RETURNS SETOF integer
LANGUAGE sql STABLE AS $$
    SELECT g FROM generate_series(2, 1000) g
    WHERE NOT EXISTS (SELECT FROM public.athletes a WHERE a.slug = p_slug || '-' || g)
      AND NOT EXISTS (SELECT FROM importadmin.slug_redirects r WHERE r.slug = p_slug || '-' || g)
    LIMIT p_wanted
$$;
CREATE FUNCTION importadmin.free_slug(p_slug text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN EXISTS (SELECT FROM public.athletes a WHERE a.slug = p_slug)
                  OR EXISTS (SELECT FROM importadmin.slug_redirects r WHERE r.slug = p_slug)
                THEN p_slug || '-' || (SELECT min(n) FROM importadmin.free_slug_numbers(p_slug, 1) n)
                ELSE p_slug END
$$;
REVOKE ALL ON FUNCTION importadmin.free_slug_numbers(text, bigint), importadmin.free_slug(text) FROM PUBLIC;
