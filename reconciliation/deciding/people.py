"""Same person, another athlete, different people, keep apart, set aside: who a CSV's person is."""

from typing import Any

from importadmin.templatetags.words import race_time
from reconciliation.actions.errors import Refused
from reconciliation.deciding import site_tables
from reconciliation.deciding.given import Given, Told, demand_reason, demand_words
from reconciliation.deciding.identity import add_alias, alias, athlete_row, create_athlete, set_aside, tell_apart
from reconciliation.deciding.linking import place_rows
from reconciliation.deciding.vetoes import row_vetoes
from reconciliation.deciding.waiting import Question
from reconciliation.deciding.work import Row, Work
from reconciliation.models import Answer, Case, CaseStatus

LEAST_YEAR, MOST_YEAR = 1966, 2035


def same(work: Work, question: Question, given: Given) -> Told:
    """*Same person* means a candidate; *another athlete* means anybody."""
    known = [str(one["athlete_id"]) for one in question.case.candidates]
    wanted = str(given.athlete_id) if given.athlete_id else (known[0] if len(known) == 1 else "")
    if not wanted:
        raise Refused(
            "Several athletes may be meant: say which one." if known else "Nobody is proposed: search for the athlete."
        )
    if given.answer in (Answer.SAME, Answer.ADD) and wanted not in known:
        raise Refused("That athlete is none of the candidates. Use “Another athlete” for somebody else.")
    athlete = athlete_row(work, wanted)
    if athlete is None:
        raise Refused("That athlete is no longer there; perhaps merged meanwhile. Please look again.")
    cases = [question.case, *(case for case in question.siblings if wanted in _candidates(case))]
    rows = rows_of(question, cases)
    vetoes = row_vetoes(wanted, question.subject, rows, question.person_key)
    demand_reason(given, vetoes)
    before = {"athlete": athlete["name"], "held": len(rows)}
    _forget_apart(work, wanted, question)
    old_name = athlete["name"]
    if given.take_spelling and question.subject["name"] != old_name:
        athlete = _respell(work, athlete, question)
    add_alias(work, athlete, question.subject, question.case.school_id, question.name_key)
    asked = place_rows(work, wanted, rows, question)
    verdict = dict.fromkeys(_candidates(question.case), site_tables.DIFFERENT) | {wanted: site_tables.SAME}
    for case in cases:
        site_tables.settle_athletes(work, case, given.user, given.reason, verdict)
    after = {"athlete": athlete["name"], "athlete_id": wanted, "results": times_written(work)}
    told = f"{question.subject['name']} of the file is {old_name}. {count_words(work)}"
    return Told(told, cases, vetoes=vetoes, before=before, after=after, athlete_ids={wanted}, new_cases=asked)


def different(work: Work, question: Question, given: Given) -> Told:
    """The CSV's person is somebody new; that and the candidates are two people, and remembered so."""
    mine = set(_candidates(question.case))
    cases = [question.case, *(case for case in question.siblings if set(_candidates(case)) <= mine)]
    rows = rows_of(question, cases)
    made = new_athlete(work, question, given) if rows else None
    pairs = [(one, key) for one in mine for key in (made["id"] if made else "", question.person_key or "") if key]
    tell_apart(work, pairs, given.reason)
    asked = place_rows(work, made["id"], rows, question) if made else []
    for case in cases:
        verdict = dict.fromkeys(mine, site_tables.DIFFERENT)
        site_tables.settle_athletes(work, case, given.user, given.reason, verdict, made["id"] if made else None)
    name = question.subject["name"]
    told = f"{name} is somebody new. {count_words(work)}" if made else f"{name} is none of the people proposed."
    after = {"athlete": name, "slug": made["slug"], "results": times_written(work)} if made else {}
    return Told(told, cases, before={"held": len(rows)}, after=after, athlete_ids=mine, new_cases=asked)


def new_athlete(work: Work, question: Question, given: Given) -> Row:
    subject = question.subject
    year = subject.get("grad_year") or given.grad_year
    if not year:
        raise Refused("The file gives no grade: say in which year the new athlete graduates.")
    if not LEAST_YEAR <= int(year) <= MOST_YEAR:
        raise Refused(f"{year} is no year to graduate in that the site takes ({LEAST_YEAR} to {MOST_YEAR}).")
    if subject.get("gender") not in ("M", "F"):
        raise Refused("The race's gender is not known, so no athlete can be created.")
    return create_athlete(work, subject, question.case.school_id, int(year), question.name_key)


def apart(work: Work, question: Question, given: Given) -> Told:
    """Two athletes of the site stay two."""
    one = str(question.subject["athlete_id"])
    others = _candidates(question.case)
    tell_apart(work, [(one, other) for other in others], given.reason)
    for other in others:
        site_tables.settle_pair(work, one, other, site_tables.DIFFERENT, given.user, given.reason)
    names = " and ".join([question.subject["name"], *(each["name"] for each in question.case.candidates)])
    return Told(f"{names} are different people.", [question.case], athlete_ids={one, *others})


def dismiss(work: Work, question: Question, given: Given) -> Told:
    demand_words(given, "Say why it is set aside: whoever looks for the line later wants to know.")
    rows = rows_of(question, [question.case])
    set_aside(work, rows, given.reason.strip())
    verdict = dict.fromkeys(_candidates(question.case), site_tables.IGNORED)
    site_tables.settle_athletes(work, question.case, given.user, given.reason, verdict)
    lines = f"{len(rows)} line{'s' if len(rows) != 1 else ''} of the file will not be added." if rows else ""
    people = {one for one in (*_candidates(question.case), question.subject.get("athlete_id")) if one}
    return Told(f"Set aside. {lines}".strip(), [question.case], CaseStatus.DISMISSED, athlete_ids=people)


def rows_of(question: Question, cases: list[Case]) -> list[Row]:
    ids = {case.pk for case in cases}
    return [row for row in question.rows if row["case_id"] in ids]


def _candidates(case: Case) -> list[str]:
    return [str(one["athlete_id"]) for one in case.candidates if one.get("athlete_id")]


def _forget_apart(work: Work, athlete_id: str, question: Question) -> None:
    """Overruled with a reason: it no longer holds. (The journal keeps it.)"""
    if question.person_key:
        left, right = sorted((athlete_id, question.person_key), key=str.encode)
        work.delete(
            "remembered_pairs",
            work.rows(
                "SELECT id FROM importadmin.remembered_pairs WHERE left_key = %s AND right_key = %s", [left, right]
            ),
        )


def _respell(work: Work, athlete: Row, question: Question) -> Row:
    subject: dict[str, Any] = question.subject
    alias(work, athlete["id"], athlete["name"])
    values = {
        "id": athlete["id"],
        "name": subject["name"],
        "first_name": subject.get("first_name") or None,
        "last_name": subject.get("last_name") or None,
    }
    return work.update("athletes", [values])[0][1]


def times_written(work: Work) -> list[str]:
    return [race_time(new["time_cs"]) for old, new in work.of("results") if new and not old]


def count_words(work: Work) -> str:
    """What became of the rows, in words."""
    written = len(times_written(work))
    outcomes = [
        new["outcome"] for old, new in work.of("import_rows") if old and new and old["outcome"] != new["outcome"]
    ]
    there = sum(outcome in ("already_present", "variant_present") for outcome in outcomes)
    pieces = [f"{written} result{'s' if written != 1 else ''} added"] if written else []
    pieces += [f"{there} line{'s' if there != 1 else ''} found there already"] if there else []
    return (", ".join(pieces) or "No result added") + "."
