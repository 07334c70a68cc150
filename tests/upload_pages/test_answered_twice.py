from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from meets.actions.start_import import start_import
from meets.jobs.run import run_import
from meets.models import Bundle, Import, Mode, School

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def import_with_answer(alice: User, received: Callable[..., Bundle]) -> Callable[[], Import]:
    """Import the bundle; its first school stands on the site in another city, and is said to be a new one."""
    School.objects.create(name="Quarry Hill", city="Elsewhere")

    def run() -> Import:
        import_ = start_import(
            bundle=received(), mode=Mode.IMPORT, user=alice, answers={"school:s1": "new"}, enqueue=False
        )
        run_import(str(import_.pk))
        import_.refresh_from_db()
        return import_

    return run


def test_a_school_said_to_be_new_is_told_apart_by_its_city(import_with_answer: Callable[[], Import]) -> None:
    import_with_answer()

    assert School.objects.filter(name="Quarry Hill (Redham)").exists()


def test_the_same_answer_again_makes_no_second_school(import_with_answer: Callable[[], Import]) -> None:
    import_with_answer()
    again = import_with_answer()

    assert (again.state, again.outcomes["already_present"], School.objects.count()) == ("done", 2, 3)
