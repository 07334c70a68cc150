-- Who may be meant: everybody of the schools at hand, and whoever has this very name at another school (a transfer).
WITH here AS (SELECT DISTINCT school_id FROM unmatched)
SELECT a.id::text, a.name, coalesce(a.first_name, ''), coalesce(a.last_name, ''), a.gender, a.grad_year::text, a.school_id::text
  FROM here JOIN athletes a USING (school_id)
UNION ALL
SELECT DISTINCT a.id::text, a.name, coalesce(a.first_name, ''), coalesce(a.last_name, ''), a.gender, a.grad_year::text,
       a.school_id::text
  FROM unmatched u
  JOIN athletes a ON a.name_key = u.name_key AND a.gender = u.gender AND a.grad_year BETWEEN u.grad_year - 1 AND u.grad_year + 1
 WHERE NOT EXISTS (SELECT FROM here h WHERE h.school_id = a.school_id)
 ORDER BY 1
