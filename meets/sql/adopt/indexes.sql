-- Indexes, unique ones too. What follows "USING" says all but the name.
SELECT t.relname, i.relname, x.indisunique, x.indisvalid, substring(pg_get_indexdef(i.oid) FROM ' (USING .*)$'),
       CASE WHEN x.indpred IS NULL AND x.indexprs IS NULL THEN
           ARRAY(SELECT a.attname::text FROM unnest(x.indkey::smallint[]) WITH ORDINALITY AS u (num, nth)
                 JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = u.num
                 WHERE u.nth <= x.indnkeyatts ORDER BY u.nth)
       END,
       EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.oid AND k.contype IN ('p', 'u'))
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
WHERE t.relnamespace = %s::regnamespace AND t.relkind IN ('r', 'p')
ORDER BY t.relname, i.relname
