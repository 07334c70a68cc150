-- Every race and time at which the two sides differ by exact name. Straight from `exact`: `finish` also weighs what the
-- import just added, which right after an import is nearly every row.
SELECT race_id, time_cs FROM exact WHERE csv_n <> db_n GROUP BY 1, 2
