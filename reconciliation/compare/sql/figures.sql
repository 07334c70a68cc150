-- The figures in one row. `*_settled` are left over for certain: nothing on the other side could pair with them;
-- the contested finishes have something left on both sides, which names have to be folded for.
SELECT e.*, f.*
FROM (
    SELECT coalesce(sum(csv_n), 0)::bigint AS csv_total,
           coalesce(sum(db_n), 0)::bigint AS db_total,
           coalesce(sum(before_n), 0)::bigint AS db_total_before,
           count(*) FILTER (WHERE csv_n > 0 AND db_n = 0) AS strict_missing,
           count(*) FILTER (WHERE csv_n = 0 AND db_n > 0) AS strict_extra,
           count(*) FILTER (WHERE csv_n > 0 AND before_n = 0) AS strict_missing_before,
           count(*) FILTER (WHERE csv_n = 0 AND before_n > 0) AS strict_extra_before
    FROM exact
) e, (
    SELECT coalesce(sum(missing) FILTER (WHERE NOT contested), 0)::bigint AS missing_settled,
           coalesce(sum(extra) FILTER (WHERE NOT contested), 0)::bigint AS extra_settled,
           coalesce(sum(missing_before) FILTER (WHERE NOT contested), 0)::bigint AS missing_before_settled,
           coalesce(sum(extra_before) FILTER (WHERE NOT contested), 0)::bigint AS extra_before_settled,
           count(*) FILTER (WHERE contested) AS contested,
           -- Handed back to rows.sql while they are few; more are found anew there.
           (array_agg(race_id) FILTER (WHERE contested))[:2000] AS contested_races,
           (array_agg(time_cs) FILTER (WHERE contested))[:2000] AS contested_times
    FROM finish
) f
