-- Every trigger on results, foreign keys' own included: whose it is, whether it is on, what it wakes for
-- (bits 4, 8, 16 of tgtype: insert, delete, update).
SELECT t.tgname, t.tgenabled <> 'D' AS is_on, p.pronamespace = 'importadmin'::regnamespace AS is_ours, t.tgtype & 28 AS wakes
FROM pg_trigger t
JOIN pg_proc p ON p.oid = t.tgfoid
WHERE t.tgrelid = 'public.results'::regclass
ORDER BY t.tgname
