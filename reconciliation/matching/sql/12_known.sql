-- People found already, by school: under their exact name, or as results that stand. They tell how clean the file is.
SELECT school_id::text, sum(n)::int AS people, (SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'athletes'::regclass) AS everybody
  FROM (SELECT p.school_id, count(*) AS n FROM person_match m JOIN person p USING (person_id) WHERE m.verdict = 'same' GROUP BY 1
        UNION ALL
        SELECT l.school_id, count(*) FROM present t JOIN line l USING (line) GROUP BY 1) x
 GROUP BY 1
