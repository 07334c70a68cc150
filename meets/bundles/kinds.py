"""The kinds of file in a bundle, their columns, and the other names under which those are known."""

import re
from collections.abc import Mapping

RESULTS, ATHLETES, SCHOOLS, RACES = "results", "athletes", "schools", "races"
MEETS, COURSES, VENUES, METADATA = "meets", "courses", "venues", "metadata"
KINDS = (RESULTS, ATHLETES, SCHOOLS, RACES, MEETS, COURSES, VENUES)

FILE_NAMES: Mapping[str, str] = {f"{kind}.csv": kind for kind in KINDS} | {
    "meet.csv": MEETS,
    "metadata.json": METADATA,
}

FIELDS: Mapping[str, tuple[str, ...]] = {
    RESULTS: (
        "athletic_net_race_id",
        "athlete_name",
        "athlete_first_name",
        "athlete_last_name",
        "athlete_school_id",
        "time_cs",
        "place_overall",
        "grade",
        "needs_review",
        # The older form of the file.
        "athletic_net_athlete_id",
        "grad_year",
        "gender",
        "data_source",
        "meet_athletic_net_id",
    ),
    ATHLETES: (
        "athletic_net_id",
        "name",
        "first_name",
        "last_name",
        "school_athletic_net_id",
        "grad_year",
        "gender",
        "needs_review",
        "fuzzy_match_score",
    ),
    SCHOOLS: ("athletic_net_id", "name", "short_name", "city", "state", "league"),
    RACES: (
        "athletic_net_race_id",
        "meet_athletic_net_id",
        "name",
        "gender",
        "distance_meters",
        "race_type",
        "course_name",
        "division",
    ),
    MEETS: (
        "athletic_net_id",
        "name",
        "meet_date",
        "venue_name",
        "season_year",
        "meet_type",
        "course_name",
        "athletic_net_url",
    ),
    COURSES: (
        "athletic_net_id",
        "name",
        "venue_name",
        "distance_meters",
        "distance_display",
        "difficulty_rating",
        "needs_review",
        "needs_records_scraping",
    ),
    VENUES: ("athletic_net_id", "name", "city", "state", "notes"),
}

# Each inner tuple: one of these must be there. A name may also come in two halves (see results.py).
REQUIRED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    RESULTS: (
        ("athletic_net_race_id",),
        ("athlete_name", "athlete_last_name"),
        ("athlete_school_id",),
        ("time_cs",),
    ),
    ATHLETES: (("name", "last_name"), ("school_athletic_net_id",)),
    SCHOOLS: (("athletic_net_id",), ("name",)),
    RACES: (("athletic_net_race_id",), ("name",)),
    MEETS: (("name",), ("meet_date",)),
    COURSES: (("name",),),
    VENUES: (("name",),),
}

# Not needed, but the import can say less without them.
WANTED: Mapping[str, Mapping[str, str]] = {
    RESULTS: {"place_overall": "results come in without a place"},
    RACES: {"gender": "a race that the site doesn't have yet is left out"},
}

ALIASES: Mapping[str, Mapping[str, str]] = {
    RESULTS: {
        "race_athletic_net_id": "athletic_net_race_id",
        "school_athletic_net_id": "athlete_school_id",
        "athletic_net_school_id": "athlete_school_id",
        "athlete_school_athletic_net_id": "athlete_school_id",
        "athlete_athletic_net_id": "athletic_net_athlete_id",
        "athletic_net_meet_id": "meet_athletic_net_id",
        "first_name": "athlete_first_name",
        "last_name": "athlete_last_name",
        "place": "place_overall",
        "graduation_year": "grad_year",
    },
    ATHLETES: {
        "athletic_net_athlete_id": "athletic_net_id",
        "athlete_athletic_net_id": "athletic_net_id",
        "athletic_net_school_id": "school_athletic_net_id",
        "athlete_name": "name",
        "athlete_first_name": "first_name",
        "athlete_last_name": "last_name",
        "graduation_year": "grad_year",
    },
    SCHOOLS: {
        "athletic_net_school_id": "athletic_net_id",
        "school_athletic_net_id": "athletic_net_id",
        "school_name": "name",
    },
    RACES: {
        "race_athletic_net_id": "athletic_net_race_id",
        "athletic_net_meet_id": "meet_athletic_net_id",
        "race_name": "name",
        "distance_m": "distance_meters",
        "distance": "distance_meters",
    },
    MEETS: {
        "athletic_net_meet_id": "athletic_net_id",
        "meet_athletic_net_id": "athletic_net_id",
        "meet_name": "name",
        "date": "meet_date",
        "season": "season_year",
        "venue": "venue_name",
        "course": "course_name",
    },
    COURSES: {
        "athletic_net_course_id": "athletic_net_id",
        "course_name": "name",
        "venue": "venue_name",
        "distance_m": "distance_meters",
        "distance": "distance_meters",
    },
    VENUES: {"athletic_net_venue_id": "athletic_net_id", "venue_name": "name"},
}

_MEET_FOLDER = re.compile(r"^meet_([A-Za-z0-9-]+)_(.+)$", re.IGNORECASE)


def kind_of(file_name: str) -> str | None:
    """The kind that a file's name tells, whatever its case and folder; None for a file that is no part of a bundle."""
    return FILE_NAMES.get(file_name.replace("\\", "/").rsplit("/", 1)[-1].strip().lower())


def meet_id_of(folder: str) -> str:
    """The meet's id out of a folder name such as `meet_254378_20251011`, or ''."""
    match = _MEET_FOLDER.match(folder)
    return match.group(1) if match else ""


def normal_header(header: str) -> str:
    """A header without what typing it by hand changes: case, blanks, hyphens, a byte order mark."""
    return re.sub(r"[^a-z0-9]+", "_", header.replace("\ufeff", "").strip().lower()).strip("_")


def known_field(kind: str, header: str) -> str | None:
    """The field that a header stands for without asking anybody."""
    name = normal_header(header)
    if name in FIELDS[kind]:
        return name
    return ALIASES[kind].get(name)
