-- What can't be told without a person: several schools of one name, the name in another city, the id under another
-- name, and two cities under one name inside the bundle.
SELECT b.ref, b.name, b.city,
       CASE WHEN count(c.id) > 1 THEN 'several'
            WHEN bool_or(c.how = 'id') THEN 'id'
            WHEN bool_or(c.other_city) THEN 'city'
            ELSE 'bundle' END AS why,
       jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'city', c.city) ORDER BY c.name, c.id)
           FILTER (WHERE c.id IS NOT NULL) AS options,
       min(t.other) AS other_name
  FROM b_school b
  LEFT JOIN school_candidate c USING (ref)
  LEFT JOIN (
      SELECT one.ref, min(o.name || ', ' || o.city) AS other, bool_or(o.ref > one.ref) AS later
        FROM b_school one JOIN b_school o ON o.name_key = one.name_key AND o.ref <> one.ref
       WHERE o.city <> '' AND one.city <> '' AND importadmin.name_key(o.city) <> importadmin.name_key(one.city)
       GROUP BY one.ref
  ) t USING (ref)
 GROUP BY b.ref, b.name, b.city
HAVING count(c.id) > 1 OR bool_or(c.how = 'id') OR bool_or(c.other_city)
    OR (count(c.id) = 0 AND bool_or(t.later))
    -- The site's one school of that name, of which it knows no city, can't be both.
    OR (bool_and(c.how = 'name' AND coalesce(c.city, '') = '') AND min(t.other) IS NOT NULL)
 ORDER BY b.name, b.ref
