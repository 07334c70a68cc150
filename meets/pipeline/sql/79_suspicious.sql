-- Results that look too fast to be true are held out of all records until an admin has looked (functions/holds.sql).
SELECT importadmin.hold_suspicious({meet_id}, {import_id})
