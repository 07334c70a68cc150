"""Two times in one race: keep one, both are right, or two different people of one name."""

from dataclasses import dataclass, field
from typing import Any

from importadmin.templatetags.words import race_time
from reconciliation.actions.errors import Refused
from reconciliation.deciding import site_tables
from reconciliation.deciding.given import Given, Told, demand_words
from reconciliation.deciding.identity import athlete_row, set_aside, tell_apart
from reconciliation.deciding.linking import place_rows
from reconciliation.deciding.people import count_words, new_athlete
from reconciliation.deciding.results import remove_results
from reconciliation.deciding.waiting import Question
from reconciliation.deciding.work import Row, Work
from reconciliation.models import Case

STANDING = """
    SELECT r.id::text AS result_id, r.time_cs, r.place_overall AS place, r.data_source, r.source_name
      FROM public.results r WHERE r.athlete_id = %s AND r.race_id = %s ORDER BY r.time_cs, r.id"""
HELD = """
    SELECT i.import_id, i.line, i.time_cs, i.place, i.athlete_name
      FROM importadmin.case_rows w JOIN importadmin.import_rows i USING (import_id, line)
     WHERE w.case_id = %s AND i.outcome = 'held' ORDER BY i.time_cs, i.import_id, i.line"""


@dataclass
class Time:
    """One of the times in question. `result_id`: it stands on the site; `lines`: the file's lines that say it."""

    time_cs: int
    place: int | None = None
    result_id: str = ""
    source: str = ""
    lines: list[Row] = field(default_factory=list)


def times_of(case: Case) -> list[Time]:
    """As the keys 1 to 9 count them: what stands on the site first, then the file's, each the fastest first."""
    from django.db import connection

    with connection.cursor() as cursor:
        asked = Work.rows
        reader = _Reader(cursor)
        athlete = athlete_of(case)
        standing = asked(reader, STANDING, [athlete, str(case.race_id)]) if athlete else []  # type: ignore[arg-type]
        return _times(standing, asked(reader, HELD, [str(case.pk)]))  # type: ignore[arg-type]


@dataclass
class _Reader:
    cursor: Any


def _times(standing: list[Row], held: list[Row]) -> list[Time]:
    found = [Time(row["time_cs"], row["place"], row["result_id"], row["data_source"]) for row in standing]
    by: dict[int, Time] = {}
    for row in held:
        by.setdefault(row["time_cs"], Time(row["time_cs"], row["place"], source="file")).lines.append(row)
    return found + list(by.values())


def athlete_of(case: Case) -> str:
    """Whose two times; '' while the person exists only in the file."""
    return str(case.candidates[0]["athlete_id"]) if case.candidates else ""


def keep(work: Work, question: Question, given: Given) -> Told:
    athlete, times = _look(work, question)
    if given.choice is None or not 1 <= given.choice <= len(times):
        raise Refused(f"Say which time is right: 1 to {len(times)}.")
    chosen = times[given.choice - 1]
    others = [time for time in times if time is not chosen]
    words = given.reason.strip() or f"{race_time(chosen.time_cs)} is right"
    removed = remove_results(work, [time.result_id for time in others if time.result_id], words)
    keys = {(row["import_id"], row["line"]) for time in others for row in time.lines}
    set_aside(work, [row for row in question.rows if (row["import_id"], row["line"]) in keys], words)
    if not chosen.result_id:
        rows = [row for row in question.rows if row["time_cs"] == chosen.time_cs]
        place_rows(work, athlete or new_athlete(work, question, given)["id"], rows, question)
    if athlete:
        site_tables.settle_times(work, athlete, question.case.race_id, "resolved", given.user, words)
    not_right = ", ".join(race_time(time.time_cs) for time in others)
    told = f"{race_time(chosen.time_cs)} is right for {question.subject['name']}, {not_right} is not."
    before = {"times": [race_time(time.time_cs) for time in times], "removed": [row["time_cs"] for row in removed]}
    return Told(
        told, [question.case], before=before, after={"time": race_time(chosen.time_cs)}, athlete_ids={athlete} - {""}
    )


def both(work: Work, question: Question, given: Given) -> Told:
    demand_words(given, "Say why both times are right.")
    athlete, times = _look(work, question)
    owner = athlete or new_athlete(work, question, given)["id"]
    place_rows(work, owner, question.rows, question, both=True)
    # Their row in the site's table refers to results that the database must have by now: it has, we write at once.
    site_tables.write_two_times(work, owner, question.case.race_id, given.user, given.reason)
    site_tables.settle_times(work, owner, question.case.race_id, "ignored", given.user, given.reason)
    said = " and ".join(race_time(time.time_cs) for time in times)
    told = f"{said} are both right for {question.subject['name']}. {count_words(work)}"
    return Told(told, [question.case], after={"times": said}, athlete_ids={owner})


def two_people(work: Work, question: Question, given: Given) -> Told:
    """Namesakes of one school and year: the first time is the known one's, the other somebody new's."""
    demand_words(given, "Say how you know that they are two people.")
    athlete, times = _look(work, question)
    if len(times) != 2 or (times[0].result_id and times[1].result_id):
        raise Refused("This can be answered for two times of which the file brought at least one.")
    first = athlete or new_athlete(work, question, given)["id"]
    mine = [row for row in question.rows if not times[0].result_id and row["time_cs"] == times[0].time_cs]
    place_rows(work, first, mine, question)
    second = new_athlete(work, question, given)
    place_rows(work, second["id"], [row for row in question.rows if row["time_cs"] == times[1].time_cs], question)
    tell_apart(work, [(first, second["id"])], given.reason)
    told = f"There are two of the name {question.subject['name']}. {count_words(work)}"
    return Told(told, [question.case], after={"slug": second["slug"]}, athlete_ids={first, second["id"]})


def _look(work: Work, question: Question) -> tuple[str, list[Time]]:
    case = question.case
    athlete = athlete_of(case)
    if athlete and athlete_row(work, athlete) is None:
        raise Refused("That athlete is no longer there; perhaps merged meanwhile. Please look again.")
    standing = work.rows(STANDING, [athlete, str(case.race_id)]) if athlete else []
    return athlete, _times(standing, work.rows(HELD, [str(case.pk)]))
