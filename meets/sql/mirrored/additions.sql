-- What the app adds to the site's tables, apart from their making so that an existing database gets it too:
-- nullable columns, two relaxations and the indexes that the app's own reading needs. Every index on results is
-- paid for in import time, so each one says what it is for.

ALTER TABLE public.results
    -- The name as the CSV wrote it: without it a merge or a rename makes the comparison report false misses.
    ADD COLUMN IF NOT EXISTS source_name text,
    ADD COLUMN IF NOT EXISTS import_id uuid;
ALTER TABLE public.athletes ADD COLUMN IF NOT EXISTS name_key text;

-- A course without a rating has no normalised time, a race may have no known distance.
ALTER TABLE public.athlete_best_times
    ALTER COLUMN season_best_normalized_cs DROP NOT NULL,
    ALTER COLUMN season_best_race_distance_meters DROP NOT NULL,
    ALTER COLUMN alltime_best_normalized_cs DROP NOT NULL,
    ALTER COLUMN alltime_best_race_distance_meters DROP NOT NULL;

-- 0 means unknown: both columns are NOT NULL at the site.
ALTER TABLE public.courses ALTER COLUMN distance_meters SET DEFAULT 0;
ALTER TABLE public.races ALTER COLUMN distance_meters SET DEFAULT 0;

-- A meet's results: comparison, merge of an import, cascade from meets. No import_id in it: a meet is few imports.
CREATE INDEX IF NOT EXISTS results_meet_id ON public.results (meet_id);
-- A race's results: course records by way of its races, new normalised times, cascade from races.
CREATE INDEX IF NOT EXISTS results_race_id ON public.results (race_id);
-- Deleting a result looks for those it replaces; hardly any has one, so the index stays almost empty.
CREATE INDEX IF NOT EXISTS results_replaced_by ON public.results (replaced_by) WHERE replaced_by IS NOT NULL;
-- No index on results (athlete_id): the unique key leads with it.

-- Who is this athlete? Looked up by school and name key at every import; also cascade from schools.
CREATE INDEX IF NOT EXISTS athletes_school_id_name_key ON public.athletes (school_id, name_key);
-- The same name at another school (transfers, search).
CREATE INDEX IF NOT EXISTS athletes_name_key ON public.athletes (name_key);
-- An id of the source settles who it is.
CREATE INDEX IF NOT EXISTS athletes_athletic_net_id ON public.athletes (athletic_net_id)
    WHERE athletic_net_id IS NOT NULL AND athletic_net_id <> '';
-- A course's races: course records, new rating.
CREATE INDEX IF NOT EXISTS races_course_id ON public.races (course_id);
-- Lists of meets, newest first, and their athletic.net id (not unique).
CREATE INDEX IF NOT EXISTS meets_meet_date ON public.meets (meet_date);
CREATE INDEX IF NOT EXISTS meets_athletic_net_id ON public.meets (athletic_net_id);
-- School course records of a course; the unique key leads with the school.
CREATE INDEX IF NOT EXISTS school_course_records_course_id ON public.school_course_records (course_id);
