-- Names folded for comparing and for web addresses. All three functions are immutable and answer the same whatever the
-- database's locale is: lower() touches only A-Z (COLLATE "C"), every other letter is listed. meets/names.py is their
-- Python twin, docs/name-key-vectors.json what both must say. Plain SQL, so that PostgreSQL folds them into queries.

-- fold_letters: NFKD, marks dropped, letters without decomposition mapped, lower case. Nothing else changes.
CREATE FUNCTION importadmin.fold_letters(name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        -- Nearly every name is plain ASCII and done here.
        WHEN octet_length(name) = length(name) THEN lower(name COLLATE "C")
        -- Innermost first: a lone accent is somebody's apostrophe (NFKD would make a space and a mark of it); then NFKD
        -- and away with the marks; then one letter that is two when written plainly; then letter for letter: Latin
        -- (upper and lower case to their plain letter), Latin, Greek, Cyrillic (upper case to lower).
        ELSE translate(translate(translate(translate(
            replace(replace(replace(replace(replace(replace(replace(replace(
                lower(regexp_replace(
                    normalize(translate(name, U&'\00B4\0384\1FBD\1FBF\1FFD\1FFE', repeat('''', 6)), NFKD) COLLATE "C",
                    '[\u0300-\u036F\u0483-\u0489\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE20-\uFE2F]+', '', 'g')),
                'ß', 'ss'), 'ẞ', 'ss'), 'æ', 'ae'), 'Æ', 'ae'), 'œ', 'oe'), 'Œ', 'oe'), 'þ', 'th'), 'Þ', 'th'),
            'øØłŁđĐðÐħĦıŧŦŋŊĸƒƑɨƗʉɄƶƵɖƉɗƊɓƁƙƘƴƳɔƆɛƐəƏς',
            'oollddddhhittnnkffiiuuzzddddbbkkyyooeeeeσ'),
            'ƂƄƇƋƎƓƔƖƜƝƟƢƤƦƧƩƬƮƱƲƷƸƼǤǶǷȜȠȢȤȺȻȽȾɁɃɅɆɈɊɌɎỺỼỾ',
            'ƃƅƈƌǝɠɣɩɯɲɵƣƥʀƨʃƭʈʊʋʒƹƽǥƕƿȝƞȣȥⱥȼƚⱦɂƀʌɇɉɋɍɏỻỽỿ'),
            'ͰͲͶͿΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩϏϘϚϜϞϠϷϺϽϾϿ',
            'ͱͳͷϳαβγδεζηθικλμνξοπρστυφχψωϗϙϛϝϟϡϸϻͻͼͽ'),
            'ЂЄЅІЈЉЊЋЏАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯѠѢѤѦѨѪѬѮѰѲѴѸѺѼѾҀҊҌҎҐҒ'
            'ҔҖҘҚҜҞҠҢҤҦҨҪҬҮҰҲҴҶҸҺҼҾӀӃӅӇӉӋӍӔӘӠӨӶӺӼӾԀԂԄԆԈԊԌԎԐԒԔԖԘԚԜԞԠԢԤԦԨԪԬԮ',
            'ђєѕіјљњћџабвгдежзиклмнопрстуфхцчшщъыьэюяѡѣѥѧѩѫѭѯѱѳѵѹѻѽѿҁҋҍҏґғ'
            'ҕҗҙқҝҟҡңҥҧҩҫҭүұҳҵҷҹһҽҿӏӄӆӈӊӌӎӕәӡөӷӻӽӿԁԃԅԇԉԋԍԏԑԓԕԗԙԛԝԟԡԣԥԧԩԫԭԯ')
    END
$$;

-- name_key: what two spellings of one name share. Apostrophes of every kind, full stops and invisible characters vanish
-- (O'Brien = OBrien, J.R. = JR); any other punctuation, symbol or odd space is one space.
CREATE FUNCTION importadmin.name_key(name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(
        translate(
            importadmin.fold_letters(name) COLLATE "C",
            -- Apostrophes, backtick, primes, full stops; then soft hyphen, zero-width and direction marks.
            U&'\0027\0060.\2018\2019\201A\201B\2032\2035\02B9\02BB\02BC\02BD\02BE\02BF\02C8\02CA\02CB\055A\05F3'
            '\00AD\200B\200C\200D\200E\200F\202A\202B\202C\202D\202E\2060\FEFF',
            ''),
        -- ASCII but letters and digits; Latin-1 signs; modifiers; punctuation, symbols and arrows; private use; emoji.
        '[\u0001-\u002F\u003A-\u0060\u007B-\u00BF\u00D7\u00F7\u02B0-\u02FF\u1680\u180E\u2000-\u2BFF\u2E00-\u2E7F'
        '\u3000-\u303F\uE000-\uF8FF\uFE10-\uFE1F\uFE30-\uFE6F\uFF00-\uFF0F\uFFE0-\uFFFF\U0001F000-\U0001FAFF]+',
        ' ', 'g'))
$$;

-- athlete_slug: first-last-school-gradyear as the site writes it: anything but a-z and 0-9 becomes one hyphen. Accents
-- are folded first (José is jose); without a first and a last name the whole name stands in.
CREATE FUNCTION importadmin.athlete_slug(first_name text, last_name text, name text, school_name text, grad_year integer)
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(
        importadmin.fold_letters(
            coalesce(nullif(btrim(first_name), '') || '-' || nullif(btrim(last_name), ''), name, '')
            || '-' || coalesce(school_name, '') || '-' || coalesce(grad_year::text, '')
        ) COLLATE "C",
        '[^a-z0-9]+', '-', 'g'), '-')
$$;
