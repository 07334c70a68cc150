-- Whom an import of this very meet made was nobody yet when its bundle first asked; that the bundle comes again is no news.
CREATE TEMPORARY TABLE made_here ON COMMIT DROP AS
SELECT DISTINCT j.row_id AS athlete_id
  FROM importadmin.imports i JOIN importadmin.import_journal j ON j.import_id = i.id
 WHERE i.meet_id = {meet_id} AND j.table_name = 'athletes' AND j.old IS NULL;

-- Write the questions; a case that asks the same with the same evidence is left untouched.
WITH told AS (
    SELECT *, jsonb_build_object('rows', rows, 'standing', standing) AS evidence,
           -- A score moves with everybody else in the file; it is no news about these two.
           (SELECT jsonb_agg(f - 'score' - 'evidence' ORDER BY f ->> 'athlete_id')
              FROM jsonb_array_elements(candidates) f
             WHERE (f ->> 'athlete_id')::uuid NOT IN (SELECT athlete_id FROM made_here)) AS facts,
           CASE kind
               WHEN 'two_times' THEN athlete_name || ' of ' || school || ' has two times in one race: which is right?'
               WHEN 'no_grade' THEN 'Who is ' || athlete_name || ' of ' || school || '? The file gives no grade.'
               WHEN 'ambiguous_namesake' THEN 'Which ' || athlete_name || ' of ' || school || ' is this?'
               WHEN 'id_conflict' THEN 'Is ' || athlete_name || ' of ' || school || ' the person to whom the athletic.net id points?'
               WHEN 'slug_collision' THEN 'Is ' || athlete_name || ' of ' || school || ' the person who has this web address already?'
               ELSE 'Is ' || athlete_name || ' of ' || school || ' the same person as '
                    || coalesce(candidates #>> '{{0,name}}', 'somebody there') || '?'
           END AS question
      FROM built
), written AS (
    INSERT INTO cases (kind, fingerprint, status, question, meet_id, school_id, race_id, subject, candidates, evidence,
                       evidence_hash, version, import_id)
    SELECT kind, fingerprint, 'open', question, {meet_id}, school_id, race_id, subject, candidates, evidence,
           md5(subject::text || coalesce(facts::text, '') || evidence::text), 1, {import_id}
      FROM told
    ON CONFLICT (fingerprint) DO UPDATE
       SET subject = excluded.subject, candidates = excluded.candidates, evidence = excluded.evidence, kind = excluded.kind,
           evidence_hash = excluded.evidence_hash, version = cases.version + 1, updated_at = now(), status = 'open',
           question = excluded.question
     WHERE cases.evidence_hash <> excluded.evidence_hash OR cases.status <> 'open'
    RETURNING id, xmax = 0 AS fresh
)
SELECT count(*) FILTER (WHERE fresh) AS fresh FROM written;

