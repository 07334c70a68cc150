-- The triggers on the tables that records rest on, but ours, and what their functions are made of.
SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid), t.tgenabled::text, t.tgconstraint <> 0, l.lanname, p.prosrc,
       pg_get_functiondef(p.oid), obj_description(t.oid, 'pg_trigger')
FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid
JOIN pg_proc p ON p.oid = t.tgfoid
JOIN pg_language l ON l.oid = p.prolang
WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace AND c.relname = ANY (%s)
  AND p.pronamespace IS DISTINCT FROM to_regnamespace('importadmin')
ORDER BY c.relname, t.tgname
