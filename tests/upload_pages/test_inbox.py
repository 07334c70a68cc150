"""The inbox: a folder whose bundles the upload page lists and can import all at once."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from meets import inbox
from meets.jobs.run import run_import
from meets.models import Bundle, Import, Meet
from tests.inline import FILES

LONG_AGO = time.time() - 3600


@pytest.fixture(autouse=True)
def _no_redis_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meets.jobs.queue.push", lambda *args: None)


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.IMPORTADMIN_INBOX = tmp_path / "to-be-processed"
    settings.IMPORTADMIN_PROCESSED = tmp_path / "processed"
    settings.IMPORTADMIN_INBOX.mkdir()
    return settings.IMPORTADMIN_INBOX


def put(folder: Path, name: str, *, age: float = 3600, **changed: str) -> Path:
    bundle = folder / name
    bundle.mkdir()
    number = name.split("_")[1]
    for file, text in {**FILES, **{f"{kind}.csv": text for kind, text in changed.items()}}.items():
        (bundle / file).write_text(text.replace("900001", number).replace("Harbour", f"Harbour {number}"))
        os.utime(bundle / file, (time.time() - age,) * 2)
    return bundle


def take(client: Client, **form: Any) -> str:
    return client.post("/imports/inbox/", form or {"all": "1"}, follow=True).content.decode()


def work() -> None:
    for pk in Import.objects.filter(state="queued").values_list("pk", flat=True):
        run_import(str(pk))


def processed(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder.parent / "processed").glob("*/*"))


def test_without_a_setting_there_is_none(alice_client: Client) -> None:
    assert "Inbox" not in alice_client.get("/imports/upload/").content.decode()


def test_the_upload_page_lists_folders_and_zips(alice_client: Client, folder: Path) -> None:
    put(folder, "meet_900001_20251011")
    (folder / "more.zip").write_bytes(b"PK")
    (folder / "notes.txt").write_text("no bundle")
    (folder / "empty").mkdir()
    listed = [entry.name for entry in alice_client.get("/imports/upload/").context["inbox"]]
    assert sorted(listed) == ["meet_900001_20251011", "more.zip"]


@pytest.mark.django_db(transaction=True)
def test_all_are_imported_at_once_and_moved_when_done(alice_client: Client, folder: Path) -> None:
    put(folder, "meet_900001_20251011")
    put(folder, "meet_900002_20251012")
    assert "2 imports have been started" in take(alice_client)
    assert processed(folder) == []
    work()
    assert set(Import.objects.values_list("state", flat=True)) == {"done"}
    assert (processed(folder), list(folder.iterdir())) == (["meet_900001_20251011", "meet_900002_20251012"], [])
    assert Meet.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_what_failed_stays(alice_client: Client, folder: Path) -> None:
    put(folder, "meet_900001_20251011", results="athlete_name,time\nAda,1\n")
    take(alice_client)
    work()
    assert (processed(folder), [path.name for path in folder.iterdir()]) == ([], ["meet_900001_20251011"])


def test_the_chosen_ones_alone_are_taken(alice_client: Client, folder: Path) -> None:
    put(folder, "meet_900001_20251011")
    put(folder, "meet_900002_20251012")
    take(alice_client, name="meet_900002_20251012")
    assert [bundle.name for bundle in Bundle.objects.all()] == ["meet_900002_20251012"]


def test_what_still_arrives_is_left_for_later(alice_client: Client, folder: Path) -> None:
    put(folder, "meet_900001_20251011", age=0)
    assert "still being written" in take(alice_client)
    assert not Bundle.objects.exists()


def test_pressing_twice_takes_it_once(alice_client: Client, folder: Path) -> None:
    put(folder, "meet_900001_20251011")
    take(alice_client)
    assert "being imported already" in take(alice_client)
    assert (Bundle.objects.count(), Import.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_another_bundle_under_an_old_name_is_not_taken_for_done(alice_client: Client, folder: Path) -> None:
    put(folder, "meet_900001_20251011")
    take(alice_client)
    work()
    put(folder, "meet_900001_20251011", age=1800)
    assert inbox.settle() == []
    assert "1 import has been started" in take(alice_client)


def test_a_bad_entry_does_not_hold_up_the_others(alice_client: Client, folder: Path) -> None:
    (folder / "broken.zip").write_bytes(b"no zip at all")
    os.utime(folder / "broken.zip", (LONG_AGO, LONG_AGO))
    put(folder, "meet_900001_20251011")
    page = take(alice_client)
    assert ("broken.zip:" in page, "1 import has been started" in page) == (True, True)


@pytest.mark.parametrize("name", ["../secret", "/etc", "nowhere", ""])
def test_nothing_outside_the_inbox_can_be_named(alice_client: Client, folder: Path, name: str) -> None:
    put(folder.parent, "secret_1")
    assert "not in the inbox" in take(alice_client, name=name)
    assert not Bundle.objects.exists()


def test_links_out_of_the_inbox_are_not_followed(alice_client: Client, folder: Path) -> None:
    outside = put(folder.parent, "meet_900009_20251011")
    (folder / "link").symlink_to(outside)
    assert alice_client.get("/imports/upload/").context["inbox"] == []


def test_a_folder_that_is_not_there_is_an_empty_inbox(alice_client: Client, folder: Path) -> None:
    folder.rmdir()
    assert alice_client.get("/imports/upload/").context["inbox"] == []


def test_who_took_it_is_in_the_audit_log(alice: User, alice_client: Client, folder: Path) -> None:
    from importadmin.models import AuditEntry

    put(folder, "meet_900001_20251011")
    take(alice_client)
    assert set(AuditEntry.objects.values_list("action", "actor")) == {
        ("bundle.received", alice.pk),
        ("import.started", alice.pk),
    }
