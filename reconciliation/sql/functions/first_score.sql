-- The likeliest candidate's score: the queue can then be read surest first by an index.
CREATE OR REPLACE FUNCTION importadmin.first_score(candidates jsonb) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT (candidates #>> '{0,score}')::double precision $$;
REVOKE ALL ON FUNCTION importadmin.first_score(jsonb) FROM PUBLIC;
