"""Every form in which a bundle may come."""

import hashlib
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import default_storage

from importadmin.models import AuditEntry
from meets.actions.receive_bundle import check_again, receive, receive_path
from meets.bundles.format import FileFormat
from meets.bundles.problems import BadBundle
from meets.bundles.results import read_results
from meets.models import Bundle, HeaderMapping, Import
from tests.bundles.helpers import HEADER, LINE, csv_bytes
from tests.receive.helpers import RESULTS, SCHOOLS, kept, upload, zipped

pytestmark = pytest.mark.django_db


def test_loose_files_become_one_bundle(alice: User) -> None:
    (bundle,) = receive(uploads=[upload("results.csv", RESULTS), upload("schools.csv", SCHOOLS)], user=alice)
    assert (sorted(bundle.files), bundle.uploaded_by) == (["results", "schools"], alice)


def test_a_dropped_folder_gives_its_name_and_meet() -> None:
    (bundle,) = receive(uploads=[upload("meet_254378_20251011/results.csv", RESULTS)], user=None)
    assert (bundle.name, bundle.check_report["meet"]["athletic_net_id"]) == ("meet_254378_20251011", "254378")


def test_a_zip_becomes_a_bundle() -> None:
    data = zipped({"meet_5_1/results.csv": RESULTS, "meet_5_1/schools.csv": SCHOOLS})
    (bundle,) = receive(uploads=[upload("bundle.zip", data)], user=None)
    assert (bundle.name, sorted(bundle.files)) == ("meet_5_1", ["results", "schools"])


def test_a_zip_without_folders_is_named_after_itself() -> None:
    (bundle,) = receive(uploads=[upload("meet_9_x.zip", zipped({"results.csv": RESULTS}))], user=None)
    assert (bundle.name, bundle.check_report["meet"]["athletic_net_id"]) == ("meet_9_x", "9")


def test_a_zip_with_several_bundles_becomes_several() -> None:
    data = zipped({f"all/meet_{n}_1/results.csv": RESULTS for n in range(3)})
    bundles = receive(uploads=[upload("all.zip", data)], user=None)
    assert sorted(bundle.name for bundle in bundles) == ["meet_0_1", "meet_1_1", "meet_2_1"]


def test_file_names_may_be_in_any_case_and_meet_csv_is_meets_csv() -> None:
    meet = csv_bytes("athletic_net_id,name,meet_date", "5,Run,10/11/25")
    (bundle,) = receive(uploads=[upload("Results.CSV", RESULTS), upload("MEET.csv", meet)], user=None)
    assert (sorted(bundle.files), bundle.files["meets"]["name"]) == (["meets", "results"], "MEET.csv")


def test_the_folders_of_an_apple_machine_are_ignored() -> None:
    data = zipped({"m/results.csv": RESULTS, "__MACOSX/m/._results.csv": b"\0\5\x16\7", "m/.DS_Store": b"x"})
    (bundle,) = receive(uploads=[upload("m.zip", data)], user=None)
    assert bundle.check_report["ignored_files"] == []


def test_other_files_are_named_and_left_out() -> None:
    data = zipped({"m/results.csv": RESULTS, "m/readme.txt": b"hello"})
    (bundle,) = receive(uploads=[upload("m.zip", data)], user=None)
    assert bundle.check_report["ignored_files"] == ["m.zip: m/readme.txt"]


def test_files_in_a_folder_below_belong_to_the_bundle_above() -> None:
    data = zipped({"m/results.csv": RESULTS, "m/data/schools.csv": SCHOOLS})
    (bundle,) = receive(uploads=[upload("m.zip", data)], user=None)
    assert sorted(bundle.files) == ["results", "schools"]


def test_each_file_is_stored_under_the_bundle_with_its_hash_and_format() -> None:
    (bundle,) = receive(uploads=[upload("results.csv", RESULTS)], user=None)
    found = bundle.files["results"]
    assert found["storage"] == f"received/{bundle.pk}/results.csv"
    assert (found["size"], found["sha256"]) == (len(RESULTS), hashlib.sha256(RESULTS).hexdigest())
    with default_storage.open(found["storage"], "rb") as stream:
        (row,) = read_results(cast(BinaryIO, stream), FileFormat.from_json(found["format"]))
    assert (row.athlete_name, found["data_lines"]) == ("Ann Bell", 1)


def test_metadata_is_kept_and_not_part_of_the_content() -> None:
    plain, with_metadata = (
        receive(uploads=[upload("results.csv", RESULTS), *more], user=None)[0]
        for more in ([], [upload("metadata.json", b'{"at": 1}')])
    )
    assert "metadata" in with_metadata.files
    assert plain.content_hash == with_metadata.content_hash


def test_the_same_content_again_names_the_earlier_bundle_and_its_imports() -> None:
    (first,) = receive(uploads=[upload("results.csv", RESULTS)], user=None)
    earlier = Import.objects.create(bundle=first, meet_key="an:5")
    (second,) = receive(uploads=[upload("m/Results.csv", RESULTS)], user=None)
    assert second.check_report["same_as"] == [{"bundle": str(first.pk), "imports": [str(earlier.pk)]}]


def test_an_empty_small_file_is_taken_as_not_there_with_a_warning() -> None:
    (bundle,) = receive(uploads=[upload("results.csv", RESULTS), upload("venues.csv", b"")], user=None)
    assert list(bundle.files) == ["results"]
    assert bundle.check_report["problems"][0]["code"] == "file.empty"
    assert kept() == [str(bundle.pk), f"{bundle.pk}/results.csv"]


def test_a_header_alone_is_accepted_and_said_so() -> None:
    (bundle,) = receive(uploads=[upload("results.csv", csv_bytes(HEADER))], user=None)
    assert bundle.check_report["rows"] == 0
    assert "no result lines" in bundle.check_report["problems"][0]["message"]


def test_the_upload_is_in_the_audit_log(alice: User) -> None:
    (bundle,) = receive(uploads=[upload("results.csv", RESULTS)], user=alice)
    entry = AuditEntry.objects.get(action="bundle.received")
    assert (entry.actor, entry.subject_id) == (alice, str(bundle.pk))


def test_a_mapping_confirmed_before_is_used() -> None:
    HeaderMapping.objects.create(file_kind="results", header="Zeit", field="time_cs")
    data = csv_bytes(HEADER.replace("time_cs", "Zeit"), LINE)
    (bundle,) = receive(uploads=[upload("results.csv", data)], user=None)
    assert bundle.files["results"]["format"]["columns"]["time_cs"] == 5


def test_a_mapping_confirmed_afterwards_unblocks_the_check() -> None:
    data = csv_bytes(HEADER.replace("time_cs", "Zeit"), LINE)
    (bundle,) = receive(uploads=[upload("meet_7_1/results.csv", data)], user=None)
    assert bundle.check_report["blocked"]
    HeaderMapping.objects.create(file_kind="results", header="Zeit", field="time_cs")
    check_again(bundle=bundle)
    again = Bundle.objects.get()
    assert (again.check_report["blocked"], again.check_report["statuses"]["ok"]) == (False, 1)
    assert again.check_report["meet"]["athletic_net_id"] == "7"
    assert again.files["results"]["format"]["columns"]["time_cs"] == 5


def test_a_folder_of_this_machine_with_many_bundles_is_received(tmp_path: Path) -> None:
    for name in ("meet_1_a", "meet_2_b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "results.csv").write_bytes(RESULTS)
    assert sorted(bundle.name for bundle in receive_path(tmp_path)) == ["meet_1_a", "meet_2_b"]


def test_a_folder_of_this_machine_that_is_one_bundle_keeps_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "meet_3_c"
    folder.mkdir()
    (folder / "results.csv").write_bytes(RESULTS)
    (bundle,) = receive_path(folder)
    assert (bundle.name, bundle.check_report["meet"]["athletic_net_id"]) == ("meet_3_c", "3")


def test_a_zip_of_this_machine_is_received(tmp_path: Path) -> None:
    file = tmp_path / "meet_4_d.zip"
    file.write_bytes(zipped({"results.csv": RESULTS}))
    assert [bundle.name for bundle in receive_path(str(file))] == ["meet_4_d"]


def test_a_results_file_of_this_machine_is_received(tmp_path: Path) -> None:
    file = tmp_path / "results.csv"
    file.write_bytes(RESULTS)
    assert [bundle.check_report["rows"] for bundle in receive_path(file)] == [1]


def test_a_path_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(BadBundle, match="There is no file or folder"):
        receive_path(tmp_path / "nothing")
