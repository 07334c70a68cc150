"""A small meet made by hand: a CSV side and a database side, one row at a time."""

import datetime
from typing import Any

import pytest
from django.db import connection

from meets.models import Athlete, Bundle, Import, ImportRow, Meet, Outcome, Race, Result, School, State
from reconciliation.compare.summary import SqlComparer, before_and_after


class SmallMeet:
    def __init__(self) -> None:
        self.meet = Meet.objects.create(
            name="Harbour Invitational",
            meet_date=datetime.date(2025, 10, 11),
            season_year=2025,
            athletic_net_id="900001",
        )
        self.meet.refresh_from_db()
        self.school = School.objects.create(name="Quarry Hill")
        self.race = self.add_race("Mens Varsity")
        bundle = Bundle.objects.create(name="meet_900001_20251011", content_hash="0" * 64)
        self.import_ = Import.objects.create(
            bundle=bundle, meet_key="an:900001", meet_id=self.meet.pk, state=State.DONE
        )
        self.import_.refresh_from_db()
        self.last_line = 1

    def add_race(self, name: str, gender: str = "M") -> Race:
        return Race.objects.create(meet=self.meet, name=name, gender=gender, distance_meters=5000)

    def athlete(self, name: str, **fields: Any) -> Athlete:
        made = Athlete.objects.create(
            **{"school": self.school, "name": name, "grad_year": 2026, "gender": "M", **fields}
        )
        made.refresh_from_db()
        return made

    def result(self, who: str | Athlete, time_cs: int = 95_000, **fields: Any) -> Result:
        athlete = self.athlete(who, slug=_slug()) if isinstance(who, str) else who
        defaults = {"meet": self.meet, "race": self.race, "data_source": "athletic_net"}
        return Result.objects.create(athlete=athlete, time_cs=time_cs, **{**defaults, **fields})

    def line(
        self, name: str, time_cs: int | None = 95_000, outcome: str = Outcome.ALREADY_PRESENT, **fields: Any
    ) -> ImportRow:
        self.last_line += 1
        defaults = {"race_id": self.race.pk, "grade": 12, "school_id": self.school.pk, "raw": name}
        place = {"line": self.last_line, "line_last": self.last_line, "import_id": self.import_.pk}
        return ImportRow.objects.create(
            athlete_name=name, time_cs=time_cs, outcome=outcome, **{**place, **defaults, **fields}
        )

    def both(self, name: str, time_cs: int = 95_000, **fields: Any) -> None:
        """The same on either side."""
        self.line(name, time_cs)
        self.result(name, time_cs, **fields)

    def summary(self) -> dict[str, Any]:
        with connection.cursor() as cursor:
            return SqlComparer().summary(cursor, meet_id=str(self.meet.pk), import_id=str(self.import_.pk))

    def strict(self) -> tuple[int, int]:
        figures = self._figures()
        return figures.strict_missing, figures.strict_extra

    def folded(self) -> tuple[int, int]:
        figures = self._figures()
        return figures.folded_missing, figures.folded_extra

    def _figures(self) -> Any:
        with connection.cursor() as cursor:
            return before_and_after(cursor, str(self.meet.pk), str(self.import_.pk))[1]


_slugs = iter(range(10**9))


def _slug() -> str:
    return f"made-up-{next(_slugs)}"


@pytest.fixture
def small(db: None) -> SmallMeet:
    return SmallMeet()
