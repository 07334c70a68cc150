from django.test import Client

from meets.derived_figures import derived_figures
from tests.pages.conftest import World


def test_it_counts_the_rows_of_each_table(world: World) -> None:
    assert {table.name: table.rows for table in derived_figures()} == {
        "results": 0,  # the course has no rating yet
        "athlete_best_times": 1,
        "course_records": 1,
        "school_hall_of_fame": 0,
        "school_course_records": 1,
    }


def test_the_page_names_the_function_that_rebuilds(alice_client: Client, world: World) -> None:
    assert "batch_rebuild_course_records()" in alice_client.get("/derived/").content.decode()
