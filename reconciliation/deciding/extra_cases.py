"""The question about an extra result: in the database, not in the CSV."""

from typing import Any
from uuid import UUID

from importadmin.templatetags.words import race_time
from reconciliation.actions.errors import Refused
from reconciliation.deciding.work import Work
from reconciliation.models import CaseKind

RESULT = """
    SELECT r.id::text AS result_id, r.athlete_id::text AS athlete_id, r.meet_id, r.race_id, r.time_cs, a.name,
           a.grad_year, a.gender, a.school_id::text AS school_id, s.name AS school
      FROM public.results r JOIN public.athletes a ON a.id = r.athlete_id JOIN public.schools s ON s.id = a.school_id
     WHERE r.id = %s"""


def ask_extra(work: Work, result_id: UUID, likely: Any, again: bool = False) -> str:
    """Its case, open; '' where it was answered before and `again` is not asked for. Not journalled: no decision."""
    found = work.rows(RESULT, [str(result_id)])
    if not found:
        raise Refused("The result is no longer there.")
    result = found[0]
    there = work.rows(
        "SELECT id::text, version, status FROM importadmin.cases WHERE fingerprint = %s", [f"extra|{result_id}"]
    )
    if there and there[0]["status"] != "open" and not again:
        return ""
    moment = work.rows("SELECT clock_timestamp() AS now, importadmin.new_id()::text AS id")[0]
    line = {"line": likely.line, "name": likely.name, "time_cs": likely.time_cs} if likely else None
    values = {
        "kind": CaseKind.EXTRA_RESULT,
        "fingerprint": f"extra|{result_id}",
        "status": "open",
        "question": f"{result['name']} of {result['school']} has {race_time(result['time_cs'])} on the site, "
        "but not in the file: what is it?",
        "meet_id": result["meet_id"],
        "school_id": result["school_id"],
        "race_id": result["race_id"],
        "subject": {
            key: result[key]
            for key in ("result_id", "athlete_id", "name", "grad_year", "gender", "school_id", "school", "time_cs")
        },  # fmt: skip
        "candidates": [],
        "evidence": {"line": line},
        "evidence_hash": "",
        "updated_at": moment["now"],
    }
    if there:
        work.update("cases", [{"id": there[0]["id"], **values, "version": there[0]["version"] + 1}])
        return str(there[0]["id"])
    times = {"created_at": moment["now"], "position": moment["now"], "version": 1}
    work.insert("cases", [{"id": moment["id"], **values, **times}])
    return str(moment["id"])
