-- What the matcher says, before athletic.net's ids are heard.
CREATE TEMPORARY TABLE found (
    person_id integer, athlete_id uuid, score real, supports text[], evidence jsonb
) ON COMMIT DROP;
CREATE TEMPORARY TABLE decided (person_id integer, verdict text, athlete_id uuid, case_kind text) ON COMMIT DROP;
