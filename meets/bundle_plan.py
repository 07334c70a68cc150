"""What the database has to say to a bundle before it is imported: open questions, and what would be new.

The questions are the import's own, asked by its own SQL in a transaction that is rolled back. Only the small files are
read; what results.csv alone can tell is asked by the import itself.
"""

from dataclasses import dataclass, field, replace
from typing import Any

import psycopg
from django.core.files.storage import default_storage

from importadmin.database import connect
from meets.actions.refused import Refused
from meets.actions.start_import import resolve_meet
from meets.bundles.problems import BadBundle
from meets.models import Bundle, Mode
from meets.pipeline.job import JobInfo
from meets.pipeline.questions import Question, race_questions, school_questions
from meets.pipeline.reading import create_tables, stage_small_files
from meets.pipeline.sqlfile import PIPELINE
from meets.pipeline.which_meet import MeetFound, find_meet

Cursor = psycopg.Cursor[Any]
SMALL_FILES = ("meets", "races", "schools")
# Nobody answers hundreds of questions on a page that was only meant to be looked at.
QUESTIONS_SHOWN = 50


@dataclass(slots=True)
class Plan:
    questions: list[Question] = field(default_factory=list)
    # (how many, of what)
    new: list[tuple[int, str]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)


def plan(bundle: Bundle) -> Plan:
    """Leaves no trace. A contradiction comes back as problems: the import would refuse it too."""
    files = {kind: bundle.files[kind] for kind in SMALL_FILES if kind in bundle.files}
    if any("format" not in found or not default_storage.exists(found["storage"]) for found in files.values()):
        return Plan()
    try:
        key, answers = resolve_meet(bundle, bundle.answers)
    except Refused as refusal:
        return Plan(problems=[problem.as_dict() for problem in refusal.problems])
    job = JobInfo(
        import_id=str(bundle.pk),
        attempt=0,
        mode=Mode.PREVIEW,
        bundle_id=str(bundle.pk),
        bundle_name=bundle.name,
        files=files,
        answers=answers,
        meet_key=key,
        meet_id=None,
        check=bundle.check_report,
    )
    conn = connect(application_name="importadmin check")
    try:
        with conn.cursor() as cur:
            return _ask(cur, job)
    except BadBundle as bad:
        return Plan(problems=[problem.as_dict() for problem in bad.problems])
    finally:
        conn.close()  # rolls back


def answers_to(bundle: Bundle, given: dict[str, str]) -> dict[str, str]:
    """Of what a form sent, the answers to this bundle's questions that are one of the choices; and the meet."""
    choices = {
        str(asked["key"]): {str(option["value"]) for option in asked["options"]} for asked in plan(bundle).questions
    }
    return {key: value for key, value in given.items() if value in choices.get(key, ()) or (key == "meet" and value)}


def _ask(cur: Cursor, job: JobInfo) -> Plan:
    """Also what is answered already is asked, with its answer: a slip can be put right until the import runs."""
    create_tables(cur)
    stage_small_files(cur, job)
    found = Plan()
    meet = find_meet(cur, replace(job, answers={}), found.questions)
    if meet is None and job.answers.get("meet"):
        meet = find_meet(cur, job, [])
    PIPELINE.run(cur, "20_schools")
    found.questions += school_questions(cur, {})
    if meet is not None and meet.id is not None:
        found.questions += _race_questions(cur, meet)
    found.questions = [
        {**asked, "answer": job.answers.get(asked["key"], "")} for asked in found.questions[:QUESTIONS_SHOWN]
    ]
    found.new = _new(cur, meet)
    return found


def _race_questions(cur: Cursor, meet: MeetFound) -> list[Question]:
    # Which course a race is on makes no difference to which race it is.
    cur.execute("CREATE TEMPORARY TABLE course_map (name_key text PRIMARY KEY, course_id uuid) ON COMMIT DROP")
    PIPELINE.run(cur, "30_races", meet_id=str(meet.id), default_course=None)
    return race_questions(cur, {})


def _new(cur: Cursor, meet: MeetFound | None) -> list[tuple[int, str]]:
    """Counted roughly: a school under another spelling is a question, not a new school."""
    cur.execute("""
        SELECT count(DISTINCT name_key) FROM b_school b
         WHERE NOT EXISTS (SELECT FROM school_candidate c WHERE c.ref = b.ref)
    """)
    schools = int((cur.fetchone() or [0])[0])
    if meet is not None and meet.id is not None:
        cur.execute(
            """SELECT count(*) FROM race_map m WHERE m.race_id IS NULL
                  AND NOT EXISTS (SELECT FROM race_by_name n WHERE n.ref = m.ref AND n.line = m.line)"""
        )
    else:
        cur.execute("SELECT count(*) FROM b_race")
    races = int((cur.fetchone() or [0])[0])
    counts = [
        (int(meet is not None and meet.id is None), "meet", "meets"),
        (races, "race", "races"),
        (schools, "school", "schools"),
    ]
    return [(count, one if count == 1 else many) for count, one, many in counts if count]
