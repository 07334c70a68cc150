"""A small world to show: a meet of two races, an athlete with two results, an import that held one line back."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User

from meets.models import Athlete, Bundle, Course, Import, ImportRow, Meet, Race, Result, School, Venue
from reconciliation.models import Case, CaseRow


@dataclass
class World:
    venue: Venue
    course: Course
    meet: Meet
    race: Race
    school: School
    athlete: Athlete


@pytest.fixture
def make_meet(db: None) -> Callable[..., Meet]:
    def make(name: str = "Redham Twilight", **fields: Any) -> Meet:
        given = {"meet_date": date(2025, 9, 6), "season_year": 2025, **fields}
        return Meet.objects.create(pk=uuid.uuid4(), name=name, **given)

    return make


@pytest.fixture
def make_result(db: None) -> Callable[..., Result]:
    def make(athlete: Athlete, race: Race, time_cs: int, **fields: Any) -> Result:
        return Result.objects.create(
            pk=uuid.uuid4(),
            athlete=athlete,
            meet=race.meet,
            race=race,
            time_cs=time_cs,
            data_source="athletic_net",
            **fields,
        )

    return make


@pytest.fixture
def make_athlete(db: None) -> Callable[..., Athlete]:
    def make(name: str, school: School, **fields: Any) -> Athlete:
        athlete = Athlete.objects.create(
            pk=uuid.uuid4(), name=name, school=school, **{"grad_year": 2027, "gender": "F", **fields}
        )
        athlete.refresh_from_db()
        return athlete

    return make


@pytest.fixture
def world(
    make_meet: Callable[..., Meet], make_athlete: Callable[..., Athlete], make_result: Callable[..., Result]
) -> World:
    venue = Venue.objects.create(pk=uuid.uuid4(), name="Redham Fairgrounds")
    course = Course.objects.create(pk=uuid.uuid4(), name="Redham Loop", venue=venue, distance_meters=5000)
    meet = make_meet(venue=venue, athletic_net_id="900001")
    race = Race.objects.create(
        pk=uuid.uuid4(), meet=meet, course=course, name="Varsity", gender="F", distance_meters=5000
    )
    school = School.objects.create(pk=uuid.uuid4(), name="Larkspring Christian")
    athlete = make_athlete("Ana María Torres", school)
    make_result(athlete, race, 112_340, place_overall=3, source_name="ANA MARIA TORRES")
    meet.refresh_from_db()
    return World(venue, course, meet, race, school, athlete)


@pytest.fixture
def make_import(alice: User) -> Callable[..., Import]:
    def make(**fields: Any) -> Import:
        bundle = fields.pop("bundle", None) or Bundle.objects.create(
            pk=uuid.uuid4(), name="meet_900001_20250907", content_hash="0" * 64
        )
        given = {"meet_key": f"an:{uuid.uuid4()}", "state": "done", "created_by": alice, **fields}
        return Import.objects.create(pk=uuid.uuid4(), bundle=bundle, **given)

    return make


@pytest.fixture
def make_case(world: World, make_import: Callable[..., Import]) -> Callable[..., Case]:
    """A case about one held line of 18:50.00."""

    def make(line: int = 12, **fields: Any) -> Case:
        import_ = fields.pop("of_import", None) or make_import(
            meet_id=world.meet.pk, lines=2, outcomes={"already_present": 1, "held": 1}
        )
        candidate = {
            "athlete_id": str(world.athlete.pk),
            "name": world.athlete.name,
            "grad_year": 2027,
            "gender": "F",
            "slug": world.athlete.slug,
            "score": 0.9,
            "supports": ["same school"],
            "vetoes": [],
        }
        given = {
            "kind": "similar_athlete",
            "fingerprint": str(uuid.uuid4()),
            "question": "Is Ana Torres the same person as Ana María Torres?",
            "subject": {"name": "Ana Torres", "grad_year": 2028, "gender": "F", "grade": 10},
            "candidates": [candidate],
            **fields,
        }
        case = Case.objects.create(
            pk=uuid.uuid4(),
            meet_id=world.meet.pk,
            school_id=world.school.pk,
            race_id=world.race.pk,
            import_id=import_.pk,
            **given,
        )
        ImportRow.objects.create(
            import_id=import_.pk,
            line=line,
            line_last=line,
            outcome="held",
            race_id=world.race.pk,
            athlete_name="Ana Torres",
            time_cs=113_000,
            raw="77,Ana Torres,,,school_larkspring,113000,4,10,false",
        )
        CaseRow.objects.create(case=case, import_id=import_.pk, line=line)
        return case

    return make
