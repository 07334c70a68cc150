-- Under which other names each of these athletes has been seen: accepted spellings, and names in the CSV files.
SELECT athlete_id, name, max(seen) AS seen
  FROM (SELECT athlete_id, name, 0 AS seen FROM athlete_aliases WHERE athlete_id = ANY({athletes}::uuid[])
        UNION ALL
        SELECT athlete_id, source_name, count(*)::int FROM results
         WHERE athlete_id = ANY({athletes}::uuid[]) AND source_name IS NOT NULL GROUP BY athlete_id, source_name) x
 GROUP BY athlete_id, name
 ORDER BY athlete_id, max(seen) DESC, name;
