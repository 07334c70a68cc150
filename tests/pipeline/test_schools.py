"""Which school a line means: one name key, one school; what is unclear is asked, and remembered."""

import json
from pathlib import Path

import pytest
from django.test import Client

from meets.models import Athlete, School, SchoolAlias
from tests.inline import bundle_of, command, import_bundle, results, snapshot, upload, upload_and_import, write

pytestmark = pytest.mark.django_db(transaction=True)


HEADER_OF_SCHOOLS = "athletic_net_id,name,short_name,city,state,league\n"
ROWS = ("r2,Max Reyes,Max,Reyes,s1,94500,,11,False", "r2,Lee Ito,Lee,Ito,s2,95500,,10,False")


def schools(*lines: str) -> dict[str, str | bytes]:
    return bundle_of(schools=HEADER_OF_SCHOOLS + "\n".join(lines) + "\n", results=results(*ROWS))


def test_a_curly_and_a_straight_apostrophe_are_one_school(alice_client: Client):
    import_ = upload_and_import(alice_client, schools("s1,St Mary's,,,CA,", "s2,St Mary’s,,,CA,"))
    assert import_.outcomes["inserted"] == 2
    assert School.objects.count() == 1


def test_the_school_of_the_other_apostrophe_is_found_in_the_database(alice_client: Client):
    School.objects.create(name="St Mary’s")
    upload_and_import(alice_client, schools("s1,St Mary's,,,CA,", "s2,Larkspring,,,CA,"))
    assert School.objects.count() == 2


def two_of_one_name_key() -> tuple[School, School]:
    return School.objects.create(name="St Mary's", city="Redham"), School.objects.create(name="St. Marys", city="Oak")


ONE = schools("s1,St Mary’s,,,CA,", "s2,Larkspring,,,CA,")


def test_two_database_schools_of_one_name_key_are_a_question(db: None, tmp_path: Path):
    two_of_one_name_key()
    before = snapshot()
    printed, code = command(write(tmp_path, ONE))
    assert (code, printed["state"], [one["key"] for one in printed["questions"]]) == (3, "needs_answer", ["school:s1"])
    assert snapshot() == before


def test_an_answer_in_a_file_lets_it_go_on(db: None, tmp_path: Path):
    _, oak = two_of_one_name_key()
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"school:s1": str(oak.pk)}))
    printed, code = command(write(tmp_path, ONE), "--answers", str(answers))
    assert (code, printed["outcomes"]["inserted"]) == (0, 2)
    assert Athlete.objects.get(name="Max Reyes").school_id == oak.pk


@pytest.mark.parametrize("answer", ["nonsense", "01a20caa-0000-7000-8000-000000000000", "one"])
def test_an_answer_that_is_none_of_the_choices_is_asked_for_again(db: None, tmp_path: Path, answer: str):
    two_of_one_name_key()
    before = snapshot()
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"school:s1": answer}))
    printed, code = command(write(tmp_path, ONE), "--answers", str(answers))
    assert (code, printed["state"]) == (3, "needs_answer")
    assert snapshot() == before


def test_an_answer_on_the_check_page_is_remembered(alice_client: Client):
    _, oak = two_of_one_name_key()
    bundle = upload(alice_client, ONE)
    import_bundle(alice_client, bundle, **{"school:s1": str(oak.pk)})
    assert SchoolAlias.objects.get().school_id == oak.pk
    again = upload_and_import(alice_client, ONE)
    assert (again.state, again.outcomes["already_present"]) == ("done", 2)


def test_a_preview_remembers_nothing(alice_client: Client):
    _, oak = two_of_one_name_key()
    import_bundle(alice_client, upload(alice_client, ONE), mode="preview", **{"school:s1": str(oak.pk)})
    assert not SchoolAlias.objects.exists()


def test_what_was_answered_of_one_city_is_asked_again_of_another(alice_client: Client):
    redham, _ = two_of_one_name_key()
    here = schools("s1,St Mary’s,,Redham,CA,", "s2,Larkspring,,,CA,")
    import_bundle(alice_client, upload(alice_client, here), **{"school:s1": str(redham.pk)})
    there = upload_and_import(alice_client, schools("s1,St Mary’s,,Oak,CA,", "s2,Larkspring,,,CA,"))
    assert there.state == "needs_answer"


TWINS = schools("s1,Alder High,,Redham,CA,", "s2,Alder High,,Oak,CA,")


def test_two_cities_under_one_name_are_asked_about(alice_client: Client):
    import_ = upload_and_import(alice_client, TWINS)
    assert (import_.state, import_.stage, [one["key"] for one in import_.questions]) == (
        "needs_answer", "resolve", ["school:s1"],
    )  # fmt: skip


def test_two_cities_answered_as_two_schools_become_two(alice_client: Client):
    import_ = import_bundle(alice_client, upload(alice_client, TWINS), **{"school:s1": "new"})
    assert (import_.state, import_.failure) == ("done", "")
    assert School.objects.count() == 2


@pytest.mark.parametrize(("answer", "there"), [("new", 2), ("one", 1)])
def test_after_an_answer_the_same_bundle_asks_and_changes_nothing(alice_client: Client, answer: str, there: int):
    import_bundle(alice_client, upload(alice_client, TWINS), **{"school:s1": answer})
    before = snapshot()
    again = upload_and_import(alice_client, TWINS)
    assert (again.state, again.outcomes["already_present"], School.objects.count()) == ("done", 2, there)
    assert snapshot() == before


def test_an_id_that_the_site_has_under_another_name_is_asked_about_once(alice_client: Client):
    School.objects.create(name="Far Ridge", athletic_net_id="s1")
    import_ = upload_and_import(alice_client, schools("s1,Alder High,,,CA,", "s2,Larkspring,,,CA,"))
    assert import_.state == "needs_answer"
    files = schools("s1,Alder High,,,CA,", "s2,Larkspring,,,CA,")
    bundle = upload(alice_client, files)
    import_bundle(alice_client, bundle, **{"school:s1": "new"})
    before = snapshot()
    again = import_bundle(alice_client, bundle)
    assert again.outcomes["already_present"] == 2
    assert snapshot() == before


def test_a_school_without_a_city_on_the_site_is_not_both_of_two_cities(db: None, tmp_path: Path):
    there = School.objects.create(name="St Mary's")
    files = schools("s1,St Mary's,,Redham,CA,", "s2,St Mary’s,,Oak,CA,")
    printed, code = command(write(tmp_path, files))
    assert (code, [one["key"] for one in printed["questions"]]) == (3, ["school:s1", "school:s2"])
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"school:s1": str(there.pk), "school:s2": "new"}))
    assert command(write(tmp_path, files), "--answers", str(answers))[1] == 0
    assert Athlete.objects.get(name="Max Reyes").school_id == there.pk
    assert Athlete.objects.get(name="Lee Ito").school.name == "St Mary’s"
    before = snapshot()
    assert command(write(tmp_path, files))[1] == 0
    assert snapshot() == before
