"""A small import to look at: six lines of a made-up meet, one for nearly every outcome."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from meets.models import (
    Athlete,
    Bundle,
    Import,
    ImportProblem,
    ImportRow,
    Meet,
    Outcome,
    Race,
    School,
    Stage,
    State,
)

HEADER = ["athletic_net_race_id", "athlete_name", "athlete_school_id", "time_cs", "place_overall", "grade"]


@pytest.fixture
def bundle(db: None) -> Bundle:
    return Bundle.objects.create(
        name="meet_900001_20251011",
        content_hash="0" * 64,
        size_bytes=1200,
        files={
            "results": {
                "name": "results.csv",
                "size": 1200,
                "format": {"header": HEADER, "delimiter": ",", "encoding": "utf-8"},
            }
        },
    )


@pytest.fixture
def meet(db: None) -> Meet:
    return Meet.objects.create(
        name="Harbour Invitational", meet_date=datetime.date(2025, 10, 11), season_year=2025, athletic_net_id="900001"
    )


@pytest.fixture
def race(meet: Meet) -> Race:
    return Race.objects.create(meet=meet, name="Mens Varsity", gender="M", distance_meters=5000)


@pytest.fixture
def athlete(db: None) -> Athlete:
    school = School.objects.create(name="Quarry Hill")
    return Athlete.objects.create(school=school, name="Ada Lindqvist", grad_year=2026, gender="F")


@pytest.fixture
def make_import(bundle: Bundle) -> Callable[..., Import]:
    def make(**fields: Any) -> Import:
        import_ = Import.objects.create(**{"bundle": bundle, "meet_key": "an:900001", **fields})
        import_.refresh_from_db()
        return import_

    return make


@pytest.fixture
def done(make_import: Callable[..., Import], meet: Meet, race: Race, athlete: Athlete) -> Import:
    """Six lines: two added, one there already, one held, one without a time, one to repair."""
    outcomes = {"inserted": 2, "already_present": 1, "held": 1, "skipped": 1, "rejected": 1}
    import_ = make_import(
        meet_id=meet.pk,
        state=State.DONE,
        stage=Stage.FINISH,
        stages=[{"name": name, "seconds": 0.1, "rows": 6} for name in Stage.values],
        outcomes=outcomes,
        lines=6,
        seconds=0.8,
        peak_rss_mb=91.5,
        attempt=1,
    )
    kinds = [Outcome.INSERTED, Outcome.INSERTED, Outcome.ALREADY_PRESENT, Outcome.HELD]
    kinds += [Outcome.SKIPPED, Outcome.REJECTED]
    ImportRow.objects.bulk_create(
        make_row(import_, line, outcome, race, athlete if outcome == Outcome.INSERTED else None)
        for line, outcome in enumerate(kinds, start=2)
    )
    ImportProblem.objects.create(
        import_id=import_.pk,
        code="bad_time",
        file="results.csv",
        line=7,
        line_last=7,
        column="time_cs",
        value="=1+1",
        message="“=1+1” is no time.",
        remedy="Write it as 15:32.4 or in hundredths of a second.",
    )
    return import_


def make_row(
    import_: Import, line: int, outcome: str, race: Race | None = None, athlete: Athlete | None = None, **fields: Any
) -> ImportRow:
    timed = outcome not in (Outcome.SKIPPED, Outcome.REJECTED)
    return ImportRow(
        **{
            "import_id": import_.pk,
            "line": line,
            "line_last": line,
            "outcome": outcome,
            "race_id": race.pk if race else None,
            "athlete_id": athlete.pk if athlete else None,
            "athlete_name": f"Runner {line}",
            "time_cs": 93_240 + line if timed else None,
            "place": line if timed else None,
            "grade": 11,
            "raw": f"r1,Runner {line},s1,{'=1+1' if outcome == Outcome.REJECTED else 93_240 + line},{line},11",
            **fields,
        }
    )
