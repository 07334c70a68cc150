-- eligible_results: the results that count for records. Every derived table reads results through this view and through
-- nothing else. What an admin has still to look at (record_holds), and what was found untrue, stays out: a single result,
-- or all results of a race. Until then the old record stands.
-- security_invoker: whoever reads the view needs the right to read results, and to our schema: it is for the owner.
CREATE OR REPLACE VIEW public.eligible_results WITH (security_invoker = true) AS
    SELECT id, athlete_id, meet_id, race_id, time_cs, normalized_time_cs, import_id
    FROM public.results r
    WHERE NOT EXISTS (SELECT FROM importadmin.record_holds h WHERE h.result_id = r.id AND h.status IN ('open', 'no'))
      AND NOT EXISTS (SELECT FROM importadmin.record_holds h WHERE h.race_id = r.race_id AND h.status IN ('open', 'no'));

-- An answer, or a new question, moves the results in or out of all records. A bulk import refreshes what it holds itself.
CREATE OR REPLACE FUNCTION importadmin.record_holds_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = importadmin, public, pg_temp AS $$
BEGIN
    IF NOT bulk() THEN
        PERFORM refresh_results(array_agg(DISTINCT r.race_id), array_agg(DISTINCT r.athlete_id))
        -- Two look-ups by key, not one with OR, which would read the whole table.
        FROM (SELECT r.race_id, r.athlete_id FROM results r WHERE r.id = ANY (ARRAY(SELECT result_id FROM changed))
              UNION ALL
              SELECT r.race_id, r.athlete_id FROM results r WHERE r.race_id = ANY (ARRAY(SELECT race_id FROM changed))) r
        HAVING count(*) > 0;
    END IF;
    RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER importadmin_record_holds_added AFTER INSERT ON importadmin.record_holds
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION importadmin.record_holds_changed();
CREATE OR REPLACE TRIGGER importadmin_record_holds_answered AFTER UPDATE ON importadmin.record_holds
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION importadmin.record_holds_changed();
CREATE OR REPLACE TRIGGER importadmin_record_holds_removed AFTER DELETE ON importadmin.record_holds
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION importadmin.record_holds_changed();
