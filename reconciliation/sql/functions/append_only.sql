-- Decisions and what they changed are never rewritten. A person who leaves loses only the link; the name stays.
CREATE OR REPLACE FUNCTION importadmin.decisions_stay() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = importadmin, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'decisions'
       AND to_jsonb(new) - 'user_id' = to_jsonb(old) - 'user_id' AND (to_jsonb(new) ->> 'user_id') IS NULL THEN
        RETURN new;
    END IF;
    RAISE EXCEPTION '% are append-only', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER importadmin_decisions_stay BEFORE UPDATE OR DELETE ON importadmin.decisions
    FOR EACH ROW EXECUTE FUNCTION importadmin.decisions_stay();
CREATE TRIGGER importadmin_decision_changes_stay BEFORE UPDATE OR DELETE ON importadmin.decision_changes
    FOR EACH ROW EXECUTE FUNCTION importadmin.decisions_stay();
REVOKE ALL ON FUNCTION importadmin.decisions_stay() FROM PUBLIC;
