"""The site writes without our lock, and has rows that no bundle expects."""

import psycopg
import pytest
from django.test import Client

from importadmin.database import connect
from meets.models import Athlete, Race, Result, Venue
from meets.pipeline.applying import apply
from tests.inline import ADA, BO, FILES, bundle_of, import_bundle, results, upload, upload_and_import

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_result_that_the_site_writes_in_between_repeats_the_transaction(alice_client: Client, monkeypatch):
    tries = []

    def collide(cur, job, resolved):
        tries.append(1)
        if len(tries) == 1:
            with connect(autocommit=True) as site:
                site.execute("INSERT INTO public.schools (name) VALUES ('Quarry Hill of the site')")
            raise psycopg.errors.UniqueViolation("the site was first")
        return apply(cur, job, resolved)

    monkeypatch.setattr("meets.pipeline.run.apply", collide)
    import_ = upload_and_import(alice_client, bundle_of())
    assert (import_.state, len(tries)) == ("done", 2)
    assert import_.outcomes["inserted"] == 2


def test_a_slug_that_the_site_takes_in_between_is_gone_around(alice_client: Client, monkeypatch):
    upload_and_import(alice_client, bundle_of(results=results(BO)))
    done: list[int] = []

    def slug_taken(cur, job, resolved):
        if not done:
            done.append(1)
            with connect(autocommit=True) as site:
                site.execute(
                    """INSERT INTO public.athletes (school_id, name, grad_year, gender, slug)
                       SELECT id, 'Somebody Else', 2020, 'M', 'ada-lindqvist-larkspring-christian-2027'
                         FROM public.schools WHERE name = 'Larkspring Christian'"""
                )
        return apply(cur, job, resolved)

    monkeypatch.setattr("meets.pipeline.run.apply", slug_taken)
    import_ = upload_and_import(alice_client, bundle_of(results=results(ADA.replace(",s1,", ",s2,"))))
    assert (import_.state, import_.outcomes["inserted"]) == ("done", 1)
    assert Athlete.objects.get(name="Ada Lindqvist").slug == "ada-lindqvist-larkspring-christian-2027-2"


def test_a_venue_that_was_renamed_on_the_site_is_found_by_its_id(alice_client: Client):
    Venue.objects.create(name="Harbour Memorial Park", athletic_net_id="v1")
    files = {**bundle_of(), "venues.csv": "athletic_net_id,name,city,state,notes\nv1,Harbour Park,Redham,CA,\n"}
    import_ = upload_and_import(alice_client, files)
    assert (import_.state, import_.failure) == ("done", "")
    assert Venue.objects.count() == 1


def test_race_names_that_look_numbered_already_stay_distinct(alice_client: Client):
    races = (
        FILES["races.csv"].splitlines()[0]
        + "\n"
        + "".join(
            f"r{number},900001,{name},M,5000,,\n"
            for number, name in enumerate(("Open", "Open (2)", "Open", "Open"), start=1)
        )
    )
    import_ = upload_and_import(alice_client, bundle_of(races=races))
    assert (import_.state, import_.failure) == ("done", "")
    assert Race.objects.values("name").distinct().count() == 4


def test_a_course_that_the_site_has_without_rating_gets_the_files_one_and_times_follow(alice_client: Client):
    courses = (
        "athletic_net_id,name,venue_name,distance_meters,distance_display,difficulty_rating\n,Loop,Harbour Park,5000,,"
    )
    upload_and_import(alice_client, {**bundle_of(), "courses.csv": f"{courses}\n"})
    assert set(Result.objects.values_list("normalized_time_cs", flat=True)) == {None}
    upload_and_import(alice_client, {**bundle_of(), "courses.csv": f"{courses}1.1\n"})
    assert Result.objects.filter(normalized_time_cs__isnull=True).count() == 0


def test_two_races_of_one_id_on_the_site_are_a_question(alice_client: Client):
    upload_and_import(alice_client, bundle_of())
    mens = Race.objects.get(gender="M")
    twin = Race.objects.create(
        meet_id=mens.meet_id, name="Mens Open", gender="M", distance_meters=0, athletic_net_race_id="r2"
    )
    bundle = upload(alice_client, bundle_of())
    import_ = import_bundle(alice_client, bundle)
    assert (import_.state, [one["key"] for one in import_.questions]) == ("needs_answer", ["race:r2"])
    assert {option["value"] for option in import_.questions[0]["options"]} >= {str(mens.pk), str(twin.pk)}
    answered = import_bundle(alice_client, bundle, **{"race:r2": str(mens.pk)})
    assert answered.outcomes["already_present"] == 2


def test_results_alone_are_enough_for_a_meet_that_the_site_knows(alice_client: Client):
    upload_and_import(alice_client, bundle_of())
    import_ = upload_and_import(alice_client, bundle_of(races=None, schools=None, meets=None))
    assert (import_.state, import_.outcomes.get("already_present")) == ("done", 2)
