-- Meets whose cached count isn't the number of their results.
SELECT m.id FROM public.meets m
LEFT JOIN (SELECT meet_id, count(*) AS n FROM public.results GROUP BY meet_id) r ON r.meet_id = m.id
WHERE m.result_count <> coalesce(r.n, 0)
ORDER BY m.id
