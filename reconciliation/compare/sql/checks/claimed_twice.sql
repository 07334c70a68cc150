-- Results that two lines of one import claim for themselves.
SELECT count(*) AS claimed_twice
FROM (SELECT result_id FROM importadmin.import_rows
      WHERE import_id = {import} AND result_id IS NOT NULL AND outcome <> 'repeated'
      GROUP BY 1 HAVING count(*) > 1) twice
