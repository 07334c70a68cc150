-- On the hosted database everything in public can be read over an open API, and import rows, accounts and the audit log
-- name minors. So schema importadmin is the owner's alone, and of all functions everybody may call just one. (Triggers
-- fire for whoever may write the table, without a right to call their function.) A role that writes rows and leaves
-- their key to the default needs EXECUTE on importadmin.new_id(), granted by whoever lets it write.
REVOKE ALL ON SCHEMA importadmin FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA importadmin FROM PUBLIC;

DO $do$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN
        SELECT p.oid FROM pg_proc p
        WHERE p.pronamespace = 'importadmin'::regnamespace
           OR p.pronamespace = 'public'::regnamespace AND p.proname IN (
                  'batch_rebuild_normalized_times', 'batch_rebuild_athlete_best_times', 'batch_rebuild_course_records',
                  'batch_rebuild_school_hall_of_fame', 'batch_rebuild_school_course_records')
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    END LOOP;
END
$do$;

GRANT EXECUTE ON FUNCTION public.resolve_athlete_slug(text) TO PUBLIC;
