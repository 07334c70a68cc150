-- All rows of both sides at the given races and times, ordered so that a reader can take one (race, time) after the
-- other. A result answers to its athlete's name, to the name its CSV wrote, and to every other spelling accepted for
-- the athlete: a merge or a rename must not turn a result that is there into a missing one.
SELECT g.race_id, g.time_cs, c.line, c.athlete_name AS name, ARRAY[importadmin.name_key(c.athlete_name)] AS keys,
       c.place, c.grade, c.outcome, c.school_id, NULL::uuid AS result_id, NULL::uuid AS athlete_id,
       NULL::int AS grad_year, NULL::text AS gender, NULL::text AS data_source, false AS ours
FROM (SELECT DISTINCT race_id, time_cs FROM groups s) g
JOIN importadmin.import_rows c ON c.race_id = g.race_id AND c.time_cs = g.time_cs
WHERE c.import_id = {import} AND c.outcome NOT IN ('skipped', 'rejected', 'repeated')
UNION ALL
SELECT r.race_id, r.time_cs, NULL, a.name,
       array_remove(ARRAY[coalesce(a.name_key, importadmin.name_key(a.name)),
                          CASE WHEN r.source_name <> a.name THEN importadmin.name_key(r.source_name) END]
                    || ARRAY(SELECT al.name_key FROM importadmin.athlete_aliases al WHERE al.athlete_id = a.id),
                    NULL),
       r.place_overall, NULL, NULL, a.school_id, r.id, a.id, a.grad_year, a.gender, r.data_source,
       r.import_id IS NOT DISTINCT FROM {import}
FROM public.results r
JOIN public.athletes a ON a.id = r.athlete_id
WHERE r.meet_id = {meet}
  AND EXISTS (SELECT FROM groups s WHERE s.race_id IS NOT DISTINCT FROM r.race_id AND s.time_cs = r.time_cs)
ORDER BY 1, 2, 3, 10
