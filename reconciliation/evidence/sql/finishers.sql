-- The lines of the same file just before and just after each held line, by place in its race.
SELECT h.line AS of_line, i.line, i.place, i.time_cs, i.athlete_name, i.outcome, i.athlete_id, s.name AS school
  FROM unnest({lines}::int[], {races}::uuid[], {places}::int[]) AS h (line, race_id, place)
  JOIN import_rows i ON i.import_id = {import_id} AND i.race_id = h.race_id AND i.place BETWEEN h.place - 2 AND h.place + 2
  LEFT JOIN schools s ON s.id = i.school_id
 ORDER BY h.line, i.place, i.line;
