-- The site's two tables of suspected duplicates, written along as far as they can hold what our cases hold.

CREATE TABLE public.potential_duplicate_athletes (
    id uuid PRIMARY KEY DEFAULT importadmin.new_id(),
    athlete_id_1 uuid NOT NULL REFERENCES public.athletes ON DELETE CASCADE,
    -- Null while the second one exists only in the CSV.
    athlete_id_2 uuid REFERENCES public.athletes ON DELETE CASCADE,
    school_id uuid NOT NULL REFERENCES public.schools ON DELETE CASCADE,
    meet_id uuid REFERENCES public.meets ON DELETE CASCADE,
    name_1 varchar(255) NOT NULL,
    name_2 varchar(255) NOT NULL,
    grad_year_1 integer,
    grad_year_2 integer,
    gender_1 text,
    gender_2 text,
    conflict_type varchar(50) NOT NULL,
    csv_data jsonb,
    status varchar(20) NOT NULL DEFAULT 'pending'
        CHECK (status IN ('pending', 'same_person', 'different_people', 'ignored')),
    resolution_notes text,
    resolved_at timestamptz,
    resolved_by varchar(255),
    detected_at timestamptz DEFAULT now(),
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now(),
    UNIQUE (athlete_id_1, name_2, school_id)
);

CREATE TABLE public.potential_duplicates (
    id uuid PRIMARY KEY DEFAULT importadmin.new_id(),
    result_id_1 uuid NOT NULL REFERENCES public.results ON DELETE CASCADE,
    result_id_2 uuid NOT NULL REFERENCES public.results ON DELETE CASCADE,
    athlete_id uuid NOT NULL REFERENCES public.athletes ON DELETE CASCADE,
    meet_id uuid NOT NULL REFERENCES public.meets ON DELETE CASCADE,
    race_id uuid REFERENCES public.races ON DELETE CASCADE,
    conflict_type varchar(50) NOT NULL,
    time_1_cs integer NOT NULL,
    time_2_cs integer NOT NULL,
    time_difference_cs integer,
    status varchar(20) NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'resolved', 'ignored')),
    resolution_notes text,
    resolved_at timestamptz,
    resolved_by varchar(255),
    detected_at timestamptz DEFAULT now(),
    created_at timestamptz DEFAULT now(),
    updated_at timestamptz DEFAULT now(),
    UNIQUE (result_id_1, result_id_2),
    CHECK (time_1_cs <> time_2_cs)
);

-- Deleting a result cascades into this table by its second id too; the unique key only leads with the first.
CREATE INDEX potential_duplicates_result_id_2 ON public.potential_duplicates (result_id_2);
