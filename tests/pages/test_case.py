import uuid
from collections.abc import Callable
from typing import Any

from django.test import Client

from meets.models import Athlete, AthleteAlias, ImportRow, Meet, Race, Result, Venue
from reconciliation.evidence.assemble import evidence_of
from reconciliation.evidence.people import compared
from tests.pages.conftest import World

Make = Callable[..., Any]


def page(client: Client, case: Any) -> str:
    return client.get(f"/review/{case.pk}/").content.decode()


def test_it_shows_the_line_as_written(alice_client: Client, make_case: Make) -> None:
    assert "77,Ana Torres,,,school_larkspring,113000,4,10,false" in page(alice_client, make_case())


def test_it_marks_where_the_names_differ(alice_client: Client, make_case: Make) -> None:
    assert '<mark class="diff">María </mark>' in page(alice_client, make_case())


def test_vetoes_are_shown_in_words(alice_client: Client, make_case: Make, world: World) -> None:
    candidate = {"athlete_id": str(world.athlete.pk), "name": "Ana", "vetoes": ["both finished the same race"]}
    assert "Both finished the same race" in page(alice_client, make_case(candidates=[candidate]))


def test_a_case_without_candidates_comes_up(alice_client: Client, make_case: Make) -> None:
    assert alice_client.get(f"/review/{make_case(candidates=[]).pk}/").status_code == 200


def test_a_candidate_who_is_gone_is_said_to_be_gone(alice_client: Client, make_case: Make) -> None:
    candidate = {"athlete_id": str(uuid.uuid4()), "name": "Ana Gone"}
    assert "not in the database any more" in page(alice_client, make_case(candidates=[candidate]))


def test_a_candidate_is_shown_as_the_database_has_them_now(make_case: Make, world: World) -> None:
    case = make_case()
    Athlete.objects.filter(pk=world.athlete.pk).update(name="Ana M. Torres")
    assert evidence_of(case).candidates[0].name == "Ana M. Torres"


def test_years_differ_as_a_whole() -> None:
    assert compared("grad_year", {"grad_year": 2027}, {"grad_year": 2028}) == [("2028", True)]


def test_what_is_not_known_is_said() -> None:
    assert compared("grad_year", {"grad_year": 2027}, {}) == [("not known", True)]


def test_names_are_escaped(alice_client: Client, make_case: Make) -> None:
    case = make_case(subject={"name": "<script>alert(1)</script>"}, question="<script>alert(2)</script>?")
    assert "<script>alert" not in page(alice_client, case)


def test_the_held_line_stands_on_the_time_line(make_case: Make) -> None:
    runs = evidence_of(make_case()).time_line.runs
    assert [(run.person, run.time_cs, run.result_id is None) for run in runs] == [
        (1, 112_340, False),
        (0, 113_000, True),
    ]


def test_two_times_in_one_race_are_flagged(make_case: Make) -> None:
    assert {run.clash for run in evidence_of(make_case()).time_line.runs} == {"both in this race"}


def test_another_venue_on_the_same_day_is_flagged(
    make_case: Make, make_meet: Callable[..., Meet], make_athlete: Make, make_result: Make, world: World
) -> None:
    elsewhere = make_meet("Elsewhere", venue=Venue.objects.create(pk=uuid.uuid4(), name="Far Off"))
    race = Race.objects.create(pk=uuid.uuid4(), meet=elsewhere, name="Varsity", gender="F")
    twin = make_athlete("Ana Torres", world.school, slug="other")
    make_result(twin, race, 118_000)
    case = make_case(candidates=[{"athlete_id": str(twin.pk), "name": twin.name}])
    assert {run.clash for run in evidence_of(case).time_line.runs} == {"another venue, same day"}


def test_it_names_teammates_whom_both_ran_with(
    make_case: Make, make_athlete: Make, make_result: Make, world: World
) -> None:
    make_result(make_athlete("Bea Lind", world.school), world.race, 115_000)
    assert evidence_of(make_case()).candidates[0].mates == ["Bea Lind"]


def test_runners_of_another_school_are_no_teammates(
    make_case: Make, make_athlete: Make, make_result: Make, world: World
) -> None:
    from meets.models import School

    rivals = School.objects.create(pk=uuid.uuid4(), name="Rivals")
    make_result(make_athlete("Bea Lind", rivals), world.race, 115_000)
    assert evidence_of(make_case()).candidates[0].mates == []


def test_it_names_the_other_spellings_of_a_candidate(make_case: Make, world: World) -> None:
    AthleteAlias.objects.create(athlete_id=world.athlete.pk, name="Anita Torres", name_key="anita torres")
    assert [name for name, _n in evidence_of(make_case()).candidates[0].spellings] == [
        "ANA MARIA TORRES",
        "Anita Torres",
    ]


def test_it_shows_the_finishers_either_side(make_case: Make, world: World) -> None:
    case = make_case()
    ImportRow.objects.filter(line=12).update(place=4)
    for place in (1, 3, 5, 7):
        ImportRow.objects.create(
            import_id=case.import_id, line=20 + place, line_last=20 + place, outcome="inserted", race_id=world.race.pk,
            athlete_name=f"Place {place}", time_cs=112_000 + place, place=place, raw="",
        )  # fmt: skip
    (line,) = evidence_of(case).lines
    assert [one["place"] for one in line.around] == [3, 4, 5]


def test_a_number_of_athletic_net_links_to_its_page(alice_client: Client, make_case: Make, world: World) -> None:
    Athlete.objects.filter(pk=world.athlete.pk).update(athletic_net_id="1234567")
    assert "https://www.athletic.net/athlete/1234567/cross-country" in page(alice_client, make_case())


def test_an_id_that_is_no_number_is_no_link(alice_client: Client, make_case: Make, world: World) -> None:
    Athlete.objects.filter(pk=world.athlete.pk).update(athletic_net_id="javascript:alert(1)")
    assert 'href="https://www.athletic.net/athlete' not in page(alice_client, make_case())


def test_a_score_comes_with_what_made_it_up(alice_client: Client, make_case: Make, world: World) -> None:
    evidence = {"fields": ["name"], "levels": ["middle name more"], "weights": [5.5], "version": "7"}
    candidate = {"athlete_id": str(world.athlete.pk), "name": "Ana", "score": 0.9, "evidence": evidence}
    assert "middle name more" in page(alice_client, make_case(candidates=[candidate]))


def test_it_asks_as_often_for_many_candidates_and_results_as_for_one(
    alice_client: Client,
    make_case: Make,
    make_athlete: Make,
    make_result: Callable[..., Result],
    world: World,
    django_assert_num_queries: Any,
) -> None:
    candidates = []
    for number in range(5):
        twin = make_athlete(f"Ana Torres {number}", world.school)
        for time in range(10):
            make_result(twin, world.race, 114_000 + time)
        candidates.append({"athlete_id": str(twin.pk), "name": twin.name, "score": 0.5})
    case = make_case(candidates=candidates)
    with django_assert_num_queries(CASE_QUERIES):
        alice_client.get(f"/review/{case.pk}/")


def test_the_first_question_costs_no_other_number_of_queries(
    alice_client: Client, make_case: Make, world: World, django_assert_num_queries: Any
) -> None:
    case = make_case()
    with django_assert_num_queries(CASE_QUERIES):
        alice_client.get(f"/review/{case.pk}/")


# Session, person and role, the rail, the case, its evidence, the queue around it and its filters.
CASE_QUERIES = 20
