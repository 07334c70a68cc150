-- What the bundle says, before the database is asked. Temporary and committed on its own: a preview's rollback and a
-- retry after a unique violation keep what was read.
CREATE TEMPORARY TABLE staged (
    line integer NOT NULL, line_last integer NOT NULL, raw text NOT NULL,
    race_ref text NOT NULL, athlete_name text NOT NULL, first_name text NOT NULL, last_name text NOT NULL,
    school_ref text NOT NULL, time_cs integer, place integer, grade integer, athlete_ref text NOT NULL,
    grad_year integer, gender text NOT NULL, status text NOT NULL, name_key text NOT NULL, name_slug text NOT NULL
);
CREATE TEMPORARY TABLE problem (
    code text, severity text, file text, line integer, line_last integer, "column" text, value text, message text,
    remedy text
);
CREATE TEMPORARY TABLE b_venue (ref text, name text, city text, state text, notes text, name_key text);
CREATE TEMPORARY TABLE b_course (
    ref text, name text, venue_name text, distance_meters integer, distance_display text, difficulty_rating numeric,
    name_key text
);
CREATE TEMPORARY TABLE b_meet (
    line integer, ref text, name text, meet_date date, venue_name text, season_year integer, meet_type text, name_key text
);
CREATE TEMPORARY TABLE b_school (
    line integer, ref text, name text, short_name text, city text, state text, league text, name_key text
);
CREATE TEMPORARY TABLE b_race (
    line integer, ref text, meet_ref text, name text, gender text, distance_meters integer, course_name text,
    name_key text
);
CREATE TEMPORARY TABLE b_athlete (ref text, name_key text, school_ref text, grad_year integer, gender text);
