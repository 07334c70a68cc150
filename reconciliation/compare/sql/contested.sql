-- The races and times at which folding or a line set aside may change what exact names say.
SELECT race_id, time_cs FROM finish WHERE contested
