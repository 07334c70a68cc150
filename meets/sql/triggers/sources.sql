-- Records carry copies of what stands in other tables: names, gender, school, distance, rating, date, season. These
-- triggers, one per statement, refresh the keys that a change there touches, for every writer but a bulk import.
-- Each looks only at the columns that records rest on: a new phone number of a school costs nothing.

-- All records of some athletes: their best times, the courses they ran, their schools now (and, given by the caller,
-- their schools before).
CREATE FUNCTION importadmin.refresh_athletes(p_athletes uuid[], p_schools uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM importadmin.lock_sources('{}', p_athletes);
    PERFORM importadmin.refresh_derived(p_athletes,
        ARRAY(SELECT DISTINCT ra.course_id FROM public.results r JOIN public.races ra ON ra.id = r.race_id
              WHERE r.athlete_id = ANY (p_athletes) AND ra.course_id IS NOT NULL),
        p_schools);
END
$$;

CREATE FUNCTION importadmin.athletes_updated() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = importadmin, public, pg_temp AS $$
BEGIN
    IF bulk() THEN
        RETURN NULL;
    END IF;
    PERFORM refresh_athletes(array_agg(DISTINCT id), array_agg(DISTINCT school_id))
    FROM ((SELECT id, school_id, name, grad_year, gender FROM gone
           EXCEPT SELECT id, school_id, name, grad_year, gender FROM fresh)
          UNION ALL
          (SELECT id, school_id, name, grad_year, gender FROM fresh
           EXCEPT SELECT id, school_id, name, grad_year, gender FROM gone)) AS changed
    HAVING count(*) > 0;
    RETURN NULL;
END
$$;

CREATE FUNCTION importadmin.athletes_deleted() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = importadmin, public, pg_temp AS $$
BEGIN
    IF bulk() THEN
        RETURN NULL;
    END IF;
    -- The results are gone by now, and their trigger has refreshed the courses.
    PERFORM refresh_derived('{}', '{}', array_agg(DISTINCT school_id)) FROM gone HAVING count(*) > 0;
    RETURN NULL;
END
$$;

CREATE FUNCTION importadmin.schools_updated() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = importadmin, public, pg_temp AS $$
BEGIN
    IF bulk() THEN
        RETURN NULL;
    END IF;
    -- Only course records carry a school's name; nobody's rank can change by it.
    PERFORM lock_derived_shared();
    UPDATE public.course_records c SET school_name = f.name, updated_at = now()
    FROM fresh f WHERE c.school_id = f.id AND c.school_name <> f.name;
    RETURN NULL;
END
$$;

-- Records of all who ran in these races, on these courses and (given by the caller) on those of before.
CREATE FUNCTION importadmin.refresh_races(p_races uuid[], p_courses uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    the_athletes uuid[];
BEGIN
    PERFORM importadmin.lock_sources(p_races, '{}');
    PERFORM importadmin.lock_keys('{}', p_courses, '{}');
    PERFORM importadmin.write_normalized_times_quietly(format('r.race_id = ANY (%L::uuid[])', p_races));
    the_athletes := ARRAY(SELECT DISTINCT athlete_id FROM public.results WHERE race_id = ANY (p_races));
    PERFORM importadmin.lock_sources('{}', the_athletes);
    PERFORM importadmin.refresh_derived(the_athletes, p_courses,
        ARRAY(SELECT DISTINCT school_id FROM public.athletes WHERE id = ANY (the_athletes)));
END
$$;

CREATE FUNCTION importadmin.races_updated() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = importadmin, public, pg_temp AS $$
BEGIN
    IF bulk() THEN
        RETURN NULL;
    END IF;
    -- A race's meet is not asked for: a result names its own.
    PERFORM refresh_races(array_agg(DISTINCT id), array_agg(DISTINCT course_id) FILTER (WHERE course_id IS NOT NULL))
    FROM ((SELECT id, course_id, gender, distance_meters FROM gone
           EXCEPT SELECT id, course_id, gender, distance_meters FROM fresh)
          UNION ALL
          (SELECT id, course_id, gender, distance_meters FROM fresh
           EXCEPT SELECT id, course_id, gender, distance_meters FROM gone)) AS changed
    HAVING count(*) > 0;
    RETURN NULL;
END
$$;

CREATE FUNCTION importadmin.races_deleted() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = importadmin, public, pg_temp AS $$
BEGIN
    IF bulk() THEN
        RETURN NULL;
    END IF;
    -- The results are gone by now, and their trigger has refreshed the athletes and schools.
    PERFORM refresh_derived('{}', array_agg(DISTINCT course_id), '{}') FROM gone WHERE course_id IS NOT NULL
    HAVING count(*) > 0;
    RETURN NULL;
END
$$;

CREATE FUNCTION importadmin.courses_updated() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = importadmin, public, pg_temp AS $$
BEGIN
    IF bulk() THEN
        RETURN NULL;
    END IF;
    PERFORM refresh_races(
        ARRAY(SELECT ra.id FROM public.races ra WHERE ra.course_id = ANY (array_agg(DISTINCT changed.id))),
        array_agg(DISTINCT changed.id))
    FROM (SELECT id, name, distance_meters, difficulty_rating FROM gone
          EXCEPT SELECT id, name, distance_meters, difficulty_rating FROM fresh) AS changed
    HAVING count(*) > 0;
    RETURN NULL;
END
$$;

-- The date breaks ties, the season decides grades and seasons, the name is shown.
CREATE FUNCTION importadmin.meets_updated() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = importadmin, public, pg_temp AS $$
DECLARE
    changed uuid[];
BEGIN
    IF bulk() THEN
        RETURN NULL;
    END IF;
    changed := ARRAY(SELECT id FROM (SELECT id, name, meet_date, season_year FROM gone
                                     EXCEPT SELECT id, name, meet_date, season_year FROM fresh) AS c);
    IF changed <> '{}' THEN
        PERFORM refresh_results(array_agg(DISTINCT race_id), array_agg(DISTINCT athlete_id))
        FROM public.results WHERE meet_id = ANY (changed) HAVING count(*) > 0;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER importadmin_athletes_updated AFTER UPDATE ON public.athletes
    REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION importadmin.athletes_updated();
CREATE TRIGGER importadmin_athletes_deleted AFTER DELETE ON public.athletes
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION importadmin.athletes_deleted();
CREATE TRIGGER importadmin_schools_updated AFTER UPDATE ON public.schools
    REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION importadmin.schools_updated();
CREATE TRIGGER importadmin_races_updated AFTER UPDATE ON public.races
    REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION importadmin.races_updated();
CREATE TRIGGER importadmin_races_deleted AFTER DELETE ON public.races
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION importadmin.races_deleted();
CREATE TRIGGER importadmin_courses_updated AFTER UPDATE ON public.courses
    REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION importadmin.courses_updated();
CREATE TRIGGER importadmin_meets_updated AFTER UPDATE ON public.meets
    REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION importadmin.meets_updated();
