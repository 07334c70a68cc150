-- The next athletes, in the order of their ids, that have no name key or no slug. A key counts as given, so that the
-- trigger makes it; a slug is kept where there is one, and where there is none is made apart (slug.sql): it may be taken.
WITH batch AS (
    SELECT id FROM public.athletes
    WHERE (name_key IS NULL AND coalesce(slug, '') <> '') AND (%(after)s::uuid IS NULL OR id > %(after)s::uuid)
    ORDER BY id LIMIT %(size)s
    FOR NO KEY UPDATE
), filled AS (
    UPDATE public.athletes a SET name_key = importadmin.name_key(a.name) FROM batch b WHERE a.id = b.id RETURNING a.id
)
SELECT count(*), (max(id::text))::uuid FROM filled
