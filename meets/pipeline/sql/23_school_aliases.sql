-- What an answer taught is remembered for the next bundle: the name, with its city where the file has one, so that a
-- namesake in another city is asked about again. Names that the answers tell apart by id alone teach nothing.
INSERT INTO school_aliases (name, school_id)
SELECT x.name, min(x.school_id::text)::uuid
  FROM (SELECT b.name || CASE WHEN b.city <> '' THEN ', ' || b.city ELSE '' END AS name, m.school_id
          FROM b_school b JOIN school_map m USING (ref)
         WHERE b.name_key IN (SELECT o.name_key FROM b_school o JOIN jsonb_each_text({answers}::jsonb) a ON a.key = o.ref)) x
 GROUP BY x.name HAVING count(DISTINCT x.school_id) = 1
ON CONFLICT (name) DO UPDATE SET school_id = excluded.school_id WHERE school_aliases.school_id <> excluded.school_id;
