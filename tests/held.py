"""Questions as an import leaves them: held lines, each with its case, its candidate and that one's older result."""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from meets.models import Athlete, Bundle, Course, Import, ImportRow, Meet, Race, Result, School, Venue
from reconciliation.models import Case, CaseRow

ASKED = datetime(2025, 10, 12, 8, tzinfo=UTC)
# As the CSV writes them, and as the database has them.
THREE = (
    ("J. Whitlock", "Juniper Whitlock"),
    ("Dana Luis Rutledge", "Dana Rutledge"),
    ("Micky Abernathy", "Michelle Abernathy"),
)


@dataclass
class Held:
    meet: Meet
    race: Race
    older: Race
    school: School
    import_: Import
    cases: list[Case] = field(default_factory=list)

    def athlete(
        self, name: str, *, time_cs: int | None = 118_000, school: School | None = None, **fields: Any
    ) -> Athlete:
        """Somebody of the school, with a result at the older meet."""
        first, _, last = name.rpartition(" ")
        given = {"grad_year": 2027, "gender": "F", "first_name": first, "last_name": last, **fields}
        athlete = Athlete.objects.create(pk=uuid.uuid4(), name=name, school=school or self.school, **given)
        athlete.refresh_from_db()
        if time_cs is not None:
            self.result(athlete, self.older, time_cs)
        return athlete

    def result(self, athlete: Athlete, race: Race, time_cs: int, **fields: Any) -> Result:
        given = {"data_source": "athletic_net", "place_overall": 3, "source_name": athlete.name, **fields}
        return Result.objects.create(
            pk=uuid.uuid4(), athlete=athlete, meet=race.meet, race=race, time_cs=time_cs, **given
        )

    def line(self, name: str, time_cs: int, *, grade: int | None = 11, place: int | None = None) -> ImportRow:
        line = 2 + ImportRow.objects.filter(import_id=self.import_.pk).count()
        place = line if place is None else place
        return ImportRow.objects.create(
            import_id=self.import_.pk, line=line, line_last=line, outcome="held", race_id=self.race.pk,
            school_id=self.school.pk, athlete_name=name, time_cs=time_cs, place=place, grade=grade,
            raw=f"r1,{name},,,s1,{time_cs},{place},{'' if grade is None else grade},False",
        )  # fmt: skip

    def ask(
        self, name: str, *candidates: Athlete, kind: str = "name_variant", vetoes: tuple[str, ...] = (), **fields: Any
    ) -> Case:
        """One held line, and whether it speaks of one of these."""
        time_cs, grade = fields.pop("time_cs", 113_000 + 100 * len(self.cases)), fields.pop("grade", 11)
        row = self.line(name, time_cs, grade=grade)
        first, _, last = name.rpartition(" ")
        rows = [
            {
                "line": row.line,
                "race_id": str(self.race.pk),
                "time_cs": time_cs,
                "place": row.place,
                "as_written": row.raw,
            }
        ]
        subject = {
            "name": name, "first_name": first, "last_name": last, "school_id": str(self.school.pk), "gender": "F",
            "school": self.school.name, "grad_year": None if grade is None else 2038 - grade, "grade": grade,
            "rows": rows,
        }  # fmt: skip
        told = [
            {"athlete_id": str(one.pk), "name": one.name, "grad_year": one.grad_year, "gender": one.gender,
             "slug": one.slug, "school": self.school.name, "score": 0.95 - number / 10,
             "supports": ["same surname"], "vetoes": list(vetoes)}
            for number, one in enumerate(candidates)
        ]  # fmt: skip
        return self.case(
            kind, rows=[row], subject=subject, candidates=told, evidence={"rows": rows, "standing": []},
            question=f"Is {name} of {self.school.name} the same person as {told[0]['name'] if told else 'anybody'}?",
            **fields,
        )  # fmt: skip

    def pair(self, left: Athlete, right: Athlete, *, vetoes: tuple[str, ...] = ()) -> Case:
        """Whether two athletes who both exist are one."""
        subject, told = (
            {
                "athlete_id": str(one.pk),
                "name": one.name,
                "grad_year": one.grad_year,
                "gender": one.gender,
                "slug": one.slug,
            }
            for one in (left, right)
        )
        candidate = {**told, "score": 0.9, "supports": ["same name"], "vetoes": list(vetoes)}
        question = f"Are {left.name} of {left.school.name} and of {right.school.name} one person?"
        return self.case("possible_transfer", subject=subject, candidates=[candidate], question=question, meet_id=None)

    def case(self, kind: str, rows: list[ImportRow] | None = None, **fields: Any) -> Case:
        key = uuid.uuid4()
        place = {"meet_id": self.meet.pk, "school_id": self.school.pk, "import_id": self.import_.pk}
        given = {**place, "position": ASKED + timedelta(minutes=len(self.cases)), "evidence_hash": str(key), **fields}
        Case.objects.create(pk=key, kind=kind, fingerprint=str(key), **given)
        for row in rows or []:
            CaseRow.objects.create(case_id=key, import_id=self.import_.pk, line=row.line)
        found = Case.objects.get(pk=key)
        self.cases.append(found)
        return found


def held_world() -> Held:
    """A meet whose import held lines, an older meet on the same course, one school."""
    venue = Venue.objects.create(pk=uuid.uuid4(), name="Redham Fairgrounds")
    course = Course.objects.create(
        pk=uuid.uuid4(), name="Redham Loop", venue=venue, distance_meters=5000, difficulty_rating="1.14"
    )
    meets = [
        Meet.objects.create(
            pk=uuid.uuid4(), name=name, meet_date=day, season_year=day.year, venue=venue, athletic_net_id=ref
        )
        for name, day, ref in (
            ("Redham Twilight", date(2025, 10, 11), "900001"),
            ("Redham Opener", date(2025, 9, 6), "900002"),
        )
    ]
    races = [
        Race.objects.create(pk=uuid.uuid4(), meet=meet, course=course, name="Varsity", gender="F", distance_meters=5000)
        for meet in meets
    ]
    school = School.objects.create(pk=uuid.uuid4(), name="Larkspring Christian")
    bundle = Bundle.objects.create(pk=uuid.uuid4(), name="meet_900001_20251011", content_hash="0" * 64)
    import_ = Import.objects.create(
        pk=uuid.uuid4(), bundle=bundle, meet_key="an:900001", state="done", meet_id=meets[0].pk, finished_at=ASKED
    )
    return Held(meets[0], races[0], races[1], school, import_)


def three_questions() -> Held:
    """Three doubtful spellings, each with one candidate."""
    held = held_world()
    for written, known in THREE:
        held.ask(written, held.athlete(known))
    return held
