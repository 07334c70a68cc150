"""Held rows get their athlete: results are written exactly as the import would have written them, or found there."""

import hashlib
from collections import defaultdict
from typing import Any

from reconciliation.deciding.waiting import Question
from reconciliation.deciding.work import Row, Work
from reconciliation.models import CaseKind

# normalized_time_cs is written at the end, by the one function that knows how (Work.refresh).
DATA_SOURCE = "athletic_net"
STANDING = """
    SELECT r.id, r.race_id, r.time_cs, r.source_name, a.name,
           ARRAY(SELECT i.import_id FROM importadmin.import_rows i WHERE i.result_id = r.id) AS claimed
      FROM public.results r JOIN public.athletes a ON a.id = r.athlete_id
     WHERE r.athlete_id = %s AND r.race_id = ANY (%s::uuid[]) ORDER BY r.time_cs, r.id"""


def place_rows(
    work: Work, athlete_id: str, rows: list[Row], question: Question | None, both: bool = False
) -> list[str]:
    """Link every row to the athlete. Returns the races where two times are now a question of their own.

    `both`: several times of one race are all written (a decision said that all are right).
    """
    by_race: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        by_race[row["race_id"]].append(row)
    standing = defaultdict(list)
    for found in work.rows(STANDING, [athlete_id, [str(race) for race in by_race]]):
        standing[found["race_id"]].append(found)
    fresh: list[Row] = []
    disputed: list[Row] = []
    for race in sorted(by_race, key=str):
        there = {found["time_cs"]: found for found in standing[race]}
        absent = [row for row in by_race[race] if row["time_cs"] not in there]
        _present(work, athlete_id, [row for row in by_race[race] if row["time_cs"] in there], there)
        if absent and not both and (there or len({row["time_cs"] for row in absent}) > 1):
            disputed += absent
        else:
            fresh += absent
    write_results(work, [row | {"athlete_id": athlete_id} for row in fresh])
    return ask_which_time(work, athlete_id, disputed, question) if disputed else []


def write_results(work: Work, rows: list[Row]) -> None:
    """One result an athlete, race and time. The first import that held it wrote it; in later ones it is there already.

    Each row names its `athlete_id`. However many there are, it takes the same few statements.
    """
    finishes: dict[tuple[str, str, int], list[Row]] = defaultdict(list)
    for row in rows:
        finishes[str(row["athlete_id"]), str(row["race_id"]), row["time_cs"]].append(row)
    moment = _now(work)
    made = work.insert(
        "results",
        [
            {
                "id": new_id,
                "athlete_id": athlete_id,
                "meet_id": waiting[0]["meet_id"],
                "race_id": race,
                "time_cs": time_cs,
                "place_overall": waiting[0]["place"],
                "data_source": DATA_SOURCE,
                "source_name": waiting[0]["athlete_name"],
                "import_id": waiting[0]["import_id"],
                **moment,
            }
            for ((athlete_id, race, time_cs), waiting), new_id in zip(
                finishes.items(), new_ids(work, len(finishes)), strict=True
            )
        ],
    )
    ids = {(result["athlete_id"], result["race_id"], result["time_cs"]): result for result in made}
    changed = []
    for key, waiting in finishes.items():
        result = ids[key]
        seen: set[Any] = set()
        for nth, row in enumerate(waiting):
            outcome = "inserted" if nth == 0 else _present_as(row, result)
            changed.append(_outcome(row, key[0], result["id"], outcome, seen))
    work.update("import_rows", changed)


def _present(work: Work, athlete_id: str, rows: list[Row], there: dict[int, Row]) -> None:
    taken = {time_cs: {str(one) for one in found["claimed"]} for time_cs, found in there.items()}
    work.update(
        "import_rows",
        [
            _outcome(
                row,
                athlete_id,
                there[row["time_cs"]]["id"],
                _present_as(row, there[row["time_cs"]]),
                taken[row["time_cs"]],
            )
            for row in rows
        ],
    )


def _outcome(row: Row, athlete_id: str, result_id: Any, outcome: str, seen: set[Any]) -> Row:
    """No result is claimed by two lines of one import: the second is set aside, it adds nothing."""
    again = str(row["import_id"]) in seen
    seen.add(str(row["import_id"]))
    return {
        "import_id": row["import_id"],
        "line": row["line"],
        "outcome": "dismissed" if again else outcome,
        "athlete_id": athlete_id,
        "result_id": None if again else result_id,
    }


def _present_as(row: Row, result: Row) -> str:
    return (
        "already_present" if row["athlete_name"] in (result.get("name"), result["source_name"]) else "variant_present"
    )


def ask_which_time(work: Work, athlete_id: str, rows: list[Row], question: Question | None) -> list[str]:
    """The rows stay held: which time is right is another question, asked under the import's own fingerprint."""
    races = []
    person = work.rows(
        """SELECT a.id::text AS athlete_id, a.name, a.first_name, a.last_name, a.grad_year, a.gender, a.slug,
                  a.name_key,
                  a.school_id, s.name AS school FROM public.athletes a JOIN public.schools s ON s.id = a.school_id
            WHERE a.id = %s""",
        [athlete_id],
    )[0]
    subject = dict(question.subject) if question else {key: person[key] for key in person if key != "athlete_id"}
    subject |= {"school_id": str(subject.get("school_id") or person["school_id"])}
    for race in sorted({row["race_id"] for row in rows}, key=str):
        waiting = [row for row in rows if row["race_id"] == race]
        there = work.rows(
            "SELECT id::text AS result_id, time_cs FROM public.results WHERE athlete_id = %s AND race_id = %s "
            "ORDER BY time_cs, id",
            [athlete_id, race],
        )
        said = [{"line": row["line"], "race_id": str(race), "time_cs": row["time_cs"], "place": row["place"]}
                for row in waiting]  # fmt: skip
        name = subject.get("name") or person["name"]
        text = f"{name} of {subject.get('school') or person['school']} has two times in one race: which is right?"
        keys = ("two_times", subject["school_id"], question.name_key if question else person["name_key"],
                subject.get("grad_year") or 0, subject.get("gender"), race)  # fmt: skip
        candidate = {key: person[key] for key in ("athlete_id", "name", "grad_year", "gender", "slug", "school")}
        case = _open_case(
            work,
            {
                "kind": CaseKind.TWO_TIMES,
                "fingerprint": hashlib.md5("|".join(map(str, keys)).encode(), usedforsecurity=False).hexdigest(),
                "status": "open",
                "question": text,
                "meet_id": waiting[0]["meet_id"],
                "school_id": subject["school_id"],
                "race_id": race,
                "subject": subject | {"rows": said},
                "candidates": [candidate | {"score": 1, "supports": ["a reviewer said so"], "vetoes": []}],
                "evidence": {"rows": said, "standing": there},
                "evidence_hash": "",
                "import_id": waiting[-1]["import_id"],
            },
        )
        work.update(
            "case_rows", [{"import_id": row["import_id"], "line": row["line"], "case_id": case} for row in waiting]
        )
        work.update(
            "import_rows",
            [{"import_id": row["import_id"], "line": row["line"], "athlete_id": athlete_id} for row in waiting],
        )
        races.append(text)
    return races


def _open_case(work: Work, values: Row) -> str:
    there = work.rows("SELECT id::text, version FROM importadmin.cases WHERE fingerprint = %s", [values["fingerprint"]])
    if there:
        work.update("cases", [{"id": there[0]["id"], **values, "version": there[0]["version"] + 1}])
        return str(there[0]["id"])
    moment = work.rows("SELECT clock_timestamp() AS now, importadmin.new_id() AS id")[0]
    times = {"created_at": moment["now"], "updated_at": moment["now"], "position": moment["now"], "version": 1}
    return str(work.insert("cases", [{"id": moment["id"], **values, **times}])[0]["id"])


def new_ids(work: Work, count: int) -> list[str]:
    return [
        row["id"] for row in work.rows("SELECT importadmin.new_id()::text AS id FROM generate_series(1, %s)", [count])
    ]


def _now(work: Work) -> Row:
    moment = work.rows("SELECT clock_timestamp() AS now")[0]["now"]
    return {"created_at": moment, "updated_at": moment}
