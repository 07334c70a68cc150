"""Resolve: which meet, schools, races and athletes the staged lines speak of. Ends in the table `verdict`."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb

from meets.bundles.format import FileFormat
from meets.pipeline import ports
from meets.pipeline.errors import NeedsAnswer
from meets.pipeline.job import JobInfo
from meets.pipeline.places import write_courses, write_meet
from meets.pipeline.questions import answers_of, race_questions, school_questions
from meets.pipeline.sqlfile import PIPELINE
from meets.pipeline.which_meet import MeetFound, find_meet

Cursor = psycopg.Cursor[Any]


@dataclass(slots=True)
class Resolved:
    meet: MeetFound
    new_meet: bool

    @property
    def meet_id(self) -> str:
        return str(self.meet.id)


def resolve(cur: Cursor, job: JobInfo) -> Resolved:
    """Raises NeedsAnswer with every open question at once, BadBundle on a contradiction."""
    questions: list[dict[str, Any]] = []
    meet = find_meet(cur, job, questions)
    PIPELINE.run(cur, "20_schools")
    questions += school_questions(cur, job.answers)
    if questions or meet is None:
        raise NeedsAnswer(questions)
    new_meet = meet.id is None
    meet_id = write_meet(cur, job, meet)
    schools = Jsonb(answers_of(job.answers, "school"))
    PIPELINE.run(cur, "22_school_map", import_id=job.import_id, answers=schools)
    PIPELINE.run(cur, "23_school_aliases", answers=schools)
    _races(cur, job, meet)
    _people(cur, job, meet, meet_id)
    return Resolved(meet, new_meet)


def _races(cur: Cursor, job: JobInfo, meet: MeetFound) -> None:
    default_course = write_courses(cur, job, meet)
    PIPELINE.run(cur, "30_races", meet_id=str(meet.id), default_course=default_course)
    if questions := race_questions(cur, job.answers):
        raise NeedsAnswer(questions)
    answers = Jsonb(answers_of(job.answers, "race"))
    PIPELINE.run(cur, "31_race_map", meet_id=str(meet.id), import_id=job.import_id, answers=answers)
    # Filling a course in moves results of other imports between records: the triggers see to those.
    cur.execute("SET LOCAL importadmin.bulk = 'off'")
    PIPELINE.run(cur, "32_race_fill", import_id=job.import_id)
    cur.execute("SET LOCAL importadmin.bulk = 'on'")
    PIPELINE.run(cur, "33_race_distances")


def _people(cur: Cursor, job: JobInfo, meet: MeetFound, meet_id: UUID) -> None:
    # Problems name file and columns as the bundle writes them.
    form = FileFormat.from_json(job.files["results"]["format"])
    PIPELINE.run(
        cur,
        "40_lines",
        season_year=meet.season_year,
        file=form.name,
        race_column=form.header_of("athletic_net_race_id"),
        school_column=form.header_of("athlete_school_id"),
        grade_column=form.header_of("grade"),
    )
    PIPELINE.run(cur, "41_present", meet_id=str(meet_id))
    PIPELINE.run(cur, "42_persons", meet_id=str(meet_id), meet_date=meet.meet_date, venue_id=meet.venue_id)
    ports.matcher().match(cur)
    PIPELINE.run(cur, "45_slugs")
    PIPELINE.run(cur, "50_verdict")
