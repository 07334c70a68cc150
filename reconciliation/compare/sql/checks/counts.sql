SELECT m.result_count AS cached, (SELECT count(*) FROM public.results r WHERE r.meet_id = {meet}) AS counted
FROM public.meets m WHERE m.id = {meet}
