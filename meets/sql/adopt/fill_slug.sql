-- One athlete without a slug: the first that is free of base, base-2, base-3, …; redirects count as taken.
WITH one AS (
    SELECT a.id, importadmin.name_key(a.name) AS name_key,
           importadmin.athlete_slug(a.first_name, a.last_name, a.name, s.name, a.grad_year) AS base
    FROM public.athletes a JOIN public.schools s ON s.id = a.school_id
    WHERE coalesce(a.slug, '') = '' ORDER BY a.id LIMIT 1
    FOR NO KEY UPDATE OF a
)
UPDATE public.athletes a SET name_key = o.name_key, slug = (
    SELECT t.slug FROM (SELECT n, o.base || CASE WHEN n > 1 THEN '-' || n ELSE '' END AS slug
                        FROM generate_series(1, 1000) AS n) t
    WHERE NOT EXISTS (SELECT FROM public.athletes x WHERE x.slug = t.slug)
      AND NOT EXISTS (SELECT FROM importadmin.slug_redirects r WHERE r.slug = t.slug)
    ORDER BY t.n LIMIT 1)
FROM one o WHERE a.id = o.id
