"""Missing lines: in the CSV, not held, and without a living result. Who ran them, where that is sure."""

import hashlib
from typing import Any

from reconciliation.deciding.vetoes import row_vetoes
from reconciliation.deciding.work import Row, Work
from reconciliation.matching.similar import alike
from reconciliation.models import CaseKind

# Of every import of the meet; the latest one comes last.
LINES = """
    SELECT i.import_id, i.line, i.race_id, i.time_cs, i.place, i.athlete_name, i.school_id, i.outcome, i.grade,
           m.meet_id, ra.gender, t.season_year + 13 - i.grade AS grad_year, s.name AS school,
           importadmin.name_key(i.athlete_name) AS name_key,
           m.id = %(latest)s AS latest
      FROM importadmin.imports m JOIN importadmin.import_rows i ON i.import_id = m.id
      JOIN public.meets t ON t.id = m.meet_id JOIN public.races ra ON ra.id = i.race_id
      JOIN public.schools s ON s.id = i.school_id
     WHERE m.meet_id = %(meet)s AND m.state = 'done' AND m.mode = 'import' AND i.time_cs IS NOT NULL
       AND i.outcome IN ('inserted', 'already_present', 'variant_present')
       AND NOT EXISTS (SELECT FROM public.results r WHERE r.id = i.result_id)
     ORDER BY m.finished_at NULLS LAST, i.import_id, i.line"""
NEAR = """
    SELECT a.id::text AS athlete_id, a.name, a.name_key, a.grad_year, a.gender, a.slug, s.name AS school
      FROM public.athletes a JOIN public.schools s ON s.id = a.school_id
     WHERE a.school_id = %s AND a.gender = %s ORDER BY a.id"""
ALIASES = "SELECT athlete_id::text AS id, name_key FROM importadmin.athlete_aliases WHERE name_key = ANY (%s)"


class Finish:
    """One missing finish, as all imports of the meet have it. `verdict`: existing, new or doubtful (and `why`)."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows
        self.row = rows[-1]
        self.verdict = ""
        self.why = ""
        self.athlete: Row | None = None
        self.near: list[Row] = []

    @property
    def subject(self) -> dict[str, Any]:
        first, _, last = self.row["athlete_name"].partition(" ")
        told = {key: self.row[key] for key in ("school", "grad_year", "grade", "gender")}
        return {"name": self.row["athlete_name"], "first_name": first, "last_name": last,
                "school_id": str(self.row["school_id"]), **told}  # fmt: skip


def finishes(work: Work, meet_id: Any, latest: Any) -> list[Finish]:
    """Judged one by one: sure means one athlete of that school, name, year and gender, and no veto."""
    by: dict[tuple[Any, ...], list[Row]] = {}
    for row in work.rows(LINES, {"meet": str(meet_id), "latest": str(latest)}):
        by.setdefault((row["race_id"], row["time_cs"], row["school_id"], row["name_key"]), []).append(row)
    found = [Finish(rows) for rows in by.values() if any(row["latest"] for row in rows)]
    schools: dict[tuple[Any, Any], list[Row]] = {}
    aliases: dict[str, set[str]] = {}
    for row in work.rows(ALIASES, [[one.row["name_key"] for one in found]]):
        aliases.setdefault(row["name_key"], set()).add(row["id"])
    for one in found:
        key = (one.row["school_id"], one.row["gender"])
        if key not in schools:
            schools[key] = work.rows(NEAR, [str(key[0]), key[1]])
        _judge(one, schools[key], aliases.get(one.row["name_key"], set()))
    return found


def _judge(one: Finish, school: list[Row], known: set[str]) -> None:
    row = one.row
    year = row["grad_year"]
    same = [each for each in school if each["name_key"] == row["name_key"] or each["athlete_id"] in known]
    exact = [each for each in same if year and each["grad_year"] == year]
    one.near = same + [each for each in school if each not in same and _like(row, each)]
    one.verdict = "doubtful"
    if not year:
        one.why = "the file gives no grade"
    elif len(exact) == 1:
        vetoes = row_vetoes(exact[0]["athlete_id"], one.subject, one.rows, None)
        one.athlete, one.why = exact[0], "; ".join(vetoes)
        one.verdict = "doubtful" if vetoes else "existing"
    elif exact:
        one.why = f"{len(exact)} athletes have this name, school and year"
    elif one.near:
        one.why = f"perhaps {one.near[0]['name']} ({one.near[0]['grad_year']})"
    else:
        one.verdict = "new"


def _like(row: Row, other: Row) -> bool:
    if row["grad_year"] and abs(other["grad_year"] - row["grad_year"]) > 1:
        return False
    return bool(alike(row["name_key"], other["name_key"], other["grad_year"] == row["grad_year"])[0])


def ask(work: Work, one: Finish) -> str:
    """Its case, open, with every line of it waiting. Not journalled: it is a question, no decision."""
    subject = one.subject
    keys = ("missing_result", one.row["meet_id"], one.row["race_id"], one.row["time_cs"], one.row["school_id"],
            one.row["name_key"])  # fmt: skip
    near = [{**{key: each[key] for key in ("athlete_id", "name", "grad_year", "gender", "slug", "school")},
             "score": None, "supports": [], "vetoes": []} for each in one.near]  # fmt: skip
    moment = work.rows("SELECT clock_timestamp() AS now, importadmin.new_id()::text AS id")[0]
    fingerprint = hashlib.md5("|".join(map(str, keys)).encode(), usedforsecurity=False).hexdigest()
    there = work.rows("SELECT id::text, version FROM importadmin.cases WHERE fingerprint = %s", [fingerprint])
    rows = [{"line": row["line"], "race_id": str(row["race_id"]), "time_cs": row["time_cs"], "place": row["place"]}
            for row in one.rows]  # fmt: skip
    values = {
        "kind": CaseKind.MISSING_RESULT,
        "fingerprint": fingerprint,
        "status": "open",
        "question": f"{one.row['athlete_name']} of {one.row['school']} is missing on the site: add the result?",
        "meet_id": one.row["meet_id"],
        "school_id": one.row["school_id"],
        "race_id": one.row["race_id"],
        "subject": subject | {"rows": rows},
        "candidates": near,
        "evidence": {"rows": rows, "verdict": one.verdict, "why": one.why},
        "evidence_hash": "",
        "import_id": one.row["import_id"],
        "updated_at": moment["now"],
    }
    case_id: str = there[0]["id"] if there else moment["id"]
    if there:
        work.update("cases", [{"id": case_id, **values, "version": there[0]["version"] + 1}])
    else:
        times = {"created_at": moment["now"], "position": moment["now"], "version": 1}
        work.insert("cases", [{"id": case_id, **values, **times}])
    links = [{"import_id": row["import_id"], "line": row["line"], "case_id": case_id} for row in one.rows]
    work.insert("case_rows", links, unless_there=True)
    work.update("case_rows", links)
    work.update(
        "import_rows",
        [
            {"import_id": row["import_id"], "line": row["line"], "outcome": "held", "result_id": None}
            for row in one.rows
        ],
    )
    return case_id
