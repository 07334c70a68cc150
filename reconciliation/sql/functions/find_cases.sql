-- Which cases propose this athlete, or are about him or her? A merge renames them in all.
CREATE INDEX IF NOT EXISTS cases_candidates ON importadmin.cases USING gin (candidates jsonb_path_ops);
CREATE INDEX IF NOT EXISTS cases_subject ON importadmin.cases USING gin (subject jsonb_path_ops);
