-- Every race and time at which the two sides differ by exact name.
SELECT race_id, time_cs FROM finish WHERE missing > 0 OR extra > 0
