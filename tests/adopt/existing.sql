-- The site's own database, as it stood before anybody adopted it: its tables, its row-level triggers with their wrong
-- formulas, its row level security, and things we know nothing of. Two keys and an index are missing on purpose.
CREATE TABLE venues (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL UNIQUE, city text, state text DEFAULT 'CA',
    full_address text, latitude numeric(10, 8), longitude numeric(11, 8), website_url text, notes text,
    athletic_net_id text UNIQUE, created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now());
CREATE TABLE courses (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL, location text, venue text,
    venue_id uuid NOT NULL REFERENCES venues, distance_meters integer NOT NULL, distance_display text,
    difficulty_rating numeric(4, 2), elevation_gain_meters integer, surface_type text, terrain_description text,
    course_map_url text, athletic_net_id text UNIQUE, notes text, confidence_score numeric, confidence_notes text,
    last_confidence_update timestamptz, created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now(),
    UNIQUE (name, location));
CREATE TABLE meets (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL, meet_date date NOT NULL,
    season_year integer NOT NULL, venue_id uuid REFERENCES venues,
    meet_type text CHECK (meet_type IN ('invitational', 'dual', 'league', 'championship', 'scrimmage')),
    weather_conditions text, temperature_f integer, results_url text, athletic_net_url text, athletic_net_id text,
    notes text, result_count integer NOT NULL DEFAULT 0, livestream_url text,
    created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now());
CREATE TABLE races (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), meet_id uuid NOT NULL REFERENCES meets ON DELETE CASCADE,
    course_id uuid REFERENCES courses, name text NOT NULL, gender text NOT NULL CHECK (gender IN ('M', 'F')),
    division text, distance_meters integer NOT NULL, athletic_net_id text, athletic_net_race_id text,
    start_time timestamptz, created_at timestamptz DEFAULT now(), UNIQUE (meet_id, name, gender));
CREATE TABLE schools (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL UNIQUE, short_name text, city text,
    state text DEFAULT 'CA', league text, subleague text, cif_division text, cif_section text, mascot text,
    colors text[], website_url text, athletic_net_id text, logo_url text,
    created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now());
CREATE TABLE athletes (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), school_id uuid NOT NULL REFERENCES schools ON DELETE CASCADE,
    name text NOT NULL, first_name text, last_name text,
    grad_year integer NOT NULL CHECK (grad_year BETWEEN 1966 AND 2035),
    gender text NOT NULL CHECK (gender IN ('M', 'F')), photo_url text, bio text, slug text UNIQUE,
    athletic_net_id text, is_active boolean DEFAULT true, favourite_distance text NOT NULL DEFAULT '',
    created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now());
-- No key from results to races, and no check of time_cs: both have been forgotten.
CREATE TABLE results (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), athlete_id uuid NOT NULL REFERENCES athletes ON DELETE CASCADE,
    meet_id uuid NOT NULL REFERENCES meets ON DELETE CASCADE, race_id uuid, time_cs integer NOT NULL,
    normalized_time_cs integer, standardized_mile_cs integer, place_overall integer CHECK (place_overall > 0),
    place_gender integer CHECK (place_gender > 0), place_team integer CHECK (place_team > 0), scored boolean,
    is_pr boolean, is_sb boolean, data_source text NOT NULL
        CHECK (data_source IN ('excel_import', 'athletic_net', 'manual_import', 'scraper')),
    is_legacy_data boolean DEFAULT false, is_complete_results boolean, validation_status text,
    replaced_by uuid REFERENCES results, validated_at timestamptz, validated_by text, notes text, bib_number text,
    created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now(),
    CONSTRAINT results_athlete_id_meet_id_race_id_time_cs_data_source_key
        UNIQUE (athlete_id, meet_id, race_id, time_cs, data_source));
CREATE INDEX idx_results_meet ON results (meet_id);
CREATE TABLE athlete_best_times (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), athlete_id uuid NOT NULL REFERENCES athletes ON DELETE CASCADE,
    season_year integer NOT NULL, season_best_time_cs integer NOT NULL, season_best_normalized_cs integer NOT NULL,
    season_best_result_id uuid, season_best_course_id uuid, season_best_race_distance_meters integer NOT NULL,
    alltime_best_time_cs integer NOT NULL, alltime_best_normalized_cs integer NOT NULL, alltime_best_result_id uuid,
    alltime_best_course_id uuid, alltime_best_race_distance_meters integer NOT NULL,
    created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now(), UNIQUE (athlete_id, season_year));
CREATE TABLE course_records (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), course_id uuid NOT NULL REFERENCES courses ON DELETE CASCADE,
    gender text NOT NULL, athlete_id uuid NOT NULL, result_id uuid NOT NULL, time_cs integer NOT NULL,
    athlete_name text NOT NULL, athlete_grad_year integer NOT NULL, school_id uuid NOT NULL, school_name text NOT NULL,
    meet_id uuid NOT NULL, meet_name text NOT NULL, meet_date date NOT NULL, race_id uuid NOT NULL,
    rank integer NOT NULL, created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now(),
    UNIQUE (course_id, gender, athlete_id), UNIQUE (course_id, gender, rank));
CREATE TABLE school_hall_of_fame (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), school_id uuid NOT NULL, gender text NOT NULL,
    athlete_id uuid NOT NULL, athlete_name text NOT NULL, athlete_grad_year integer NOT NULL, result_id uuid NOT NULL,
    time_cs integer NOT NULL, normalized_time_cs integer NOT NULL, course_id uuid NOT NULL, course_name text NOT NULL,
    meet_id uuid NOT NULL, meet_name text NOT NULL, meet_date date NOT NULL, race_id uuid NOT NULL,
    season_year integer NOT NULL, rank integer NOT NULL,
    created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now(),
    UNIQUE (school_id, gender, athlete_id));
CREATE TABLE school_course_records (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), school_id uuid NOT NULL, course_id uuid NOT NULL,
    gender text NOT NULL, grade integer NOT NULL CHECK (grade >= 9 AND grade <= 12), athlete_id uuid NOT NULL,
    result_id uuid NOT NULL, time_cs integer NOT NULL, athlete_name text NOT NULL, athlete_grad_year integer NOT NULL,
    meet_id uuid NOT NULL, meet_name text NOT NULL, meet_date date NOT NULL, race_id uuid NOT NULL,
    season_year integer NOT NULL, created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now(),
    UNIQUE (school_id, course_id, gender, grade));
CREATE TABLE potential_duplicate_athletes (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(), athlete_id_1 uuid NOT NULL REFERENCES athletes ON DELETE CASCADE,
    athlete_id_2 uuid REFERENCES athletes ON DELETE CASCADE, school_id uuid NOT NULL REFERENCES schools ON DELETE CASCADE,
    meet_id uuid REFERENCES meets ON DELETE CASCADE, name_1 varchar(255) NOT NULL, name_2 varchar(255) NOT NULL,
    grad_year_1 integer, grad_year_2 integer, gender_1 text, gender_2 text, conflict_type varchar(50) NOT NULL,
    csv_data jsonb, status varchar(20) NOT NULL DEFAULT 'pending'
        CHECK (status IN ('pending', 'same_person', 'different_people', 'ignored')),
    resolution_notes text, resolved_at timestamptz, resolved_by varchar(255), detected_at timestamptz DEFAULT now(),
    created_at timestamptz DEFAULT now(), updated_at timestamptz DEFAULT now(),
    UNIQUE (athlete_id_1, name_2, school_id));
-- potential_duplicates came to the site later than this copy: it is missing.

CREATE TABLE admin_users (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), email text NOT NULL UNIQUE);
CREATE TABLE migration_progress (step text PRIMARY KEY, done_at timestamptz);
CREATE TABLE result_log (id bigserial PRIMARY KEY, result_id uuid, at timestamptz DEFAULT now());
CREATE VIEW meet_overview AS SELECT m.id, m.name, m.result_count, v.name AS venue FROM meets m
    LEFT JOIN venues v ON v.id = m.venue_id;

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['venues', 'courses', 'meets', 'races', 'schools', 'athletes', 'results'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY "everybody may read" ON %I FOR SELECT USING (true)', t);
        EXECUTE format('GRANT SELECT ON %I TO PUBLIC', t);
    END LOOP;
END $$;
