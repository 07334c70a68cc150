"""Writes the scraper's seven files: their headers, and how it writes a cell."""

import csv
import json
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from meets.sample.people import Person
from meets.sample.races import Race
from meets.sample.schools import School

HEADERS = {
    "results": "athletic_net_race_id,athlete_name,athlete_first_name,athlete_last_name,athlete_school_id,"
    "time_cs,place_overall,grade,needs_review",
    "athletes": "athletic_net_id,name,first_name,last_name,school_athletic_net_id,grad_year,gender,"
    "needs_review,fuzzy_match_score",
    "schools": "athletic_net_id,name,short_name,city,state,league",
    "races": "athletic_net_race_id,meet_athletic_net_id,name,gender,distance_meters,race_type,course_name",
    "meets": "athletic_net_id,name,meet_date,venue_name,season_year,meet_type",
    "courses": "athletic_net_id,name,venue_name,distance_meters,distance_display,difficulty_rating,"
    "needs_review,needs_records_scraping",
    "venues": "athletic_net_id,name,city,state,notes",
}
TRUTH_HEADER = ("line", "person", "name", "school", "grad_year", "gender", "race", "time_cs")


@dataclass(frozen=True, slots=True)
class MeetFacts:
    """The meet, its venue and its course, as meets.csv, venues.csv and courses.csv tell them."""

    ref: str
    name: str
    meet_date: str
    season: int
    venue: str
    city: str
    course: str
    distance_meters: int
    rating: str
    scraped_at: str

    @property
    def folder(self) -> str:
        return f"meet_{self.ref}_{self.scraped_at}"


class BundleWriter:
    """The seven files, open for writing in the bundle's folder, and the truth beside it."""

    def __init__(self, out: Path, meet: MeetFacts) -> None:
        self.out, self.meet = out, meet
        self.folder = out / meet.folder
        self.lines = 0
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._csv = {}
        for kind, header in HEADERS.items():
            self._csv[kind] = self._open(self.folder / f"{kind}.csv")
            self._csv[kind].writerow(header.split(","))
        self._truth = self._open(self.out / "truth.csv")
        self._truth.writerow(TRUTH_HEADER)
        meet = self.meet
        self._csv["meets"].writerow((meet.ref, meet.name, meet.meet_date, meet.venue, meet.season, "invitational"))
        display = f"{meet.distance_meters:,} Meters"
        self._csv["courses"].writerow(
            ("", meet.course, meet.venue, meet.distance_meters, display, meet.rating, "False", "False")
        )
        self._csv["venues"].writerow((f"venue_{meet.ref}", meet.venue, meet.city, "CA", ""))
        return self

    def __exit__(self, *problem: Any) -> None:
        self._stack.close()
        if problem[0] is None:
            about = {
                "meet_id": self.meet.ref,
                "meet_name": self.meet.name,
                "scraped_at": self.meet.scraped_at,
                "counts": {"results": self.lines},
            }
            text = json.dumps(about, indent=2, ensure_ascii=False) + "\n"
            (self.folder / "metadata.json").write_text(text, encoding="utf-8")

    def _open(self, path: Path) -> Any:
        handle = self._stack.enter_context(path.open("w", encoding="utf-8", newline=""))
        return csv.writer(handle, lineterminator="\n")

    def races(self, races: Iterable[Race]) -> None:
        self._csv["races"].writerows(
            (r.ref, self.meet.ref, r.name, r.gender, r.distance_meters, "", self.meet.course) for r in races
        )

    def school(self, school: School) -> None:
        self._csv["schools"].writerow((school.ref, school.name, school.short_name, school.city, "CA", school.league))

    def athlete(self, person: Person) -> None:
        """A line of athletes.csv. The scraper folds namesakes of one school: the caller leaves them out."""
        grad_year = self.meet.season + 13 - person.grade
        who = (person.name, person.first, person.last, person.school.ref, grad_year, person.gender)
        self._csv["athletes"].writerow(("", *who, "False", ""))

    def result(self, race: Race, cells: tuple[str, str, str, str, str, str], time: int | str, place: int | str) -> None:
        """`cells`: key, name, first name, last name, school id and grade of the runner."""
        key, name, first, last, school_ref, grade = cells
        self.lines += 1
        self._csv["results"].writerow((race.ref, name, first, last, school_ref, time, place, grade, "False"))
        grad_year = self.meet.season + 13 - int(grade)
        # Line 1 is the header; no made-up name holds a line break.
        self._truth.writerow((self.lines + 1, key, name, school_ref, grad_year, race.gender, race.ref, time))
