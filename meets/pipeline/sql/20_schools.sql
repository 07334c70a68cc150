-- One row a school reference of the bundle: the database's schools that it may mean. A curly and a straight apostrophe
-- fold to one name key. Only references that a result uses, or that stand in schools.csv, matter.
CREATE TEMPORARY TABLE school_candidate ON COMMIT DROP AS
WITH known AS MATERIALIZED (
    SELECT id, name, city, athletic_net_id, importadmin.name_key(name) AS name_key FROM schools
)
SELECT b.ref, k.id, k.name, k.city, 'name' AS how,
       b.city <> '' AND k.city <> '' AND importadmin.name_key(b.city) <> importadmin.name_key(k.city) AS other_city
  FROM b_school b JOIN known k USING (name_key)
UNION ALL
-- A spelling that somebody assigned once wins over what it folds to: see the DELETE below.
SELECT b.ref, k.id, k.name, k.city, 'alias',
       s.name = b.name AND b.city <> '' AND k.city <> '' AND importadmin.name_key(b.city) <> importadmin.name_key(k.city)
  FROM b_school b JOIN school_aliases s ON s.name IN (b.name, b.name || ', ' || b.city) JOIN known k ON k.id = s.school_id
UNION ALL
-- The id alone is often synthetic and made of the name, so under another name it is a question, not a match.
SELECT b.ref, k.id, k.name, k.city, 'id', false
  FROM b_school b JOIN known k ON k.athletic_net_id = b.ref AND k.name_key <> b.name_key
 WHERE NOT EXISTS (SELECT FROM known n WHERE n.name_key = b.name_key);

DELETE FROM school_candidate c
 WHERE how <> 'alias' AND EXISTS (SELECT FROM school_candidate a WHERE a.ref = c.ref AND a.how = 'alias');
ANALYZE school_candidate;
