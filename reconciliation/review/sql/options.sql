-- The meets and schools with most open questions, and what is chosen in any case. Each count is one pass over the index
-- of open cases alone (cases_open_queue): their rows are wide.
(SELECT 'meet' AS what, m.id, m.name, x.n
   FROM ((SELECT meet_id, count(*) AS n FROM cases WHERE status = 'open' AND meet_id IS NOT NULL
           GROUP BY meet_id ORDER BY n DESC, meet_id LIMIT {most})
         UNION SELECT {meet}::uuid, (SELECT count(*) FROM cases WHERE status = 'open' AND meet_id = {meet}::uuid)) x
   JOIN meets m ON m.id = x.meet_id)
UNION ALL
(SELECT 'school', s.id, s.name, x.n
   FROM ((SELECT school_id, count(*) AS n FROM cases WHERE status = 'open' AND school_id IS NOT NULL
           GROUP BY school_id ORDER BY n DESC, school_id LIMIT {most})
         UNION SELECT {school}::uuid, (SELECT count(*) FROM cases WHERE status = 'open' AND school_id = {school}::uuid)) x
   JOIN schools s ON s.id = x.school_id)
 ORDER BY 1, 4 DESC, 3;
