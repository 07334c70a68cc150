-- {cases} open questions over an older database: a meet whose import held them, one line each, kinds in equal parts.
-- Every tenth is about somebody who stands among a course's hundred fastest: their answers touch records.
CREATE TEMPORARY TABLE chosen AS
SELECT a.*, s.name AS school, row_number() OVER (ORDER BY md5(a.id::text)) AS n
  FROM (SELECT * FROM athletes WHERE id IN (SELECT athlete_id FROM course_records ORDER BY rank LIMIT {cases} / 10)
        UNION
        SELECT * FROM (SELECT * FROM athletes ORDER BY md5(id::text || 'x') LIMIT {cases}) x) a
  JOIN schools s ON s.id = a.school_id
 LIMIT {cases};
ANALYZE chosen;

INSERT INTO meets (id, name, meet_date, season_year, venue_id, athletic_net_id)
SELECT {meet}, 'Bench Invitational', '2025-10-18', 2025, v.id, '999001' FROM venues v LIMIT 1;
INSERT INTO races (id, meet_id, course_id, name, gender, distance_meters)
SELECT importadmin.new_id(), {meet}, c.id, 'Race ' || g || r, g, 5000
  FROM (SELECT id FROM courses LIMIT 1) c CROSS JOIN (VALUES ('M'), ('F')) x (g) CROSS JOIN generate_series(1, 13) r;

CREATE TEMPORARY TABLE asked AS
SELECT c.*, importadmin.new_id() AS case_id, k.kind, 900000 + n AS line, 100000 + (n * 7) % 60000 AS time_cs,
       CASE WHEN k.kind = 'two_times' THEN old.race_id ELSE r.id END AS race_id, old.time_cs AS standing_cs, old.id AS standing_id,
       CASE k.kind WHEN 'name_variant' THEN upper(c.name) WHEN 'two_times' THEN c.name
                   ELSE left(c.first_name, 1) || '. ' || c.last_name END AS written
  FROM chosen c
  JOIN LATERAL (SELECT (ARRAY['name_variant', 'similar_athlete', 'slug_collision', 'ambiguous_namesake', 'id_conflict', 'no_grade',
                              'possible_transfer', 'two_times'])[1 + c.n % 8] AS kind) k ON true
  JOIN LATERAL (SELECT id FROM races WHERE meet_id = {meet} AND gender = c.gender ORDER BY id OFFSET c.n % 13 LIMIT 1) r ON true
  LEFT JOIN LATERAL (SELECT * FROM results WHERE athlete_id = c.id ORDER BY id LIMIT 1) old ON k.kind = 'two_times';

INSERT INTO cases (id, kind, fingerprint, status, question, meet_id, school_id, race_id, subject, candidates, evidence,
                   evidence_hash, version, import_id)
SELECT case_id, kind, 'bench' || n, 'open', 'Is ' || written || ' of ' || school || ' the same person as ' || name || '?',
       CASE WHEN kind = 'possible_transfer' THEN NULL ELSE {meet} END::uuid, school_id,
       CASE WHEN kind = 'two_times' THEN race_id END,
       CASE WHEN kind = 'possible_transfer'
            THEN jsonb_build_object('athlete_id', other_id, 'name', other_name, 'grad_year', other_year, 'gender', other_gender)
            ELSE jsonb_build_object('name', written, 'first_name', first_name, 'last_name', last_name, 'school_id', school_id,
                   'school', school, 'grad_year', CASE WHEN kind <> 'no_grade' THEN grad_year END, 'gender', gender,
                   'rows', jsonb_build_array(jsonb_build_object('line', line, 'race_id', race_id, 'time_cs', time_cs)))
       END,
       jsonb_build_array(jsonb_build_object('athlete_id', id, 'name', name, 'grad_year', grad_year, 'gender', gender, 'slug', slug,
           'school', school, 'score', round((0.5 + (n * 37 % 50) / 100.0)::numeric, 3), 'supports',
           jsonb_build_array('same surname'), 'vetoes', '[]'::jsonb))
       || CASE WHEN kind = 'ambiguous_namesake' AND other_id IS NOT NULL
               THEN jsonb_build_array(jsonb_build_object('athlete_id', other_id, 'name', other_name, 'score', 0.4, 'supports',
                                                         '[]'::jsonb, 'vetoes', '[]'::jsonb)) ELSE '[]' END,
       jsonb_build_object('rows', jsonb_build_array(jsonb_build_object('line', line, 'race_id', race_id, 'time_cs', time_cs)),
           'standing', CASE WHEN kind = 'two_times' AND standing_id IS NOT NULL
               THEN jsonb_build_array(jsonb_build_object('result_id', standing_id, 'time_cs', standing_cs)) ELSE '[]' END),
       md5(case_id::text), 1, {import_id}
  FROM asked k
  LEFT JOIN LATERAL (SELECT o.id AS other_id, o.name AS other_name, o.grad_year AS other_year, o.gender AS other_gender FROM athletes o
                      WHERE k.kind IN ('possible_transfer', 'ambiguous_namesake') AND o.school_id <> k.school_id
                        AND o.gender = k.gender AND o.grad_year = k.grad_year AND o.name_key > k.name_key
                      ORDER BY o.name_key LIMIT 1) other ON true
 WHERE kind <> 'possible_transfer' OR other_id IS NOT NULL;

INSERT INTO import_rows (import_id, line, line_last, outcome, race_id, school_id, athlete_name, time_cs, place, grade, raw)
SELECT {import_id}, line, line, 'held', race_id, school_id, written, time_cs, 1 + n % 300,
       CASE WHEN kind <> 'no_grade' THEN 13 - (grad_year - 2025) END, written || ',' || time_cs
  FROM asked WHERE kind <> 'possible_transfer';
INSERT INTO case_rows (import_id, line, case_id)
SELECT {import_id}, line, case_id FROM asked WHERE kind <> 'possible_transfer';
ANALYZE;
