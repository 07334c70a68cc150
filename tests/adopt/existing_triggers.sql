-- The site's triggers and functions, row by row and each with what is wrong about it. Made after the rows are in.

-- A mile of 1600 m, and one of 1609.344: whichever comes last in the alphabet wins.
CREATE FUNCTION calculate_normalized_time() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    d integer; rating numeric;
BEGIN
    SELECT coalesce(ra.distance_meters, c.distance_meters), c.difficulty_rating INTO d, rating
    FROM races ra LEFT JOIN courses c ON c.id = ra.course_id WHERE ra.id = NEW.race_id;
    IF d > 0 AND rating > 0 THEN
        NEW.normalized_time_cs := round(NEW.time_cs * 1600.0 / (d * rating));
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER trigger_calculate_normalized BEFORE INSERT OR UPDATE ON results
    FOR EACH ROW EXECUTE FUNCTION calculate_normalized_time();
CREATE FUNCTION set_normalized_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT round(NEW.time_cs * 1609.344 / (ra.distance_meters * coalesce(c.difficulty_rating, 1)))
    INTO NEW.normalized_time_cs
    FROM races ra JOIN courses c ON c.id = ra.course_id WHERE ra.id = NEW.race_id AND ra.distance_meters > 0;
    RETURN NEW;
END $$;
CREATE TRIGGER a_set_normalized BEFORE INSERT OR UPDATE OF time_cs ON results
    FOR EACH ROW WHEN (NEW.time_cs > 0) EXECUTE FUNCTION set_normalized_time();

CREATE FUNCTION upsert_best_time(p_result results) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    season integer; d integer; course uuid;
BEGIN
    SELECT m.season_year INTO season FROM meets m WHERE m.id = p_result.meet_id;
    SELECT ra.distance_meters, ra.course_id INTO d, course FROM races ra WHERE ra.id = p_result.race_id;
    INSERT INTO athlete_best_times AS b (athlete_id, season_year, season_best_time_cs, season_best_normalized_cs,
        season_best_result_id, season_best_course_id, season_best_race_distance_meters, alltime_best_time_cs,
        alltime_best_normalized_cs, alltime_best_result_id, alltime_best_course_id, alltime_best_race_distance_meters)
    VALUES (p_result.athlete_id, season, p_result.time_cs, coalesce(p_result.normalized_time_cs, p_result.time_cs),
        p_result.id, course, coalesce(d, 0), p_result.time_cs, coalesce(p_result.normalized_time_cs, p_result.time_cs),
        p_result.id, course, coalesce(d, 0))
    ON CONFLICT (athlete_id, season_year) DO UPDATE SET season_best_time_cs = excluded.season_best_time_cs,
        season_best_result_id = excluded.season_best_result_id, updated_at = now()
    WHERE b.season_best_time_cs > excluded.season_best_time_cs;
END $$;
CREATE FUNCTION update_athlete_best_times() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM upsert_best_time(NEW);
    RETURN NEW;
END $$;
CREATE TRIGGER trigger_update_best_times AFTER INSERT OR UPDATE ON results
    FOR EACH ROW EXECUTE FUNCTION update_athlete_best_times();

CREATE FUNCTION update_course_records() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Keeps the fastest ever seen, and never lets anybody go.
    UPDATE course_records SET time_cs = NEW.time_cs, result_id = NEW.id
    FROM races ra WHERE ra.id = NEW.race_id AND course_records.course_id = ra.course_id
      AND course_records.athlete_id = NEW.athlete_id AND course_records.time_cs > NEW.time_cs;
    RETURN NEW;
END $$;
CREATE TRIGGER trigger_update_course_records AFTER INSERT OR UPDATE ON results
    FOR EACH ROW EXECUTE FUNCTION update_course_records();
CREATE FUNCTION update_hall_of_fame() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE school_hall_of_fame SET time_cs = NEW.time_cs, normalized_time_cs = NEW.normalized_time_cs
    WHERE athlete_id = NEW.athlete_id AND normalized_time_cs > NEW.normalized_time_cs;
    RETURN NEW;
END $$;
CREATE TRIGGER trigger_update_hall_of_fame AFTER INSERT OR UPDATE ON results
    FOR EACH ROW EXECUTE FUNCTION update_hall_of_fame();
CREATE FUNCTION update_school_course_records() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- 12 minus: a year off.
    UPDATE school_course_records s SET time_cs = NEW.time_cs, result_id = NEW.id
    FROM races ra, meets m, athletes a
    WHERE ra.id = NEW.race_id AND m.id = NEW.meet_id AND a.id = NEW.athlete_id AND s.course_id = ra.course_id
      AND s.school_id = a.school_id AND s.grade = 12 - (a.grad_year - m.season_year) AND s.time_cs > NEW.time_cs;
    RETURN NEW;
END $$;
CREATE TRIGGER trigger_update_school_course_records AFTER INSERT OR UPDATE ON results
    FOR EACH ROW EXECUTE FUNCTION update_school_course_records();
CREATE FUNCTION update_meet_result_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        UPDATE meets SET result_count = result_count + 1 WHERE id = NEW.meet_id;
    ELSIF TG_OP = 'DELETE' THEN
        UPDATE meets SET result_count = greatest(result_count - 1, 0), updated_at = now() WHERE id = OLD.meet_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER trigger_meet_result_count AFTER INSERT OR DELETE ON results
    FOR EACH ROW EXECUTE FUNCTION update_meet_result_count();
CREATE FUNCTION drop_course_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM course_records WHERE result_id = OLD.id;
    RETURN OLD;
END $$;
CREATE TRIGGER trigger_drop_course_record AFTER DELETE ON results
    FOR EACH ROW EXECUTE FUNCTION drop_course_record();

-- Not known to us: a log that somebody reads.
CREATE FUNCTION log_result() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO result_log (result_id) VALUES (NEW.id);
    RETURN NEW;
END $$;
CREATE TRIGGER log_new_results AFTER INSERT ON results
    FOR EACH ROW WHEN (NEW.data_source <> 'scraper') EXECUTE FUNCTION log_result();
COMMENT ON TRIGGER log_new_results ON results IS 'asked for by the statistics page';

CREATE FUNCTION generate_athlete_slug() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.slug := lower(regexp_replace(
        coalesce(NEW.first_name, '') || '-' || coalesce(NEW.last_name, '') || '-'
        || (SELECT name FROM schools WHERE id = NEW.school_id) || '-' || NEW.grad_year, '[^a-zA-Z0-9]+', '-', 'g'));
    RETURN NEW;
END $$;
CREATE TRIGGER athlete_slug BEFORE INSERT OR UPDATE ON athletes
    FOR EACH ROW EXECUTE FUNCTION generate_athlete_slug();

CREATE FUNCTION recalculate_course() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE results r SET normalized_time_cs = round(r.time_cs * 1600.0 / (ra.distance_meters * NEW.difficulty_rating))
    FROM races ra WHERE ra.id = r.race_id AND ra.course_id = NEW.id AND ra.distance_meters > 0;
    RETURN NEW;
END $$;
CREATE TRIGGER course_rating_changed AFTER UPDATE OF difficulty_rating ON courses
    FOR EACH ROW WHEN (OLD.difficulty_rating IS DISTINCT FROM NEW.difficulty_rating)
    EXECUTE FUNCTION recalculate_course();

CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END $$;
CREATE TRIGGER touch_schools BEFORE UPDATE ON schools FOR EACH ROW EXECUTE FUNCTION touch();

-- The rebuilds under the names that ours bear; one answers nothing, with a mile of 1600 m.
CREATE FUNCTION batch_rebuild_normalized_times() RETURNS void LANGUAGE sql AS $$
    UPDATE results r SET normalized_time_cs = round(r.time_cs * 1600.0 / (ra.distance_meters * c.difficulty_rating))
    FROM races ra JOIN courses c ON c.id = ra.course_id
    WHERE ra.id = r.race_id AND ra.distance_meters * c.difficulty_rating > 0;
$$;
CREATE FUNCTION batch_rebuild_course_records() RETURNS integer LANGUAGE sql AS $$ SELECT 0 $$;
CREATE FUNCTION get_school_roster(p_school uuid) RETURNS TABLE (name text, grad_year integer) LANGUAGE sql STABLE AS $$
    SELECT name, grad_year FROM athletes WHERE school_id = p_school
$$;
