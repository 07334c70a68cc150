-- A race that stood there without its id or course gets them now; what it has, it keeps.
WITH filled AS (
    UPDATE races r SET athletic_net_race_id = coalesce(nullif(r.athletic_net_race_id, ''), m.ref),
                       course_id = coalesce(r.course_id, m.wanted_course)
      FROM (SELECT DISTINCT ON (race_id) race_id, ref, wanted_course, course_id FROM race_map
             WHERE race_id IS NOT NULL ORDER BY race_id, line) m
     WHERE r.id = m.race_id
       AND ((coalesce(r.athletic_net_race_id, '') = '' AND m.ref <> '') OR (r.course_id IS NULL AND m.wanted_course IS NOT NULL))
    RETURNING r.id, r.athletic_net_race_id, r.course_id, m.course_id AS old_course
)
INSERT INTO import_journal (import_id, table_name, row_id, old, new)
SELECT {import_id}, 'races', id, jsonb_build_object('course_id', old_course),
       jsonb_build_object('course_id', course_id, 'athletic_net_race_id', athletic_net_race_id)
  FROM filled;
