-- Proof that two athletes of the site are two people.
WITH one AS (SELECT * FROM public.athletes WHERE id = %(one)s), other AS (SELECT * FROM public.athletes WHERE id = %(other)s),
run AS (
    SELECT r.athlete_id, r.race_id, r.time_cs, r.meet_id, m.meet_date, m.venue_id
      FROM public.results r JOIN public.meets m ON m.id = r.meet_id WHERE r.athlete_id IN (%(one)s, %(other)s)
)
SELECT v.why FROM (
    SELECT 1 AS nth, 'different gender' AS why FROM one, other WHERE one.gender <> other.gender
    UNION ALL
    SELECT 2, 'grad years more than one apart' FROM one, other WHERE abs(one.grad_year - other.grad_year) > 1
    UNION ALL
    -- The very same time is one result stored twice, unless one file has a line for each of the two.
    SELECT 3, 'both finished the same race'
     WHERE EXISTS (SELECT FROM run a JOIN run b USING (race_id)
                    WHERE a.athlete_id = %(one)s AND b.athlete_id = %(other)s
                      AND (a.time_cs <> b.time_cs))
        OR EXISTS (SELECT FROM public.results a JOIN public.results b ON b.race_id = a.race_id AND b.time_cs = a.time_cs
                     JOIN importadmin.import_rows i ON i.result_id = a.id
                     JOIN importadmin.import_rows j ON j.result_id = b.id AND j.import_id = i.import_id
                    WHERE a.athlete_id = %(one)s AND b.athlete_id = %(other)s)
    UNION ALL
    SELECT 4, 'ran at different venues on one day'
     WHERE EXISTS (SELECT FROM run a JOIN run b ON b.meet_date = a.meet_date AND b.venue_id <> a.venue_id
                    WHERE a.athlete_id = %(one)s AND b.athlete_id = %(other)s)
    UNION ALL
    SELECT 5, 'a reviewer told them apart before' WHERE importadmin.told_apart(%(one)s::text, %(other)s::text)
) v ORDER BY v.nth
