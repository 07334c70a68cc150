-- The site's core tables as they stand in its own database: same names, columns, keys and checks, so that its
-- pages work on this database as on their own. Columns that the app has no use for are here all the same.
-- Everything is written `public.`: the search_path names our own schema first.

CREATE TABLE public.venues (
    id uuid PRIMARY KEY DEFAULT importadmin.new_id(),
    name text NOT NULL UNIQUE,
    city text,
    state text DEFAULT 'CA',
    full_address text,
    latitude numeric(10, 8),
    longitude numeric(11, 8),
    website_url text,
    notes text,
    athletic_net_id text UNIQUE,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now()
);

CREATE TABLE public.courses (
    id uuid PRIMARY KEY DEFAULT importadmin.new_id(),
    name text NOT NULL,
    location text,
    venue text,
    venue_id uuid NOT NULL REFERENCES public.venues,
    distance_meters integer NOT NULL,
    distance_display text,
    -- Files hold ratings such as 1.140294291: numeric(4,2) would change every normalised time.
    difficulty_rating numeric(14, 9),
    elevation_gain_meters integer,
    surface_type text,
    terrain_description text,
    course_map_url text,
    athletic_net_id text UNIQUE,
    notes text,
    confidence_score numeric,
    confidence_notes text,
    last_confidence_update timestamptz,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now(),
    UNIQUE (name, location)
);

CREATE TABLE public.meets (
    id uuid PRIMARY KEY DEFAULT importadmin.new_id(),
    name text NOT NULL,
    meet_date date NOT NULL,
    season_year integer NOT NULL,
    venue_id uuid REFERENCES public.venues,
    meet_type text CHECK (meet_type IN ('invitational', 'dual', 'league', 'championship', 'scrimmage')),
    weather_conditions text,
    temperature_f integer,
    results_url text,
    athletic_net_url text,
    athletic_net_id text,
    notes text,
    result_count integer NOT NULL DEFAULT 0,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now()
);

CREATE TABLE public.races (
    id uuid PRIMARY KEY DEFAULT importadmin.new_id(),
    meet_id uuid NOT NULL REFERENCES public.meets ON DELETE CASCADE,
    course_id uuid REFERENCES public.courses,
    name text NOT NULL,
    gender text NOT NULL CHECK (gender IN ('M', 'F')),
    division text,
    distance_meters integer NOT NULL,
    athletic_net_id text,
    athletic_net_race_id text,
    start_time timestamptz,
    created_at timestamptz DEFAULT now(),
    UNIQUE (meet_id, name, gender)
);

CREATE TABLE public.schools (
    id uuid PRIMARY KEY DEFAULT importadmin.new_id(),
    name text NOT NULL UNIQUE,
    short_name text,
    city text,
    state text DEFAULT 'CA',
    league text,
    subleague text,
    cif_division text,
    cif_section text,
    mascot text,
    colors text[],
    website_url text,
    athletic_net_id text,
    logo_url text,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now()
);

CREATE TABLE public.athletes (
    id uuid PRIMARY KEY DEFAULT importadmin.new_id(),
    school_id uuid NOT NULL REFERENCES public.schools ON DELETE CASCADE,
    name text NOT NULL,
    first_name text,
    last_name text,
    grad_year integer NOT NULL CHECK (grad_year BETWEEN 1966 AND 2035),
    gender text NOT NULL CHECK (gender IN ('M', 'F')),
    photo_url text,
    bio text,
    slug text UNIQUE,
    athletic_net_id text,
    is_active boolean DEFAULT true,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now()
);

CREATE TABLE public.results (
    id uuid PRIMARY KEY DEFAULT importadmin.new_id(),
    athlete_id uuid NOT NULL REFERENCES public.athletes ON DELETE CASCADE,
    meet_id uuid NOT NULL REFERENCES public.meets ON DELETE CASCADE,
    race_id uuid REFERENCES public.races ON DELETE CASCADE,
    time_cs integer NOT NULL CHECK (time_cs > 0),
    normalized_time_cs integer,
    standardized_mile_cs integer,
    place_overall integer CHECK (place_overall > 0),
    place_gender integer CHECK (place_gender > 0),
    place_team integer CHECK (place_team > 0),
    scored boolean,
    is_pr boolean,
    is_sb boolean,
    data_source text NOT NULL
        CHECK (data_source IN ('excel_import', 'athletic_net', 'manual_import', 'scraper')),
    is_legacy_data boolean,
    is_complete_results boolean,
    validation_status text,
    replaced_by uuid REFERENCES public.results,
    validated_at timestamptz,
    validated_by text,
    notes text,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now(),
    -- One athlete may have two different times in one race: a question for a reviewer, not an error.
    CONSTRAINT results_athlete_id_meet_id_race_id_time_cs_data_source_key
        UNIQUE (athlete_id, meet_id, race_id, time_cs, data_source)
);
