-- Foreign keys and checks, told by their columns and what they say, not by their names.
SELECT c.relname, k.conname, k.contype::text, k.convalidated, pg_get_constraintdef(k.oid),
       ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS u (num, nth)
             JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.num ORDER BY u.nth),
       coalesce((SELECT r.relname::text FROM pg_class r WHERE r.oid = k.confrelid), ''), k.confdeltype::text
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
WHERE c.relnamespace = %s::regnamespace AND c.relkind IN ('r', 'p') AND k.contype IN ('f', 'c')
ORDER BY c.relname, k.conname
