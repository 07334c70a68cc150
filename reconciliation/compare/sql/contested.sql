-- The races and times that have something left on both sides, before this import or after it.
SELECT race_id, time_cs FROM finish
WHERE missing > 0 AND extra > 0 OR missing_before > 0 AND extra_before > 0
