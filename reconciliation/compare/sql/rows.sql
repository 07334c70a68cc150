-- All rows of both sides at the given races and times, ordered so that a reader can take one (race, time) after the
-- other. A result answers to its athlete's name, to the name its CSV wrote, and to every other spelling accepted for
-- the athlete: a merge or a rename must not turn a result that is there into a missing one.
-- Under CASE the look into `groups` stays a hash: freed, the planner loops over both when it has no statistics yet.
, near AS MATERIALIZED (
    SELECT r.*, (SELECT a FROM public.athletes a WHERE a.id = r.athlete_id) AS athlete
    FROM public.results r
    WHERE r.meet_id = {meet}
      AND CASE WHEN (coalesce(r.race_id, {nothing}), r.time_cs)
                    IN (SELECT coalesce(g.race_id, {nothing}), g.time_cs FROM groups g) THEN true ELSE false END
)
SELECT c.race_id, c.time_cs, c.line, c.athlete_name AS name, ARRAY[importadmin.name_key(c.athlete_name)] AS keys,
       c.place, c.grade, c.outcome, c.school_id, NULL::uuid AS result_id, NULL::uuid AS athlete_id,
       NULL::int AS grad_year, NULL::text AS gender, NULL::text AS data_source, false AS ours
FROM importadmin.import_rows c
WHERE c.import_id = {import} AND c.outcome NOT IN ('skipped', 'rejected', 'repeated')
  AND CASE WHEN (coalesce(c.race_id, {nothing}), c.time_cs)
                IN (SELECT coalesce(g.race_id, {nothing}), g.time_cs FROM groups g) THEN true ELSE false END
UNION ALL
SELECT n.race_id, n.time_cs, NULL, (n.athlete).name,
       array_remove(ARRAY[coalesce((n.athlete).name_key, importadmin.name_key((n.athlete).name)),
                          CASE WHEN n.source_name <> (n.athlete).name THEN importadmin.name_key(n.source_name) END]
                    || ARRAY(SELECT s.name_key FROM importadmin.athlete_aliases s WHERE s.athlete_id = n.athlete_id),
                    NULL),
       n.place_overall, NULL, NULL, (n.athlete).school_id, n.id, n.athlete_id, (n.athlete).grad_year,
       (n.athlete).gender, n.data_source, n.import_id IS NOT DISTINCT FROM {import}
FROM near n
ORDER BY 1, 2, 3, 10
