-- The audit log is append-only: whoever can change it could also change what it says about them. Two things may be
-- done to a row. An account that is deleted leaves its entries behind without it. And a removal, asked for by law,
-- takes a person's name out of what was before, after and why; it says so by a setting of its own transaction, and
-- is itself an entry. (TRUNCATE is the owner's alone, as are all rights on this schema.)
CREATE FUNCTION importadmin.audit_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = importadmin, public, pg_temp AS $$
DECLARE
    words CONSTANT text[] := ARRAY['before', 'after', 'reason'];
BEGIN
    IF tg_op = 'UPDATE' AND new.actor_id IS NULL AND to_jsonb(new) - 'actor_id' = to_jsonb(old) - 'actor_id' THEN
        RETURN new;
    END IF;
    IF tg_op = 'UPDATE' AND current_setting('importadmin.removal', true) = 'on'
       AND to_jsonb(new) - words = to_jsonb(old) - words THEN
        RETURN new;
    END IF;
    RAISE EXCEPTION 'The audit log is append-only: entry % can''t be changed or removed.', old.id
        USING ERRCODE = 'restrict_violation';
END
$$;
REVOKE ALL ON FUNCTION importadmin.audit_kept() FROM PUBLIC;

CREATE TRIGGER audit_kept BEFORE UPDATE OR DELETE ON importadmin.audit_entries
    FOR EACH ROW EXECUTE FUNCTION importadmin.audit_kept();
