-- The people whom no exact match settled, and what earlier questions say about them: a question that is open stays open
-- under its kind, so that an import never answers what a reviewer has been asked.
CREATE TEMPORARY TABLE unmatched ON COMMIT DROP AS
SELECT p.* FROM person p WHERE NOT EXISTS (SELECT FROM person_match m WHERE m.person_id = p.person_id);
ANALYZE unmatched (person_id, school_id, name_key);

CREATE TEMPORARY TABLE asked ON COMMIT DROP AS
SELECT DISTINCT ON (u.person_id) u.person_id, c.kind
  FROM unmatched u
 CROSS JOIN unnest(ARRAY['name_variant', 'similar_athlete', 'possible_transfer']) k (kind)
  JOIN cases c ON c.status = 'open'
   AND c.fingerprint = md5(concat_ws('|', k.kind, u.school_id, u.name_key, coalesce(u.grad_year, 0), u.gender))
 ORDER BY u.person_id, c.created_at, c.id;
