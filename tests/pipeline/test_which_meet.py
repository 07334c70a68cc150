"""Which meet and which race a bundle speaks of, where the ids leave it open: asked, not guessed."""

from pathlib import Path

import pytest

from meets.models import Athlete, Meet, Race, Result, Venue
from tests.inline import FILES, bundle_of, command, write

pytestmark = pytest.mark.django_db(transaction=True)


def without_id() -> dict[str, str | bytes]:
    return bundle_of(meets=FILES["meets.csv"].replace("900001,", ","), races=FILES["races.csv"].replace("900001", ""))


def loose(folder: Path, files: dict[str, str | bytes]) -> Path:
    """A folder whose name tells no meet."""
    return write(folder, files).rename(folder / "scraped")


def meet(**more: object) -> Meet:
    found = {"name": "Harbour Invitational", "meet_date": "2025-10-11", "season_year": 2025} | more
    return Meet.objects.create(**found)


def test_a_bundle_without_id_goes_into_the_meet_of_its_name_and_day(tmp_path: Path):
    there = meet(athletic_net_id="900001")
    printed, code = command(loose(tmp_path, without_id()))
    assert (code, printed["meet_id"], Meet.objects.count()) == (0, str(there.pk), 1)


def test_at_another_venue_it_is_a_question(tmp_path: Path):
    meet(athletic_net_id="900007", venue=Venue.objects.create(name="Lake Park"))
    printed, code = command(loose(tmp_path, without_id()))
    assert (code, printed["questions"][0]["key"]) == (3, "meet")


def test_races_of_another_meet_are_told_with_their_line(tmp_path: Path):
    races = FILES["races.csv"].replace("r2,900001", "r2,900003")
    printed, code = command(write(tmp_path, bundle_of(races=races)))
    [problem] = [one for one in printed["problems"] if one["code"] == "meet.other"]
    assert (code, problem["file"], problem["line"], problem["column"], problem["value"]) == (
        1, "races.csv", 3, "meet_athletic_net_id", "900003",
    )  # fmt: skip


def test_several_meets_in_one_file_are_told_with_their_line(tmp_path: Path):
    meets = FILES["meets.csv"] + "900002,Hill Relays,10/12/25,,2025,invitational\n"
    printed, code = command(write(tmp_path, bundle_of(meets=meets)))
    [problem] = [one for one in printed["problems"] if one["code"] == "meet.several"]
    assert (code, problem["line"], problem["column"], problem["value"]) == (1, 3, "athletic_net_id", "900002")


@pytest.fixture
def written_by_another_tool(db: None) -> dict[str, Race]:
    there = meet(athletic_net_id="900001")
    return {
        gender: Race.objects.create(meet=there, name=name, gender=gender, distance_meters=5000)
        for name, gender in (("Varsity Girls", "F"), ("Varsity Boys", "M"))
    }


def test_a_race_of_no_name_that_is_there_is_asked_about(written_by_another_tool: dict[str, Race], tmp_path: Path):
    printed, code = command(write(tmp_path, bundle_of()))
    assert (code, {asked["key"] for asked in printed["questions"]}) == (3, {"race:r1", "race:r2"})
    choices = [option["value"] for option in printed["questions"][0]["options"]]
    assert choices == [str(written_by_another_tool["F"].pk), "new"]
    assert Race.objects.count() == 2
    assert not Athlete.objects.exists()


def test_the_answer_is_used_and_not_asked_for_again(written_by_another_tool: dict[str, Race], tmp_path: Path):
    answers = tmp_path / "answers.json"
    girls, boys = written_by_another_tool["F"].pk, written_by_another_tool["M"].pk
    answers.write_text(f'{{"race:r1": "{girls}", "race:r2": "{boys}"}}')
    assert command(write(tmp_path, bundle_of()), "--answers", str(answers))[1] == 0
    assert set(Result.objects.values_list("race_id", flat=True)) == {girls, boys}
    printed, code = command(write(tmp_path, bundle_of()))
    assert (code, printed["outcomes"]["already_present"], Race.objects.count()) == (0, 2, 2)


def test_where_the_sites_races_have_ids_another_race_is_new(tmp_path: Path):
    there = meet(athletic_net_id="900001")
    Race.objects.create(meet=there, name="Varsity Girls", gender="F", distance_meters=5000, athletic_net_race_id="r7")
    assert command(write(tmp_path, bundle_of()))[1] == 0
    assert Race.objects.count() == 3
