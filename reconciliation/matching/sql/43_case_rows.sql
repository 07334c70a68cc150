INSERT INTO case_rows (import_id, line, case_id)
SELECT {import_id}, unnest(b.lines), c.id FROM built b JOIN cases c USING (fingerprint);

-- The site's own table of doubtful athletes, as far as it can hold a case.
INSERT INTO potential_duplicate_athletes (athlete_id_1, athlete_id_2, school_id, meet_id, name_1, name_2, grad_year_1, grad_year_2,
                                          gender_1, gender_2, conflict_type, csv_data, status)
SELECT (k.value ->> 'athlete_id')::uuid, NULL, b.school_id, {meet_id}, left(k.value ->> 'name', 255), left(b.athlete_name, 255),
       (k.value ->> 'grad_year')::int, b.grad_year, k.value ->> 'gender', b.gender,
       CASE WHEN b.kind IN ('slug_collision', 'name_variant') THEN b.kind ELSE 'name_variation' END, b.subject, 'pending'
  FROM built b CROSS JOIN LATERAL jsonb_array_elements(b.candidates) k
 WHERE b.kind <> 'two_times' AND (k.value ->> 'athlete_id')::uuid NOT IN (SELECT athlete_id FROM made_here)
ON CONFLICT DO NOTHING;
