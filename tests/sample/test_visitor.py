"""The demo's visitor against the real pages."""

from pathlib import Path
from typing import Any

import pytest

from meets.management.commands.load_reference import zipped
from meets.models import Bundle, Import
from meets.sample.accounts import ensure_cast
from meets.sample.bundle import make_bundle
from meets.sample.visitor import UnexpectedPageError, Visitor

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "once upon a time"


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return zipped(make_bundle(tmp_path, results=40, races=2, schools=3, seed=1))


@pytest.fixture
def visitor(live_server: Any) -> Visitor:
    ensure_cast(PASSWORD)
    return Visitor(live_server.url)


def test_alice_uploads_and_starts_an_import(visitor: Visitor, bundle: Path) -> None:
    visitor.sign_in("alice", PASSWORD)
    page = visitor.start_import(visitor.upload(bundle))
    started = Import.objects.get()
    assert page == f"imports/{started.pk}/"
    assert started.created_by is not None and started.created_by.username == "alice"


def test_a_wrong_password_is_said(visitor: Visitor) -> None:
    with pytest.raises(UnexpectedPageError, match="alice could not sign in"):
        visitor.sign_in("alice", "open sesame")


def test_a_refused_upload_is_said(visitor: Visitor, tmp_path: Path) -> None:
    visitor.sign_in("alice", PASSWORD)
    (tmp_path / "holiday.zip").write_bytes(b"no archive at all")
    with pytest.raises(UnexpectedPageError, match="422"):
        visitor.upload(tmp_path / "holiday.zip")
    assert not Bundle.objects.exists()


def test_a_second_import_at_once_is_said(visitor: Visitor, bundle: Path) -> None:
    visitor.sign_in("alice", PASSWORD)
    visitor.start_import(visitor.upload(bundle))
    with pytest.raises(UnexpectedPageError, match="already being imported"):
        visitor.start_import(visitor.upload(bundle))


def test_waiting_without_a_worker_ends(visitor: Visitor, bundle: Path) -> None:
    visitor.sign_in("alice", PASSWORD)
    page = visitor.start_import(visitor.upload(bundle))
    with pytest.raises(UnexpectedPageError, match="worker"):
        visitor.wait_for(page, timeout=0.1)


def test_only_web_addresses_are_visited() -> None:
    with pytest.raises(UnexpectedPageError, match="no web address"):
        Visitor("file:///somewhere")
