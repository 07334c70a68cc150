"""Questions instead of guesses: what a person must say before the import can run (design: schools, races, meet)."""

from typing import Any
from uuid import UUID

import psycopg

from meets.pipeline.sqlfile import PIPELINE

Question = dict[str, Any]
Cursor = psycopg.Cursor[Any]

_SEVERAL_RACES = "More than one of the site's races fits: their athletic.net ids do not tell them apart."
_NO_SUCH_RACE = "The meet has no race of this name, but races without an athletic.net id that it may be."
_WHY = {
    "several": "Several schools on the site share this name.",
    "id": "The site knows this school's id under another name.",
    "city": "The site has a school of this name in another city.",
    "bundle": "The bundle names two schools alike, in different cities.",
}


def school_questions(cur: Cursor, answers: dict[str, str]) -> list[Question]:
    """Questions about schools that no answer settles yet. Needs `school_candidate` (20_schools.sql)."""
    questions = []
    for row in PIPELINE.fetch(cur, "21_school_questions"):
        key = f"school:{row['ref']}"
        options = [
            {"value": o["id"], "label": ", ".join(filter(None, [o["name"], o["city"]]))} for o in row["options"] or []
        ]
        if row["why"] == "bundle" and not options:
            options = [{"value": "one", "label": f"One school with {row['other_name']}"}]
        options.append({"value": "new", "label": "Another school, which is not on the site yet"})
        city = f" in {row['city']}" if row["city"] else ""
        if _settled(answers, key, options):
            continue
        questions.append(
            {
                "key": key,
                "kind": "which_school",
                "text": f"Which school is {row['name']}{city}?",
                "detail": _WHY[row["why"]],
                "options": options,
            }
        )
    return questions


def race_questions(cur: Cursor, answers: dict[str, str]) -> list[Question]:
    """Races that several races of the meet may be. Needs `race_by_name` (30_races.sql)."""
    cur.execute("""
        SELECT n.ref, m.name, m.gender, jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name,
               'rows', (SELECT count(*) FROM results x WHERE x.race_id = r.id)) ORDER BY r.name, r.id),
               bool_and(n.alike)
          FROM race_by_name n JOIN race_map m USING (ref, line)
          JOIN races r ON r.id::text IN (SELECT jsonb_array_elements_text(n.options))
         WHERE n.candidates > 1 OR n.wanting > 1 OR NOT n.alike
         GROUP BY n.ref, m.name, m.gender ORDER BY n.ref
    """)
    asked: list[Question] = [
        {
            "key": f"race:{ref}",
            "kind": "which_race",
            "text": f"Which race is {name}?",
            "detail": _SEVERAL_RACES if alike else _NO_SUCH_RACE,
            "options": [
                *({"value": o["id"], "label": f"{o['name']} ({o['rows']} results on the site)"} for o in options),
                {"value": "new", "label": "Another race, which is not on the site yet"},
            ],
        }
        for ref, name, _gender, options, alike in cur.fetchall()
    ]
    return [question for question in asked if not _settled(answers, question["key"], question["options"])]


def _settled(answers: dict[str, str], key: str, options: list[dict[str, str]]) -> bool:
    """Answers come from files as well: one that is none of the choices is asked for again, never used."""
    return answers.get(key) in {option["value"] for option in options}


def answers_of(answers: dict[str, str], kind: str) -> dict[str, str]:
    """The answers of one kind, by reference: {'school:7': 'x'} → {'7': 'x'}. What can't be one is left out."""
    start = f"{kind}:"
    return {
        key.removeprefix(start): value
        for key, value in answers.items()
        if key.startswith(start) and (value in ("new", "one") or _is_uuid(value))
    }


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
