-- Everything an import created or filled. Inserted results are told by their import rows, so that 10,000 of them are
-- not written down twice.
CREATE VIEW importadmin.journal AS
    SELECT import_id, table_name, row_id, old, new FROM importadmin.import_journal
    UNION ALL
    SELECT import_id, 'results', result_id, NULL::jsonb,
           jsonb_build_object('athlete_id', athlete_id, 'race_id', race_id, 'time_cs', time_cs)
    FROM importadmin.import_rows
    WHERE outcome = 'inserted';
