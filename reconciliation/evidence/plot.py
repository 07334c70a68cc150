"""The time line as a small drawing: when somebody ran, and how fast for the course.

Whether one person's marks continue another's is seen at a glance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from importadmin.templatetags.words import day, race_time
from reconciliation.evidence.timeline import Run

WIDTH, HEIGHT, EDGE = 720.0, 120.0, 12.0


@dataclass(frozen=True)
class Mark:
    person: int
    x: float
    y: float
    title: str


@dataclass(frozen=True)
class Season:
    label: str
    x: float


@dataclass(frozen=True)
class Plot:
    marks: list[Mark]
    seasons: list[Season]
    fastest_cs: int
    slowest_cs: int
    width: float = WIDTH
    height: float = HEIGHT


def plot_of(runs: Sequence[Run]) -> Plot | None:
    """None when fewer than two runs have a date and a normalised time: one mark says nothing."""
    drawn = [(run, run.meet_date, run.normalized_time_cs) for run in runs if run.meet_date and run.normalized_time_cs]
    if len(drawn) < 2:
        return None
    days = [when.toordinal() for _run, when, _time in drawn if when]
    times = [time for _run, _when, time in drawn if time]
    first, span = min(days), max(max(days) - min(days), 1)
    fastest, slowest = min(times), max(times)
    marks = [
        Mark(
            run.person,
            _at(when.toordinal(), first, span, WIDTH),
            _at(time, fastest, max(slowest - fastest, 1), HEIGHT),
            f"{day(when)}, {run.meet}: {race_time(run.time_cs)}, normalised mile {race_time(time)}",
        )
        for run, when, time in drawn
        if when and time
    ]
    years = range(date.fromordinal(first).year, date.fromordinal(max(days)).year + 1)
    # A year is written where its season begins, or at the edge when it began before.
    seasons = [
        Season(str(year), _at(max(date(year, 8, 15).toordinal(), first), first, span, WIDTH))
        for year in years
        if date(year, 8, 15).toordinal() <= max(days)
    ]
    return Plot(marks, seasons, fastest, slowest)


def _at(value: int, least: int, span: int, length: float) -> float:
    """Faster times stand higher, later days further right."""
    return round(EDGE + (length - 2 * EDGE) * (value - least) / span, 1)
