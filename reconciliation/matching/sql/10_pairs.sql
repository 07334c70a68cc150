-- Candidates for people without an exact match: same school and gender, grad years at most one apart, and a word or the
-- letters of the name in common. Everybody else is vetoed or too far off to ask about.
CREATE TEMPORARY TABLE unmatched ON COMMIT DROP AS
SELECT p.person_id, p.school_id, p.gender, p.grad_year, p.name_key, p.athlete_ref,
       split_part(p.name_key, ' ', 1) AS first_word, split_part(p.name_key, ' ', -1) AS last_word
  FROM person p WHERE NOT EXISTS (SELECT FROM person_match m WHERE m.person_id = p.person_id);
ANALYZE unmatched (person_id, school_id, last_word);

CREATE TEMPORARY TABLE pair ON COMMIT DROP AS
SELECT u.person_id, a.id AS athlete_id, u.name_key AS person_key, a.name_key AS athlete_key,
       u.grad_year IS NOT DISTINCT FROM a.grad_year AS same_year, u.grad_year IS NULL AS no_grade
  FROM unmatched u
  JOIN (SELECT id, school_id, gender, grad_year, name_key, split_part(name_key, ' ', 1) AS first_word,
               split_part(name_key, ' ', -1) AS last_word
          FROM athletes WHERE school_id IN (SELECT school_id FROM unmatched)) a
    ON a.school_id = u.school_id AND a.gender = u.gender
   AND (u.grad_year IS NULL OR a.grad_year BETWEEN u.grad_year - 1 AND u.grad_year + 1)
 WHERE a.last_word = u.last_word
    OR a.first_word = u.first_word AND left(a.last_word, 1) = left(u.last_word, 1)
    OR a.first_word = u.last_word
    OR left(a.first_word, 1) = left(u.first_word, 1) AND left(a.last_word, 2) = left(u.last_word, 2)
    OR replace(a.name_key, ' ', '') = replace(u.name_key, ' ', '');
