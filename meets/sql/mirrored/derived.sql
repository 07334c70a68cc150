-- The site's derived tables. Their result ids carry no foreign key: in the site's database rows have pointed to
-- results that do not exist (its trigger for best times fails at times on just that), so a key could not be
-- added there; here the triggers keep them right.

CREATE TABLE public.athlete_best_times (
    id uuid PRIMARY KEY DEFAULT importadmin.new_id(),
    athlete_id uuid NOT NULL REFERENCES public.athletes ON DELETE CASCADE,
    season_year integer NOT NULL,
    season_best_time_cs integer NOT NULL,
    season_best_normalized_cs integer NOT NULL,
    season_best_result_id uuid,
    season_best_course_id uuid,
    season_best_race_distance_meters integer NOT NULL,
    alltime_best_time_cs integer NOT NULL,
    alltime_best_normalized_cs integer NOT NULL,
    alltime_best_result_id uuid,
    alltime_best_course_id uuid,
    alltime_best_race_distance_meters integer NOT NULL,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now(),
    UNIQUE (athlete_id, season_year)
);

CREATE TABLE public.course_records (
    id uuid PRIMARY KEY DEFAULT importadmin.new_id(),
    course_id uuid NOT NULL REFERENCES public.courses ON DELETE CASCADE,
    gender text NOT NULL,
    athlete_id uuid NOT NULL,
    result_id uuid NOT NULL,
    time_cs integer NOT NULL,
    athlete_name text NOT NULL,
    athlete_grad_year integer NOT NULL,
    school_id uuid NOT NULL,
    school_name text NOT NULL,
    meet_id uuid NOT NULL,
    meet_name text NOT NULL,
    meet_date date NOT NULL,
    race_id uuid NOT NULL,
    rank integer NOT NULL,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now(),
    UNIQUE (course_id, gender, athlete_id),
    UNIQUE (course_id, gender, rank)
);

CREATE TABLE public.school_hall_of_fame (
    id uuid PRIMARY KEY DEFAULT importadmin.new_id(),
    school_id uuid NOT NULL,
    gender text NOT NULL,
    athlete_id uuid NOT NULL,
    athlete_name text NOT NULL,
    athlete_grad_year integer NOT NULL,
    result_id uuid NOT NULL,
    time_cs integer NOT NULL,
    normalized_time_cs integer NOT NULL,
    course_id uuid NOT NULL,
    course_name text NOT NULL,
    meet_id uuid NOT NULL,
    meet_name text NOT NULL,
    meet_date date NOT NULL,
    race_id uuid NOT NULL,
    season_year integer NOT NULL,
    rank integer NOT NULL,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now(),
    UNIQUE (school_id, gender, athlete_id),
    UNIQUE (school_id, gender, rank)
);

CREATE TABLE public.school_course_records (
    id uuid PRIMARY KEY DEFAULT importadmin.new_id(),
    school_id uuid NOT NULL,
    course_id uuid NOT NULL,
    gender text NOT NULL,
    grade integer NOT NULL CHECK (grade BETWEEN 9 AND 12),
    athlete_id uuid NOT NULL,
    result_id uuid NOT NULL,
    time_cs integer NOT NULL,
    athlete_name text NOT NULL,
    athlete_grad_year integer NOT NULL,
    meet_id uuid NOT NULL,
    meet_name text NOT NULL,
    meet_date date NOT NULL,
    race_id uuid NOT NULL,
    season_year integer NOT NULL,
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now(),
    UNIQUE (school_id, course_id, gender, grade)
);
