-- The rows of an import, race by race and outcome by outcome, with those that do not join to what they claim.
SELECT i.race_id, i.outcome, count(*) AS rows,
       count(*) FILTER (
           WHERE i.outcome IN ('inserted', 'already_present', 'variant_present')
             AND NOT EXISTS (SELECT FROM public.results r WHERE r.id = i.result_id AND r.meet_id = {meet}
                                AND r.race_id = i.race_id AND r.time_cs = i.time_cs)) AS without_result,
       count(*) FILTER (
           WHERE i.outcome = 'held'
             AND NOT EXISTS (SELECT FROM importadmin.case_rows w JOIN importadmin.cases c ON c.id = w.case_id
                              WHERE w.import_id = {import} AND w.line = i.line AND c.status = 'open')) AS without_case
FROM importadmin.import_rows i
WHERE i.import_id = {import}
GROUP BY 1, 2
