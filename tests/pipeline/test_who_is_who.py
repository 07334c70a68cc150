"""Who a line speaks of: linked when sure, made when surely new, held in between."""

import pytest
from django.test import Client

from meets.models import Athlete, Import, ImportRow, Result, SlugRedirect
from reconciliation.models import Case
from tests.inline import ADA, BO, FILES, bundle_of, results, upload_and_import

pytestmark = pytest.mark.django_db(transaction=True)


def line_of(name: str, *, race: str = "r2", school: str = "s2", time: int = 94_500, grade: str = "11") -> str:
    first, last = name.split(" ", 1)
    return f"{race},{name},{first},{last},{school},{time},,{grade},False"


def held(import_: Import) -> list[int]:
    return list(
        ImportRow.objects.filter(import_id=import_.pk, outcome="held").order_by("line").values_list("line", flat=True)
    )


def test_two_namesakes_of_one_school_are_told_apart_by_grade(alice_client: Client):
    lines = [line_of("Max Reyes", grade="9"), line_of("Max Reyes", grade="12", time=94_000)]
    import_ = upload_and_import(alice_client, bundle_of(results=results(*lines)))
    assert import_.outcomes["inserted"] == 2
    assert set(Athlete.objects.values_list("name", "grad_year")) == {("Max Reyes", 2029), ("Max Reyes", 2026)}


def test_each_namesake_is_found_again(alice_client: Client):
    lines = [line_of("Max Reyes", grade="9"), line_of("Max Reyes", grade="12", time=94_000)]
    upload_and_import(alice_client, bundle_of(results=results(*lines)))
    import_ = upload_and_import(alice_client, bundle_of(results=results(*lines[::-1])))
    assert import_.outcomes["already_present"] == 2
    rows = ImportRow.objects.filter(import_id=import_.pk).order_by("line")
    years = {athlete.pk: athlete.grad_year for athlete in Athlete.objects.all()}
    assert [years[row.athlete_id] for row in rows] == [2026, 2029]


def test_a_blank_grade_is_held(alice_client: Client):
    import_ = upload_and_import(alice_client, bundle_of(results=results(ADA, line_of("Max Reyes", grade=""))))
    assert held(import_) == [3]
    assert Case.objects.get().kind == "no_grade"
    assert not Athlete.objects.filter(name="Max Reyes").exists()


def test_a_blank_grade_never_equals_a_blank_grade(alice_client: Client):
    lines = [line_of("Max Reyes", grade=""), line_of("Max Reyes", grade="", time=95_000)]
    import_ = upload_and_import(alice_client, bundle_of(results=results(*lines)))
    assert held(import_) == [2, 3]


def test_two_times_of_one_person_in_one_race_are_both_held(alice_client: Client):
    lines = [line_of("Max Reyes"), line_of("Max Reyes", time=95_000)]
    import_ = upload_and_import(alice_client, bundle_of(results=results(ADA, *lines)))
    assert held(import_) == [3, 4]
    assert Case.objects.get().kind == "two_times"
    assert Result.objects.count() == 1


def test_another_time_than_the_database_has_is_held(alice_client: Client):
    upload_and_import(alice_client, bundle_of())
    import_ = upload_and_import(alice_client, bundle_of(results=results(ADA, BO.replace("94000", "95000"))))
    assert held(import_) == [3]
    assert Case.objects.get().kind == "two_times"
    assert list(Result.objects.filter(race__gender="M").values_list("time_cs", flat=True)) == [94_000]


def test_a_slug_taken_by_somebody_of_the_other_gender_gets_a_number(alice_client: Client):
    lines = [line_of("Sam Ortiz", race="r1"), line_of("Sam Ortiz", race="r2")]
    import_ = upload_and_import(alice_client, bundle_of(results=results(*lines)))
    assert import_.outcomes["inserted"] == 2
    assert set(Athlete.objects.values_list("gender", "slug")) == {
        ("F", "sam-ortiz-larkspring-christian-2027"),
        ("M", "sam-ortiz-larkspring-christian-2027-2"),
    }


def test_a_redirected_slug_counts_as_taken(alice_client: Client):
    upload_and_import(alice_client, bundle_of(results=results(ADA)))
    SlugRedirect.objects.create(slug="max-reyes-larkspring-christian-2027", athlete_id=Athlete.objects.get().pk)
    upload_and_import(alice_client, bundle_of(results=results(line_of("Max Reyes"))))
    assert Athlete.objects.get(name="Max Reyes").slug == "max-reyes-larkspring-christian-2027-2"


OLD_HEADER = "athletic_net_race_id,athlete_name,athlete_school_id,time_cs,grade,athletic_net_athlete_id"


def test_an_id_that_points_to_somebody_clearly_different_is_a_case(alice_client: Client):
    upload_and_import(alice_client, bundle_of())
    Athlete.objects.filter(name="Bo Hansen").update(athletic_net_id="501")
    text = results("r2,Quentin Vasquez,s1,97000,9,501", header=OLD_HEADER)
    import_ = upload_and_import(alice_client, bundle_of(results=text))
    assert held(import_) == [2]
    assert Case.objects.get().kind == "id_conflict"


def test_an_id_links_a_person_whose_name_shares_a_word(alice_client: Client):
    upload_and_import(alice_client, bundle_of())
    Athlete.objects.filter(name="Bo Hansen").update(athletic_net_id="501")
    text = results("r2,Robert Hansen,s2,94000,12,501", header=OLD_HEADER)
    import_ = upload_and_import(alice_client, bundle_of(results=text))
    assert import_.outcomes["variant_present"] == 1


def test_somebody_who_ran_elsewhere_on_that_day_is_not_linked(alice_client: Client):
    away = {
        "meets": FILES["meets.csv"].replace("900001", "900002").replace("Harbour Park", "Hill Park"),
        "races": FILES["races.csv"].replace("900001", "900002").replace("r1,", "q1,").replace("r2,", "q2,"),
        "results": results(BO.replace("r2,", "q2,")),
    }
    files = bundle_of(**away)
    upload_and_import(alice_client, files)
    import_ = upload_and_import(alice_client, bundle_of())
    assert Result.objects.filter(athlete__name="Bo Hansen").count() == 1
    assert held(import_) == [3]


def test_the_same_venue_on_that_day_speaks_against_nobody(alice_client: Client):
    same = {
        "meets": FILES["meets.csv"].replace("900001", "900002"),
        "races": FILES["races.csv"].replace("900001", "900002").replace("r1,", "q1,").replace("r2,", "q2,"),
        "results": results(BO.replace("r2,", "q2,")),
    }
    upload_and_import(alice_client, bundle_of(**same))
    upload_and_import(alice_client, bundle_of())
    assert Result.objects.filter(athlete__name="Bo Hansen").count() == 2
