"""Python twins of the SQL functions in meets/sql/functions/names.sql; docs/name-key-vectors.json binds both.

Nothing here asks Python for the case of a letter beyond A-Z: all are listed, as in the SQL, so that the two
cannot drift apart with the Unicode version of either.
"""

import re
import unicodedata

# A lone accent is somebody's apostrophe; NFKD would make a space and a mark of it.
_LONE_ACCENTS = str.maketrans(dict.fromkeys("\u00b4\u0384\u1fbd\u1fbf\u1ffd\u1ffe", "'"))
_MARKS = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_ASCII_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
_TWO_LETTERS = {
    "ß": "ss",
    "ẞ": "ss",
    "æ": "ae",
    "Æ": "ae",
    "œ": "oe",
    "Œ": "oe",
    "þ": "th",
    "Þ": "th",
}
_LATIN_PLAIN = (
    "øØłŁđĐðÐħĦıŧŦŋŊĸƒƑɨƗʉɄƶƵɖƉɗƊɓƁƙƘƴƳɔƆɛƐəƏς",
    "oollddddhhittnnkffiiuuzzddddbbkkyyooeeeeσ",
)
_LATIN = (
    "ƂƄƇƋƎƓƔƖƜƝƟƢƤƦƧƩƬƮƱƲƷƸƼǤǶǷȜȠȢȤȺȻȽȾɁɃɅɆɈɊɌɎỺỼỾ",
    "ƃƅƈƌǝɠɣɩɯɲɵƣƥʀƨʃƭʈʊʋʒƹƽǥƕƿȝƞȣȥⱥȼƚⱦɂƀʌɇɉɋɍɏỻỽỿ",
)
_GREEK = (
    "ͰͲͶͿΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩϏϘϚϜϞϠϷϺϽϾϿ",
    "ͱͳͷϳαβγδεζηθικλμνξοπρστυφχψωϗϙϛϝϟϡϸϻͻͼͽ",
)
_CYRILLIC = (
    "ЂЄЅІЈЉЊЋЏАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯѠѢѤѦѨѪѬѮѰѲѴѸѺѼѾҀҊҌҎҐҒ"
    "ҔҖҘҚҜҞҠҢҤҦҨҪҬҮҰҲҴҶҸҺҼҾӀӃӅӇӉӋӍӔӘӠӨӶӺӼӾԀԂԄԆԈԊԌԎԐԒԔԖԘԚԜԞԠԢԤԦԨԪԬԮ",
    "ђєѕіјљњћџабвгдежзиклмнопрстуфхцчшщъыьэюяѡѣѥѧѩѫѭѯѱѳѵѹѻѽѿҁҋҍҏґғ"
    "ҕҗҙқҝҟҡңҥҧҩҫҭүұҳҵҷҹһҽҿӏӄӆӈӊӌӎӕәӡөӷӻӽӿԁԃԅԇԉԋԍԏԑԓԕԗԙԛԝԟԡԣԥԧԩԫԭԯ",
)  # fmt: skip
_LETTERS = _ASCII_LOWER | str.maketrans(_TWO_LETTERS)
for _table in (_LATIN_PLAIN, _LATIN, _GREEK, _CYRILLIC):
    _LETTERS |= str.maketrans(*_table)

_DROPPED = str.maketrans(
    "",
    "",
    "'`.\u2018\u2019\u201a\u201b\u2032\u2035\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb\u055a\u05f3"
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff",
)
_SEPARATORS = re.compile(
    "[\u0001-\u002f\u003a-\u0060\u007b-\u00bf\u00d7\u00f7\u02b0-\u02ff\u1680\u180e\u2000-\u2bff\u2e00-\u2e7f"
    "\u3000-\u303f\ue000-\uf8ff\ufe10-\ufe1f\ufe30-\ufe6f\uff00-\uff0f\uffe0-\uffff\U0001f000-\U0001faff]+"
)
_NOT_SLUG = re.compile("[^a-z0-9]+")


def fold_letters(name: str) -> str:
    """NFKD, marks dropped, letters without decomposition mapped, lower case."""
    if name.isascii():
        return name.lower()
    decomposed = unicodedata.normalize("NFKD", name.translate(_LONE_ACCENTS))
    return _MARKS.sub("", decomposed).translate(_LETTERS)


def name_key(name: str) -> str:
    """What two spellings of one name share: "José O’Brien-Smith Jr." and "jose obrien smith jr"."""
    return _SEPARATORS.sub(" ", fold_letters(name).translate(_DROPPED)).strip(" ")


def athlete_slug(first_name: str, last_name: str, name: str, school_name: str, grad_year: int | None) -> str:
    """The web address of an athlete: first-last-school-gradyear."""
    first, last = first_name.strip(" "), last_name.strip(" ")
    person = f"{first}-{last}" if first and last else name
    year = "" if grad_year is None else grad_year
    return _NOT_SLUG.sub("-", fold_letters(f"{person}-{school_name}-{year}")).strip("-")
