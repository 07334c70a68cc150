"""One of everything that an address can be about."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User

from importadmin.models import AuditEntry
from meets.models import Athlete, Bundle, Course, Import, Meet, Race, Rebuild, RecordHold, School, Venue
from reconciliation.models import Case, Decision


@pytest.fixture
def things(alice: User) -> dict[str, Any]:
    venue = Venue.objects.create(pk=uuid.uuid4(), name="Redham Fairgrounds")
    course = Course.objects.create(pk=uuid.uuid4(), name="Redham Loop", venue=venue, distance_meters=5000)
    meet = Meet.objects.create(
        pk=uuid.uuid4(), name="Redham Twilight", meet_date=date(2025, 9, 6), season_year=2025, venue=venue
    )
    race = Race.objects.create(pk=uuid.uuid4(), meet=meet, course=course, name="Varsity", gender="F")
    school = School.objects.create(pk=uuid.uuid4(), name="Larkspring Christian")
    athlete = Athlete.objects.create(
        pk=uuid.uuid4(), name="Ana Maria Torres", school=school, grad_year=2027, gender="F"
    )
    bundle = Bundle.objects.create(pk=uuid.uuid4(), name="meet_900001_20250907", content_hash="0" * 64)
    import_ = Import.objects.create(
        pk=uuid.uuid4(), bundle=bundle, meet_key="an:900001", state="failed", failure_kind="crash", created_by=alice
    )
    case = Case.objects.create(
        pk=uuid.uuid4(), kind="similar_athlete", fingerprint="f", question="Is Ana Torres the same person?",
        meet_id=meet.pk, school_id=school.pk, race_id=race.pk, import_id=import_.pk,
        subject={"name": "Ana Torres", "grad_year": 2027, "gender": "F"},
        candidates=[{"athlete_id": str(athlete.pk), "name": athlete.name, "grad_year": 2027, "gender": "F",
                     "slug": "ana-maria-torres", "score": 0.9, "supports": ["same school"], "vetoes": []}],
    )  # fmt: skip
    decision = Decision.objects.create(
        pk=uuid.uuid4(), answer="leave", case_kind="extra_result", meet_id=meet.pk, athlete_ids=[athlete.pk],
        user_name="dana", summary="The result of Ana Maria Torres was left as it is.",
    )  # fmt: skip
    person = User.objects.create_user("frank", password="not yet known to anybody")
    rebuild = Rebuild.objects.create(pk=uuid.uuid4(), tables=["course_records"], state="waiting")
    entry = AuditEntry.objects.create(action="race.corrected", subject_table="races", subject_id=str(race.pk))
    hold = RecordHold.objects.create(pk=uuid.uuid4(), kind="race", race_id=race.pk, meet_id=meet.pk)
    return {
        "meet": meet, "course": course, "athlete": athlete, "bundle": bundle, "import": import_, "case": case,
        "person": person, "rebuild": rebuild, "hold": hold, "decision": decision, "entry": entry,
    }  # fmt: skip
