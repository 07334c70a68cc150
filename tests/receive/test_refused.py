"""Uploads that are refused: with the reason, and nothing of them stays in storage or in the database."""

import io
import stat
import struct
import zipfile
from typing import Any

import pytest
from django.core.files.storage import default_storage

from meets.actions import bundle_storage
from meets.actions.receive_bundle import receive
from meets.models import Bundle
from tests.bundles.helpers import HEADER, LINE, csv_bytes
from tests.receive.helpers import RESULTS, SCHOOLS, kept, refused, upload, zipped

pytestmark = pytest.mark.django_db


def test_no_results_csv() -> None:
    assert refused(upload("schools.csv", SCHOOLS)) == ["bundle.no_results"]


def test_nothing_that_is_known() -> None:
    assert refused(upload("holiday.jpg", b"\xff\xd8\xff")) == ["bundle.no_results"]


def test_one_of_several_bundles_without_results() -> None:
    data = zipped({"a/results.csv": RESULTS, "b/schools.csv": SCHOOLS})
    assert refused(upload("all.zip", data)) == ["bundle.no_results"]


def test_an_empty_results_file() -> None:
    assert refused(upload("results.csv", b"")) == ["file.empty"]


def test_a_results_file_that_is_no_csv() -> None:
    assert refused(upload("results.csv", b"%PDF-1.7\n" + bytes(1000))) == ["file.not_csv"]


def test_a_small_file_that_is_no_csv() -> None:
    assert refused(upload("results.csv", RESULTS), upload("races.csv", b"\x89PNG\r\n\x1a\n")) == ["file.not_csv"]


def test_one_line_without_end() -> None:
    assert refused(upload("results.csv", csv_bytes(HEADER) + b"x" * 3_000_000)) == ["line.too_long"]


def test_two_results_files_in_one_folder() -> None:
    assert refused(upload("m/results.csv", RESULTS), upload("m/Results.CSV", RESULTS)) == ["bundle.file_twice"]


@pytest.mark.parametrize(
    "path", ["../results.csv", "/etc/results.csv", "a/../../results.csv", "C:\\x\\results.csv", "..\\results.csv"]
)
def test_a_path_that_leaves_the_folder(path: str) -> None:
    assert refused(upload(path, RESULTS)) == ["path.leaves_folder"]


@pytest.mark.parametrize(
    "path", ["../results.csv", "/results.csv", "m/../../results.csv", "..\\results.csv", "../other.txt"]
)
def test_a_path_in_a_zip_that_leaves_the_folder(path: str) -> None:
    assert refused(upload("m.zip", zipped({"m/results.csv": RESULTS, path: RESULTS}))) == ["path.leaves_folder"]


def test_a_link_in_a_zip() -> None:
    link = zipfile.ZipInfo("m/schools.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert refused(upload("m.zip", zipped({"m/results.csv": RESULTS, "m/schools.csv": link}))) == ["path.link"]


def test_an_encrypted_zip() -> None:
    data = bytearray(zipped({"results.csv": RESULTS}))
    data[6] |= 1  # the flag in the file's own header …
    data[data.index(b"PK\x01\x02") + 8] |= 1  # … and in the directory
    assert refused(upload("m.zip", bytes(data))) == ["zip.encrypted"]


def test_a_file_that_only_calls_itself_a_zip() -> None:
    assert refused(upload("m.zip", RESULTS)) == ["zip.broken"]


def test_a_zip_that_was_cut_off() -> None:
    assert refused(upload("m.zip", zipped({"results.csv": RESULTS})[:-30])) == ["zip.broken"]


def test_a_zip_whose_bytes_were_changed() -> None:
    data = bytearray(zipped({"results.csv": csv_bytes(HEADER, *[LINE] * 50)}))
    data[60] ^= 0xFF
    assert refused(upload("m.zip", bytes(data))) == ["zip.broken"]


def test_a_zip_that_unpacks_to_far_more_than_it_is() -> None:
    assert refused(upload("m.zip", zipped({"results.csv": bytes(20_000_000)}))) == ["zip.bomb"]


def test_a_zip_that_lies_about_its_sizes(settings: Any) -> None:
    settings.IMPORTADMIN_MAX_UPLOAD_BYTES = 200_000
    data = bytearray(zipped({"results.csv": csv_bytes(HEADER, *[LINE] * 20_000)}))
    data[data.index(b"PK\x01\x02") + 24 :][:4] = struct.pack("<L", 10)
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<L", 10)
    assert refused(upload("m.zip", bytes(data))) in (["zip.broken"], ["upload.too_large"])


def test_a_zip_with_too_many_files() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(10_001):
            archive.writestr(f"m/{number}", b"")
    assert refused(upload("m.zip", buffer.getvalue())) == ["zip.too_many"]


def test_an_upload_larger_than_allowed(settings: Any) -> None:
    settings.IMPORTADMIN_MAX_UPLOAD_BYTES = 100
    assert refused(upload("results.csv", RESULTS + b"x" * 100)) == ["upload.too_large"]


def test_a_zip_larger_than_allowed_when_unpacked(settings: Any) -> None:
    data = zipped({f"m{n}/results.csv": csv_bytes(HEADER, *[f"{LINE}{i}" for i in range(1000)]) for n in range(5)})
    settings.IMPORTADMIN_MAX_UPLOAD_BYTES = 120_000
    assert len(data) < 120_000
    assert refused(upload("all.zip", data)) == ["upload.too_large"]


def test_every_reason_is_told_at_once() -> None:
    data = zipped({"a/results.csv": b"", "b/results.csv": b"%PDF", "c/results.csv": RESULTS})
    assert sorted(refused(upload("all.zip", data))) == ["file.empty", "file.not_csv"]


def test_a_refusal_leaves_no_bundle_in_the_database() -> None:
    refused(upload("all.zip", zipped({"a/results.csv": RESULTS, "b/results.csv": b""})))
    assert not Bundle.objects.exists()


def test_a_failure_of_our_own_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError("no database")

    monkeypatch.setattr(bundle_storage, "record", fail)
    with pytest.raises(RuntimeError):
        receive(uploads=[upload("results.csv", RESULTS)], user=None)
    assert (kept(), Bundle.objects.count()) == ([], 0)


def test_a_full_disk_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    real = default_storage.save

    def save(name: str, content: Any, **more: Any) -> str:
        if name.endswith("schools.csv"):
            raise OSError(28, "No space left on device")
        return real(name, content, **more)

    monkeypatch.setattr(default_storage, "save", save)
    with pytest.raises(OSError, match="No space"):
        receive(uploads=[upload("results.csv", RESULTS), upload("schools.csv", SCHOOLS)], user=None)
    assert kept() == []
