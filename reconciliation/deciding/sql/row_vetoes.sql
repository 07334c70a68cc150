-- Proof that the runner of these held rows is not this athlete (design: vetoes). %(rows)s: [{race_id, time_cs, meet_id}].
WITH held AS (
    SELECT DISTINCT x.race_id, x.time_cs, x.meet_id
      FROM jsonb_to_recordset(%(rows)s) AS x (race_id uuid, time_cs int, meet_id uuid)
), person AS (
    SELECT a.* FROM public.athletes a WHERE a.id = %(athlete)s
)
SELECT v.why FROM (
    SELECT 1 AS nth, 'different gender' AS why FROM person WHERE gender <> %(gender)s
    UNION ALL
    SELECT 2, 'grad years more than one apart' FROM person WHERE abs(grad_year - %(grad_year)s::int) > 1
    UNION ALL
    -- The very same time is no veto: it may be the same result under another spelling.
    SELECT 3, 'both finished the same race'
     WHERE EXISTS (SELECT FROM public.results r JOIN held h ON h.race_id = r.race_id
                    WHERE r.athlete_id = %(athlete)s AND r.time_cs <> h.time_cs)
        -- … unless another line of the file claims that very result already.
        OR EXISTS (SELECT FROM public.results r JOIN held h ON h.race_id = r.race_id AND h.time_cs = r.time_cs
                     JOIN importadmin.import_rows i ON i.result_id = r.id AND i.import_id = ANY (%(imports)s::uuid[])
                    WHERE r.athlete_id = %(athlete)s)
    UNION ALL
    SELECT 4, 'ran at another venue on the same day'
     WHERE EXISTS (SELECT FROM (SELECT DISTINCT meet_id FROM held) h JOIN public.meets m ON m.id = h.meet_id
                     JOIN public.meets n ON n.meet_date = m.meet_date AND n.id <> m.id AND n.venue_id <> m.venue_id
                     JOIN public.results r ON r.meet_id = n.id AND r.athlete_id = %(athlete)s)
    UNION ALL
    SELECT 5, 'a reviewer told them apart before' WHERE importadmin.told_apart(%(athlete)s::text, %(key)s)
) v ORDER BY v.nth
