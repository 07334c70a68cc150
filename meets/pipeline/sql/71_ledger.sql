-- The ledger is no sum of its own making: each figure is counted from another side.
SELECT (SELECT count(*) FROM import_rows WHERE import_id = {import_id}) AS rows,
       -- A row said to be on the site joins to a living result of its race and time.
       -- FULL JOIN and FILTER: the planner takes a new meet for empty, and would compare each row with each.
       (SELECT count(*) FILTER (WHERE i.line IS NOT NULL AND r.here IS NULL)
          FROM (SELECT line, result_id, race_id, time_cs, athlete_id FROM import_rows
                 WHERE import_id = {import_id} AND outcome IN ('inserted', 'already_present', 'variant_present')) i
          FULL JOIN (SELECT id AS result_id, race_id, time_cs, athlete_id, true AS here FROM results
                      WHERE meet_id = {meet_id}) r USING (result_id, race_id, time_cs, athlete_id)) AS without_result,
       (SELECT count(*) FROM results WHERE meet_id = {meet_id} AND import_id = {import_id}) AS written,
       (SELECT count(*) FROM import_rows i
         WHERE i.import_id = {import_id} AND i.outcome = 'held'
           AND NOT EXISTS (SELECT FROM importadmin.case_rows w JOIN importadmin.cases c ON c.id = w.case_id
                            WHERE w.import_id = i.import_id AND w.line = i.line AND c.status = 'open')) AS without_case,
       -- No result is claimed by two lines.
       (SELECT count(*) FROM (SELECT result_id FROM import_rows WHERE import_id = {import_id} AND result_id IS NOT NULL
                               GROUP BY 1 HAVING count(*) > 1) x) AS claimed_twice,
       -- Per race: as many rows as the reader staged for it.
       (SELECT count(*) FROM (
           SELECT m.race_id, count(*) AS n FROM staged s JOIN (SELECT DISTINCT ref, race_id FROM race_map) m ON m.ref = s.race_ref
            GROUP BY 1) a
          FULL JOIN (SELECT race_id, count(*) AS n FROM import_rows WHERE import_id = {import_id} AND race_id IS NOT NULL
                      GROUP BY 1) b USING (race_id)
         WHERE a.n IS DISTINCT FROM b.n) AS races_off
