"""A small bundle as the scraper writes it, in the forms in which it is uploaded."""

import io
import zipfile
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile

from meets.actions.receive_bundle import receive
from meets.models import Bundle

FOLDER = "meet_900001_20251011"
FILES = {
    "results.csv": (
        "athletic_net_race_id,athlete_name,athlete_first_name,athlete_last_name,athlete_school_id,time_cs,"
        "place_overall,grade,needs_review\n"
        "r1,Ada Lindqvist,Ada,Lindqvist,s1,93240,1,11,False\n"
        "r1,Bo Hansen,Bo,Hansen,s2,94000,2,12,False\n"
        "r1,Cy Okafor,Cy,Okafor,s2,DNF,,10,False\n"
    ),
    "races.csv": (
        "athletic_net_race_id,meet_athletic_net_id,name,gender,distance_meters,race_type\n"
        "r1,900001,Mens 5000 Meters Varsity,M,5000,Varsity\n"
    ),
    "schools.csv": (
        "athletic_net_id,name,short_name,city,state,league\n"
        "s1,Quarry Hill,,Redham,CA,\n"
        "s2,Larkspring Christian,,Larkspring,CA,\n"
    ),
    "meets.csv": (
        "athletic_net_id,name,meet_date,venue_name,season_year,meet_type\n"
        "900001,Harbour Invitational,10/11/25,Harbour Park,2025,invitational\n"
    ),
}


def upload_of(name: str, text: str | bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text, "text/csv")


def zip_of(*folders: str, files: dict[str, str] = FILES) -> SimpleUploadedFile:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for folder in folders:
            for name, text in files.items():
                archive.writestr(f"{folder}/{name}", text.replace("900001", folder.split("_")[1]))
    return SimpleUploadedFile("bundle.zip", buffer.getvalue(), "application/zip")


@pytest.fixture
def received(alice: User) -> Callable[..., Bundle]:
    """A bundle that alice uploaded, with some of its files otherwise."""

    def make(**files: str | None) -> Bundle:
        given = {**FILES, **{f"{kind}.csv": text for kind, text in files.items()}}
        uploads = [(f"{FOLDER}/{name}", upload_of(name, text)) for name, text in given.items() if text is not None]
        return receive(uploads=uploads, user=alice)[0]

    return make
