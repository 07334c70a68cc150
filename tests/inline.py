"""A bundle from the upload to the end of its import, inline: the pages' own requests, the job in this process."""

import csv
import html
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from meets.jobs.run import run_import
from meets.models import Bundle, Import

FOLDER = "meet_900001_20251011"
HEADER = (
    "athletic_net_race_id,athlete_name,athlete_first_name,athlete_last_name,athlete_school_id,time_cs,"
    "place_overall,grade,needs_review"
)
ADA = "r1,Ada Lindqvist,Ada,Lindqvist,s1,93240,1,11,False"
BO = "r2,Bo Hansen,Bo,Hansen,s2,94000,2,12,False"
FILES: Mapping[str, str] = {
    "results.csv": f"{HEADER}\n{ADA}\n{BO}\n",
    "races.csv": (
        "athletic_net_race_id,meet_athletic_net_id,name,gender,distance_meters,race_type,course_name\n"
        "r1,900001,Womens Varsity,F,5000,,\nr2,900001,Mens Varsity,M,5000,,\n"
    ),
    "schools.csv": (
        "athletic_net_id,name,short_name,city,state,league\n"
        "s1,Quarry Hill,,Redham,CA,\ns2,Larkspring Christian,,Larkspring,CA,\n"
    ),
    "meets.csv": (
        "athletic_net_id,name,meet_date,venue_name,season_year,meet_type\n"
        "900001,Harbour Invitational,10/11/25,Harbour Park,2025,invitational\n"
    ),
}
MIRRORED = (
    "venues", "courses", "meets", "races", "schools", "athletes", "results", "athlete_best_times", "course_records",
    "school_hall_of_fame", "school_course_records", "potential_duplicate_athletes", "potential_duplicates",
)  # fmt: skip


def results(*lines: str, header: str = HEADER) -> str:
    return "\n".join([header, *lines]) + "\n"


def bundle_of(**changed: str | bytes | None) -> dict[str, str | bytes]:
    """The good bundle with some of its files otherwise; None leaves one out."""
    files: dict[str, str | bytes | None] = {**FILES, **{f"{kind}.csv": text for kind, text in changed.items()}}
    return {name: text for name, text in files.items() if text is not None}


def post_upload(client: Client, files: Mapping[str, str | bytes], *, as_json: bool = False) -> Any:
    uploads = [
        SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text, "text/csv")
        for name, text in files.items()
    ]
    form = {"files": uploads, "paths": [f"{FOLDER}/{name}" for name in files]}
    return client.post(reverse("upload"), form, headers={"Accept": "application/json"} if as_json else {})


def upload(client: Client, files: Mapping[str, str | bytes]) -> Bundle:
    response = post_upload(client, files)
    assert response.status_code == 302, response.content.decode()
    return Bundle.objects.latest("uploaded_at")


def import_bundle(client: Client, bundle: Bundle, *, mode: str = "import", **answers: str) -> Import:
    """Presses the check page's button and does what the worker would."""
    form = {"mode": mode, **{f"answer-{key}": value for key, value in answers.items()}}
    response = client.post(reverse("bundle-import", args=[bundle.pk]), form)
    import_ = Import.objects.latest("created_at")
    assert response.headers["Location"] == reverse("import", args=[import_.pk])
    run_import(str(import_.pk))
    import_.refresh_from_db()
    return import_


def upload_and_import(client: Client, files: Mapping[str, str | bytes], **more: Any) -> Import:
    return import_bundle(client, upload(client, files), **more)


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    here = folder / FOLDER
    here.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (here / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return here


def command(path: Path, *arguments: str) -> tuple[dict[str, Any], int]:
    out, code = io.StringIO(), 0
    try:
        call_command("import_bundle", str(path), "--json", *arguments, stdout=out)
    except SystemExit as end:
        code = int(end.code or 0)
    return json.loads(out.getvalue()), code


def snapshot(*, xmin: bool = True) -> dict[str, str]:
    """One checksum a mirrored table. With xmin, so that a row written anew with the same values shows."""
    written = "t.xmin::text || t::text" if xmin else "t::text"
    with connection.cursor() as cursor:
        found = {}
        for table in MIRRORED:
            every = f"string_agg({written}, '|' ORDER BY t::text)"
            cursor.execute(f"SELECT md5(coalesce({every}, '')) FROM public.{table} t")
            found[table] = cursor.fetchone()[0]
    return found


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


@dataclass(frozen=True)
class Expected:
    """What a problem must say wherever it is told."""

    code: str
    file: str = "results.csv"
    line: int | None = None
    column: str = ""
    value: str = ""

    def among(self, problems: Iterable[Mapping[str, Any]]) -> None:
        same = [one for one in problems if one["code"] == self.code]
        places = [(one["file"], one["line"], one["column"], one["value"]) for one in same]
        assert (self.file, self.line, self.column, self.value) in places, places or [one["code"] for one in problems]
        assert all(one["message"].endswith((".", "?")) and one["remedy"] for one in same)

    def on_page(self, page: str) -> None:
        """In one row of the page's table of problems, or one point of its list."""
        rows = [re.sub(r"<[^>]+>", "", html.unescape(row)) for row in re.split(r"<tr>|<li>", page)]
        rows = [row.replace("\xa0", " ") for row in rows]
        wanted = [self.file, f"line {self.line}" if self.line else "", self.column, self.value[:70]]
        assert any(all(text in row for text in wanted) for row in rows), [row for row in rows if self.file in row]

    def in_csv(self, text: str) -> None:
        rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
        assert any(
            row["file"] == self.file
            and row["line"] == str(self.line or "")
            and self.column in row["column"]
            and row["value"].lstrip("'").startswith(self.value[:60])
            and row["error"]
            and row["remedy"]
            for row in rows
        ), rows


def told_everywhere(client: Client, import_: Import, expected: Expected) -> None:
    """Page, CSV, JSON of the page and JSON for scripts carry the problem with its place, value and remedy."""
    from meets.report_json import report_json

    page = client.get(reverse("import", args=[import_.pk])).content.decode()
    expected.on_page(page)
    table = client.get(reverse("import-problems-csv", args=[import_.pk])).getvalue().decode()
    expected.in_csv(table)
    expected.among(client.get(reverse("import-problems-json", args=[import_.pk])).json()["problems"])
    expected.among(report_json(import_)["problems"])


def refused_everywhere(client: Client, files: Mapping[str, str | bytes], folder: Path, expected: Expected) -> None:
    """An upload that is not taken at all: the page, its JSON and the command say why, and nothing is kept."""
    before, bundles = snapshot(), count("importadmin.bundles")
    page = post_upload(client, files)
    assert page.status_code == 422
    expected.on_page(page.content.decode())
    expected.among(post_upload(client, files, as_json=True).json()["problems"])
    printed, code = command(write(folder, files))
    assert code == 1
    expected.among(printed["problems"])
    assert (snapshot(), count("importadmin.bundles")) == (before, bundles)
