-- Who was told apart from whom. A pair's keys are athletes' ids, or, for a person whom only a CSV speaks of, this key.

-- person_key: the CSV's person as the import sees it. Blank never equals blank, so without a grad year there is no key.
CREATE OR REPLACE FUNCTION importadmin.person_key(p_school uuid, p_name_key text, p_grad_year integer, p_gender text)
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 'person:' || md5(p_school::text || '|' || p_name_key || '|' || p_grad_year::text || '|' || p_gender)
$$;

-- told_apart: has a reviewer called these two different? Bytes decide the order, whatever the database's locale is.
CREATE OR REPLACE FUNCTION importadmin.told_apart(one text, other text) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM importadmin.remembered_pairs
                    WHERE left_key = CASE WHEN one COLLATE "C" < other COLLATE "C" THEN one ELSE other END
                      AND right_key = CASE WHEN one COLLATE "C" < other COLLATE "C" THEN other ELSE one END)
$$;
REVOKE ALL ON FUNCTION importadmin.person_key(uuid, text, integer, text), importadmin.told_apart(text, text) FROM PUBLIC;
