"""A rebuild in two steps: the difference first, then exactly that, or nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from meets import rebuilding
from meets.models import CourseRecord, RebuildChange
from tests.rebuilds.conftest import applied, computed, versions
from tests.schema import oracle
from tests.schema.world import World

WRONG_TIMES = "UPDATE athlete_best_times SET season_best_time_cs = 1 WHERE season_best_time_cs > 100500"
NO_LEADER = "DELETE FROM course_records WHERE rank = 1"
WRONG_LEADER = """UPDATE course_records SET athlete_id = (SELECT id FROM athletes WHERE last_name = 'Runner0'),
                  athlete_name = 'Ana Runner0' WHERE rank = 1"""
DAMAGES = [
    ("athlete_best_times", WRONG_TIMES, 49),
    ("athlete_best_times", "DELETE FROM athlete_best_times WHERE season_best_time_cs > 100500", 49),
    ("course_records", NO_LEADER, 1),
    ("course_records", WRONG_LEADER, 1),
    (
        "course_records",
        "UPDATE course_records SET rank = rank + 1000; UPDATE course_records SET rank = 1100 - rank",
        98,
    ),
    ("school_hall_of_fame", "UPDATE school_hall_of_fame SET meet_name = 'Wrong' WHERE rank < 4", 3),
    ("school_course_records", "DELETE FROM school_course_records", 1),
    ("normalized_times", "UPDATE results SET normalized_time_cs = 1 WHERE time_cs > 100500", 49),
]


def test_what_is_right_is_done_without_a_row_written(world: World) -> None:
    before = versions()
    assert (computed().state, versions()) == ("done", before)


@pytest.mark.parametrize(("name", "statement", "rows"), DAMAGES)
def test_the_difference_is_counted_and_nothing_written(
    world: World, damage: Callable[[str], None], name: str, statement: str, rows: int
) -> None:
    damage(statement)
    before = versions()
    rebuild = computed()
    assert (rebuild.state, rebuild.difference[name]["changed"]) == ("waiting", rows)
    assert versions() == before


@pytest.mark.parametrize(("name", "statement", "rows"), DAMAGES)
def test_approved_it_mends_what_is_wrong(
    world: World, damage: Callable[[str], None], name: str, statement: str, rows: int
) -> None:
    damage(statement)
    rebuild = applied(computed())
    assert (rebuild.state, rebuild.applied[name]) == ("done", rows)
    oracle.check(world.conn)


def test_rows_that_are_right_are_not_written(world: World, damage: Callable[[str], None]) -> None:
    damage(NO_LEADER)
    before = versions()
    applied(computed())
    after = versions()
    kept = set(before["course_records"])
    assert kept <= set(after["course_records"])
    assert {table: rows for table, rows in after.items() if table != "course_records"} == {
        table: rows for table, rows in before.items() if table != "course_records"
    }


def test_it_refuses_when_the_difference_is_another_by_then(world: World, damage: Callable[[str], None]) -> None:
    damage(WRONG_TIMES)
    rebuild = computed()
    damage("UPDATE athlete_best_times SET season_best_time_cs = 2 WHERE season_best_time_cs = 1")
    before = versions()
    rebuild = applied(rebuild)
    assert (rebuild.state, "no longer as they were" in rebuild.note) == ("failed", True)
    assert versions() == before


def test_a_new_result_of_somebody_else_does_not_stand_in_the_way(world: World, damage: Callable[[str], None]) -> None:
    damage(WRONG_TIMES)
    rebuild = computed("athlete_best_times")
    world.result(0, 0, 99_000)
    world.conn.commit()
    assert applied(rebuild).state == "done"
    oracle.check(world.conn)


def test_a_record_that_changes_hands_is_shown_with_both_names(world: World, damage: Callable[[str], None]) -> None:
    damage(WRONG_LEADER)
    rebuild = computed("course_records")
    (change,) = RebuildChange.objects.filter(rebuild=rebuild)
    told: Any = change
    assert (told.kind, told.was["athlete_name"], told.becomes["athlete_name"]) == ("hands", "Ana Runner0", "Planted P1")


def test_records_added_and_removed_are_told_apart(world: World, damage: Callable[[str], None]) -> None:
    damage(NO_LEADER)
    damage("""INSERT INTO course_records (course_id, gender, athlete_id, result_id, time_cs, athlete_name,
                athlete_grad_year, school_id, school_name, meet_id, meet_name, meet_date, race_id, rank)
              SELECT course_id, gender, gen_random_uuid(), result_id, time_cs, 'Nobody', athlete_grad_year, school_id,
                school_name, meet_id, meet_name, meet_date, race_id, 100 FROM course_records WHERE rank = 2""")
    assert computed("course_records").difference["course_records"]["kinds"] == {"added": 1, "removed": 1}


def test_a_best_time_whose_result_is_gone_is_an_orphan(world: World, damage: Callable[[str], None]) -> None:
    damage("DELETE FROM results WHERE time_cs = 100010")
    assert computed("athlete_best_times").difference["athlete_best_times"]["orphans"] == 1


def test_normalised_times_take_along_what_rests_on_them(world: World, damage: Callable[[str], None]) -> None:
    damage("UPDATE courses SET difficulty_rating = 1.3")
    applied(computed("normalized_times"))
    oracle.check(world.conn)


def test_more_subjects_than_are_looked_up_by_name_are_all_computed(
    world: World, damage: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("meets.rebuilding.SUBJECTS_BY_NAME", 3)
    damage(WRONG_TIMES)
    applied(computed())
    oracle.check(world.conn)


def test_nothing_is_written_when_a_later_table_refuses(
    world: World, damage: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(WRONG_TIMES)
    damage(WRONG_LEADER)
    rebuild = computed()
    damage("UPDATE course_records SET athlete_name = 'Yet another' WHERE rank = 1")
    before = versions()
    assert (applied(rebuild).state, versions()) == ("failed", before)


def test_readers_never_find_a_table_empty(
    world: World, damage: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Inside the writing transaction rows go and come; whoever reads beside it sees none of that."""
    damage("UPDATE course_records SET athlete_name = 'Wrong'")
    rebuild = computed()
    seen: list[int] = []
    real = rebuilding._apply_one

    def look(*args: Any) -> int:
        written = real(*args)
        seen.append(CourseRecord.objects.count())
        return written

    monkeypatch.setattr(rebuilding, "_apply_one", look)
    assert (applied(rebuild).state, seen) == ("done", [99])
