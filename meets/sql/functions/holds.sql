-- Before an import's results are published as records: which of them look too fast to be true? The site learned this the
-- hard way, by races of 4,000 m entered as 5,000. What is found is written to record_holds and so stays out of
-- eligible_results until an admin has looked.
--
-- A race is held when its whole field is too fast. Fields are compared by medians, which one star cannot move, with the
-- best measure there is:
--   own      its runners against their own bests (normalised, else pace): 12 % faster in the middle. Runners are as a
--            rule a little slower than their best; a field's good day, a wrong rating and a summer's growth together
--            make 5 %, rarely 8; a kilometre less makes 20.
--   course   fewer than five known runners: against the latest races of that gender and level on the course, 15 %.
--   people   neither known runners nor such races: no field's middle of five or more runs a flat mile below 4:40 (boys), 5:25 (girls).
-- A single result is held when it beats the first of a course or of a school's hall of fame (lists of ten and more) by
-- more than 5 or 8 % and its runner's own best by more than 10 %; without an own best, when it beats the first by more
-- than 12 or 16 %.
-- All of it reads a sample of each race and looks rows up by key: it costs the same beside ten million older results.

-- Varsity, junior varsity, frosh: what kind of field a race's name speaks of.
CREATE OR REPLACE FUNCTION importadmin.race_level(name text, division text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN t ~ '\m(fr|fs|f/s|frosh|freshm[ae]n|soph\w*|novice)\M' THEN 'young'
                WHEN t ~ '\m(jv|junior varsity|reserve|open)\M' THEN 'junior'
                WHEN t ~ '\m(varsity|champ\w*|elite|invite\w*|sweepstakes)\M' THEN 'varsity' ELSE '' END
    FROM lower(concat_ws(' ', name, division)) AS t
$$;

-- The middle of how much faster (below 0) a race was than the latest races like it on its course; null: too few.
CREATE OR REPLACE FUNCTION importadmin.against_course(p_race uuid, p_middle double precision) RETURNS double precision
LANGUAGE sql STABLE SET search_path = importadmin, public, pg_temp AS $fn$
    SELECT CASE WHEN count(*) >= 3 THEN p_middle - percentile_cont(0.5) WITHIN GROUP (ORDER BY middle) END
    FROM races this
    CROSS JOIN LATERAL (
        SELECT o.id, distance_run(o.distance_meters, c.distance_meters) AS meters
        FROM races o JOIN meets m ON m.id = o.meet_id JOIN courses c ON c.id = o.course_id
        WHERE o.course_id = this.course_id AND o.gender = this.gender AND o.id <> this.id AND o.meet_id <> this.meet_id
          AND race_level(o.name, o.division) = race_level(this.name, this.division)
        ORDER BY m.meet_date DESC, o.id LIMIT 8
    ) o
    CROSS JOIN LATERAL (
        SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY ln(time_cs::float / nullif(o.meters, 0))) AS middle
        FROM (SELECT time_cs FROM eligible_results WHERE race_id = o.id LIMIT 60) AS sample
        HAVING count(*) >= 5
    ) earlier
    WHERE this.id = p_race
$fn$;

-- What the import p_import wrote for meet p_meet and holds back: how many questions. Call it before the results are merged.
CREATE OR REPLACE FUNCTION importadmin.hold_suspicious(p_meet uuid, p_import uuid) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = importadmin, public, pg_temp SET jit = off
-- As in merge_results(): the planner takes what was just inserted for one or two rows.
SET enable_seqscan = off AS $fn$
DECLARE
    found integer;
    moved record;
BEGIN
    DROP TABLE IF EXISTS pg_temp.fresh_pace;
    CREATE TEMPORARY TABLE fresh_pace ON COMMIT DROP AS
    SELECT r.id, r.athlete_id, r.race_id, r.time_cs, r.normalized_time_cs, ra.gender, ra.course_id,
           distance_run(ra.distance_meters, c.distance_meters) AS meters,
           row_number() OVER (PARTITION BY r.race_id ORDER BY hashtext(r.id::text)) AS n
    FROM eligible_results r JOIN races ra ON ra.id = r.race_id LEFT JOIN courses c ON c.id = ra.course_id
    WHERE r.meet_id = p_meet AND r.import_id = p_import;
    ANALYZE pg_temp.fresh_pace;
    WITH sampled AS MATERIALIZED (
        SELECT f.*, b.alltime_best_normalized_cs AS best_normalized, b.alltime_best_time_cs AS best_cs,
               b.alltime_best_race_distance_meters AS best_meters
        FROM pg_temp.fresh_pace f
        LEFT JOIN LATERAL (SELECT * FROM athlete_best_times t WHERE t.athlete_id = f.athlete_id LIMIT 1) b ON true
        WHERE f.n <= 60
    ),
    measured AS (
        SELECT race_id, gender, ln(time_cs::float / nullif(meters, 0)) AS pace, normalized_time_cs,
               CASE WHEN normalized_time_cs IS NOT NULL AND best_normalized IS NOT NULL
                    THEN ln(normalized_time_cs::float / best_normalized)
                    -- Pace falls with the sixteenth root of the distance: Riegel's exponent 1.06.
                    ELSE ln(time_cs::float / best_cs) - 1.06 * ln(meters::float / nullif(best_meters, 0)) END AS own
        FROM sampled
    ),
    fields AS (
        SELECT race_id, gender, count(*) AS runners, count(own) AS known,
               percentile_cont(0.5) WITHIN GROUP (ORDER BY own) AS own,
               percentile_cont(0.5) WITHIN GROUP (ORDER BY pace) AS pace,
               percentile_cont(0.5) WITHIN GROUP (ORDER BY normalized_time_cs) AS mile_cs
        FROM measured GROUP BY race_id, gender
    ),
    judged AS (
        SELECT *, CASE WHEN known >= 5 THEN NULL WHEN runners >= 5 THEN against_course(race_id, pace) END AS course
        FROM fields
    ),
    named AS (
        SELECT *, CASE WHEN known >= 5 AND own < -0.12 THEN 'own'
                       WHEN known < 5 AND course < -0.15 THEN 'course'
                       WHEN known < 5 AND course IS NULL AND runners >= 5 AND mile_cs < CASE gender WHEN 'M' THEN 28000 ELSE 32500 END THEN 'people' END AS why
        FROM judged
    )
    INSERT INTO record_holds (kind, race_id, meet_id, import_id, status, figures, reason)
    SELECT 'race', race_id, p_meet, p_import, 'open',
           jsonb_build_object('why', why, 'runners', runners, 'known', known, 'mile_cs', round(mile_cs),
                              'faster', round(((1 - exp(CASE why WHEN 'own' THEN own WHEN 'course' THEN course END)) * 100)::numeric, 1)), ''
    FROM named WHERE why IS NOT NULL
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS found = ROW_COUNT;
    IF found > 0 THEN
        -- Older results of a held race stand in records already: out with them.
        SELECT array_agg(DISTINCT r.race_id) AS races, array_agg(DISTINCT r.athlete_id) AS athletes INTO moved
        FROM results r WHERE r.import_id IS DISTINCT FROM p_import
          AND r.race_id = ANY (ARRAY(SELECT h.race_id FROM record_holds h WHERE h.import_id = p_import));
        IF moved.races IS NOT NULL THEN
            PERFORM refresh_results(moved.races, moved.athletes);
        END IF;
    END IF;
    RETURN found + hold_suspicious_records(p_meet, p_import);
END
$fn$;

-- Single results that would be first. Reads fresh_pace.
CREATE OR REPLACE FUNCTION importadmin.hold_suspicious_records(p_meet uuid, p_import uuid) RETURNS integer
LANGUAGE plpgsql VOLATILE SET enable_seqscan = off AS $fn$
DECLARE
    found integer;
BEGIN
    WITH tops AS MATERIALIZED (
        SELECT k.course_id, k.gender, c.time_cs, c.athlete_name
        FROM (SELECT DISTINCT course_id, gender FROM pg_temp.fresh_pace WHERE course_id IS NOT NULL) k
        CROSS JOIN LATERAL (
            SELECT * FROM course_records c WHERE c.course_id = k.course_id AND c.gender = k.gender AND c.rank = 1) c
        WHERE EXISTS (SELECT FROM course_records t WHERE t.course_id = k.course_id AND t.gender = k.gender AND t.rank = 10)
    ),
    schools_ AS MATERIALIZED (
        SELECT f.id, f.athlete_id, f.race_id, f.normalized_time_cs, a.school_id, a.gender
        FROM pg_temp.fresh_pace f JOIN athletes a ON a.id = f.athlete_id WHERE f.normalized_time_cs IS NOT NULL
    ),
    halls AS MATERIALIZED (
        SELECT k.school_id, k.gender, h.normalized_time_cs, h.athlete_name
        FROM (SELECT DISTINCT school_id, gender FROM schools_) k
        CROSS JOIN LATERAL (
            SELECT * FROM school_hall_of_fame h WHERE h.school_id = k.school_id AND h.gender = k.gender AND h.rank = 1) h
        WHERE EXISTS (SELECT FROM school_hall_of_fame t WHERE t.school_id = k.school_id AND t.gender = k.gender AND t.rank = 10)
    ),
    first AS (
        SELECT f.id, f.athlete_id, 'course' AS list, t.athlete_name AS holder, f.time_cs AS now_cs, t.time_cs AS was_cs
        FROM pg_temp.fresh_pace f JOIN tops t USING (course_id, gender) WHERE f.time_cs < t.time_cs * 0.95
        UNION ALL
        SELECT s.id, s.athlete_id, 'school', h.athlete_name, s.normalized_time_cs, h.normalized_time_cs
        FROM schools_ s JOIN halls h USING (school_id, gender) WHERE s.normalized_time_cs < h.normalized_time_cs * 0.92
    ),
    doubtful AS (
        SELECT DISTINCT ON (d.id) d.*
        FROM first d JOIN pg_temp.fresh_pace f USING (id)
        LEFT JOIN LATERAL (SELECT * FROM athlete_best_times t WHERE t.athlete_id = d.athlete_id LIMIT 1) b ON true
        -- Its own best vouches for it; nobody's does for a newcomer, so that one may go further.
        WHERE coalesce(CASE WHEN f.normalized_time_cs IS NOT NULL AND b.alltime_best_normalized_cs IS NOT NULL
                  THEN f.normalized_time_cs < 0.90 * b.alltime_best_normalized_cs
                  ELSE f.time_cs < 0.90 * b.alltime_best_time_cs
                       * power(f.meters::float / nullif(b.alltime_best_race_distance_meters, 0), 1.06) END,
                  d.now_cs < d.was_cs * CASE d.list WHEN 'course' THEN 0.88 ELSE 0.84 END)
          AND NOT EXISTS (SELECT FROM record_holds h WHERE h.race_id = f.race_id)
        ORDER BY d.id, d.list
    )
    INSERT INTO record_holds (kind, result_id, meet_id, import_id, status, figures, reason)
    SELECT 'record', id, p_meet, p_import, 'open',
           jsonb_build_object('list', list, 'holder', holder, 'now_cs', now_cs, 'was_cs', was_cs,
                              'faster', round(100 - 100.0 * now_cs / was_cs, 1)), ''
    FROM doubtful
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS found = ROW_COUNT;
    RETURN found;
END
$fn$;
