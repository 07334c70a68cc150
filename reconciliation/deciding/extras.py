"""Extra results: in the database, not in the CSV. Same result under another spelling, remove, leave."""

from typing import Any

from importadmin.templatetags.words import race_time
from reconciliation.actions.errors import Refused
from reconciliation.deciding.given import Given, Told, demand_words
from reconciliation.deciding.identity import alias, athlete_row
from reconciliation.deciding.results import remove_results
from reconciliation.deciding.waiting import Question
from reconciliation.deciding.work import Row, Work

# The same finish as another spelling wrote it: lines of that race and time which no living result answers.
LINES = """
    SELECT i.import_id, i.line, i.athlete_name, i.outcome
      FROM importadmin.import_rows i JOIN importadmin.imports m ON m.id = i.import_id
     WHERE m.meet_id = %s AND m.state = 'done' AND i.race_id = %s AND i.time_cs = %s AND i.athlete_name = %s
       AND (i.outcome = 'held' OR i.outcome IN ('inserted', 'already_present', 'variant_present')
            AND NOT EXISTS (SELECT FROM public.results r WHERE r.id = i.result_id))
     ORDER BY i.import_id, i.line FOR UPDATE OF i"""


def spelling(work: Work, question: Question, given: Given) -> Told:
    """The result takes the line's spelling as its source name, and the athlete is known under it."""
    result, name = _result(work, question), (question.case.evidence.get("line") or {}).get("name")
    if not name:
        raise Refused("No line of the file is likely to be this result; choose the line first.")
    lines = work.rows(LINES, [str(result["meet_id"]), str(result["race_id"]), result["time_cs"], name])
    if not lines:
        raise Refused("The line is no longer without a result. Please look again.")
    old = work.update("results", [{"id": result["id"], "source_name": name}])[0][0]
    alias(work, result["athlete_id"], name)
    seen: set[str] = set()
    first = [line for line in lines if not (str(line["import_id"]) in seen or seen.add(str(line["import_id"])))]  # type: ignore[func-returns-value]
    work.update(
        "import_rows",
        [
            {
                "import_id": line["import_id"],
                "line": line["line"],
                "outcome": "variant_present",
                "athlete_id": result["athlete_id"],
                "result_id": result["id"],
            }  # fmt: skip
            for line in first
        ],
    )
    _drop_questions(work, first)
    told = f"{name} of the file is {result['name']}: the same result, spelled otherwise."
    before, after = {"source_name": old["source_name"]}, {"source_name": name}
    return Told(told, [question.case], before=before, after=after, athlete_ids={str(result["athlete_id"])})


def remove(work: Work, question: Question, given: Given) -> Told:
    demand_words(given, "Say why the result is removed.")
    result = _result(work, question)
    remove_results(work, [str(result["id"])], given.reason.strip())
    told = f"The result {race_time(result['time_cs'])} of {result['name']} was removed."
    before = {"result": {"time_cs": result["time_cs"], "athlete": result["name"], "place": result["place_overall"]}}
    return Told(told, [question.case], before=before, athlete_ids={str(result["athlete_id"])})


def leave(work: Work, question: Question, given: Given) -> Told:
    result = _result(work, question)
    told = f"The result {race_time(result['time_cs'])} of {result['name']} stays, though the file does not have it."
    return Told(told, [question.case], athlete_ids={str(result["athlete_id"])})


def _result(work: Work, question: Question) -> Row:
    found = work.rows(
        """SELECT r.*, a.name FROM public.results r JOIN public.athletes a ON a.id = r.athlete_id
            WHERE r.id = %s FOR UPDATE OF r""",
        [str(question.subject.get("result_id") or "00000000-0000-0000-0000-000000000000")],
    )
    if not found or athlete_row(work, found[0]["athlete_id"]) is None:
        raise Refused("The result is no longer there.")
    return found[0]


def _drop_questions(work: Work, lines: list[Any]) -> None:
    """A question that has no waiting line left needs no answer."""
    keys = [str(line["import_id"]) for line in lines], [line["line"] for line in lines]
    empty = work.rows(
        """SELECT DISTINCT c.id::text FROM importadmin.cases c JOIN importadmin.case_rows w ON w.case_id = c.id
             JOIN unnest(%s::uuid[], %s::int[]) AS g (import_id, line) ON (w.import_id, w.line) = (g.import_id, g.line)
            WHERE c.status = 'open' AND NOT EXISTS (
                SELECT FROM importadmin.case_rows o JOIN importadmin.import_rows i USING (import_id, line)
                 WHERE o.case_id = c.id AND i.outcome = 'held')""",
        keys,
    )
    work.update("cases", [{**row, "status": "obsolete"} for row in empty])
