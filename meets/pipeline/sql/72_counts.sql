SELECT m.race_id, m.name, m.gender, v.outcome, count(*) AS rows
  FROM verdict v LEFT JOIN (SELECT DISTINCT ON (race_id) race_id, name, gender FROM race_map ORDER BY race_id) m USING (race_id)
 GROUP BY 1, 2, 3, 4
