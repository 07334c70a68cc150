-- The rows of an import, race by race and outcome by outcome, with those that do not join to what they claim.
SELECT i.race_id, i.outcome, count(*) AS rows,
       count(*) FILTER (
           WHERE i.outcome IN ('inserted', 'already_present', 'variant_present')
             -- Looked up by its key: asked for the meet too, the planner may read the whole meet for each row.
             AND (SELECT (r.meet_id, r.race_id, r.time_cs) = ({meet}, i.race_id, i.time_cs)
                  FROM public.results r WHERE r.id = i.result_id) IS NOT TRUE) AS without_result,
       count(*) FILTER (
           WHERE i.outcome = 'held'
             AND NOT EXISTS (SELECT FROM importadmin.case_rows w JOIN importadmin.cases c ON c.id = w.case_id
                              WHERE w.import_id = {import} AND w.line = i.line AND c.status = 'open')) AS without_case
FROM importadmin.import_rows i
WHERE i.import_id = {import}
GROUP BY 1, 2
