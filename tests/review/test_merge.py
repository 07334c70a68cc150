"""Merge: everything that hung on the loser follows its rule, and an undo brings all of it back."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from meets.models import Athlete, AthleteAlias, Result, SlugRedirect
from reconciliation.actions.answer_case import answer_case
from reconciliation.actions.errors import Refused, VetoNeedsReason
from reconciliation.actions.merge_athletes import merge_athletes, preview_merge
from reconciliation.actions.undo_decision import preview_undo, undo_decision
from reconciliation.deciding.identity import tell_apart
from reconciliation.deciding.transaction import decide
from reconciliation.models import Case, Decision, RememberedPair
from tests.inline import ADA, bundle_of, results, snapshot, upload_and_import
from tests.review.scene import MICHAEL, NICK, THIRD_MEET, earlier_meet, held_nickname, people, redirects, sound

pytestmark = pytest.mark.django_db(transaction=True)
MIKE, MICHAEL_NAME = "Mike Abernathy", "Michael Abernathy"


def of(name: str) -> Athlete:
    return Athlete.objects.get(name=name)


@pytest.fixture
def doubled(alice_client: Client, bob: User) -> tuple[Athlete, Athlete]:
    """Michael (five weeks ago, 95000) and Mike (now, 94500), two athletes who may be one."""
    earlier_meet(alice_client, MICHAEL.replace("r2,", "q2,"))
    upload_and_import(alice_client, bundle_of(results=results(ADA, NICK.replace("Mike", "Zacharias"))))
    Athlete.objects.filter(name="Zacharias Abernathy").update(name=MIKE, first_name="Mike")
    Result.objects.filter(time_cs=94500).update(source_name=MIKE)
    return of(MICHAEL_NAME), of(MIKE)


def apart(one: Athlete, other: str) -> None:
    decide(lambda work: tell_apart(work, [(str(one.pk), other)], "seen both"))


def test_the_results_move_and_keep_the_name_as_written(doubled: tuple[Athlete, Athlete], bob: User):
    survivor, loser = doubled
    merge_athletes(survivor_id=survivor.pk, loser_id=loser.pk, user=bob)
    assert people() == {
        "Ada Lindqvist": [(93240, "Ada Lindqvist")],
        MICHAEL_NAME: [(94500, MIKE), (95000, MICHAEL_NAME)],
    }
    sound()


def test_the_slug_leads_to_the_survivor(doubled: tuple[Athlete, Athlete], bob: User):
    survivor, loser = doubled
    merge_athletes(survivor_id=survivor.pk, loser_id=loser.pk, user=bob)
    with connection.cursor() as cursor:
        cursor.execute("SELECT resolve_athlete_slug(%s)", [loser.slug])
        assert cursor.fetchone() == (survivor.slug,)


def test_redirects_are_flattened(doubled: tuple[Athlete, Athlete], bob: User):
    survivor, loser = doubled
    SlugRedirect.objects.create(slug="an-older-one", athlete_id=loser.pk)
    merge_athletes(survivor_id=survivor.pk, loser_id=loser.pk, user=bob)
    merge_athletes(survivor_id=of("Ada Lindqvist").pk, loser_id=survivor.pk, user=bob, reason="a test of chains")
    assert set(redirects().values()) == {of("Ada Lindqvist").pk}
    assert set(redirects()) == {"an-older-one", loser.slug, survivor.slug}
    sound()


def test_old_bundles_find_the_survivor_and_change_nothing(
    doubled: tuple[Athlete, Athlete], alice_client: Client, bob: User
):
    survivor, loser = doubled
    merge_athletes(survivor_id=survivor.pk, loser_id=loser.pk, user=bob)
    before = snapshot()
    upload_and_import(alice_client, bundle_of(results=results(ADA, NICK)))
    earlier_meet(alice_client, MICHAEL.replace("r2,", "q2,"))
    assert snapshot() == before
    assert not Case.objects.filter(status="open").exists()
    sound()


def test_results_of_one_race_and_time_collapse_into_one(doubled: tuple[Athlete, Athlete], bob: User):
    survivor, loser = doubled
    old = Result.objects.get(athlete=survivor)
    Result.objects.create(
        athlete=loser,
        meet_id=old.meet_id,
        race_id=old.race_id,
        time_cs=old.time_cs,
        data_source="scraper",
        place_gender=7,
    )
    decision = merge_athletes(survivor_id=survivor.pk, loser_id=loser.pk, user=bob)
    assert [time for time, _ in people()[MICHAEL_NAME]] == [94500, 95000]
    assert decision.after["collapsed"] == 1
    # What only the collapsed one knew is kept.
    assert Result.objects.get(pk=old.pk).place_gender == 7
    sound()


@pytest.mark.parametrize("with_collision", [False, True])
def test_taken_back_all_is_as_it_was(doubled: tuple[Athlete, Athlete], bob: User, with_collision: bool):
    survivor, loser = doubled
    if with_collision:
        old = Result.objects.get(athlete=survivor)
        Result.objects.create(athlete=loser, meet_id=old.meet_id, race_id=old.race_id, time_cs=old.time_cs,
                              data_source="scraper")  # fmt: skip
    apart(loser, "0-somebody-else")
    there, slugs, aliases = people(), redirects(), list(AthleteAlias.objects.values_list("athlete_id", "name"))
    rows = list(Athlete.objects.order_by("pk").values("pk", "name", "slug", "school_id", "name_key", "created_at"))
    pairs = list(RememberedPair.objects.values_list("left_key", "right_key"))
    decision = merge_athletes(
        survivor_id=survivor.pk, loser_id=loser.pk, user=bob, fields={"name": "loser", "slug": "loser"}
    )
    assert of(MIKE).pk == survivor.pk
    undo_decision(decision_id=decision.pk, user=bob)
    assert (people(), redirects()) == (there, slugs)
    assert list(AthleteAlias.objects.values_list("athlete_id", "name")) == aliases
    assert (
        list(Athlete.objects.order_by("pk").values("pk", "name", "slug", "school_id", "name_key", "created_at")) == rows
    )
    assert list(RememberedPair.objects.values_list("left_key", "right_key")) == pairs
    sound()


def test_an_undo_remembers_the_pair_only_if_asked(doubled: tuple[Athlete, Athlete], bob: User):
    survivor, loser = doubled
    first = merge_athletes(survivor_id=survivor.pk, loser_id=loser.pk, user=bob)
    undo_decision(decision_id=first.pk, user=bob)
    assert not RememberedPair.objects.exists()
    second = merge_athletes(survivor_id=survivor.pk, loser_id=loser.pk, user=bob)
    undo_decision(decision_id=second.pk, user=bob, tell_apart=True)
    pair = RememberedPair.objects.get()
    assert {pair.left_key, pair.right_key} == {str(survivor.pk), str(loser.pk)}


def test_after_the_undo_what_the_survivor_got_since_stays_there(
    doubled: tuple[Athlete, Athlete], alice_client: Client, bob: User
):
    survivor, loser = doubled
    decision = merge_athletes(survivor_id=survivor.pk, loser_id=loser.pk, user=bob)
    upload_and_import(alice_client, bundle_of(**THIRD_MEET, results=results(NICK.replace("94500", "94100"))))
    undo_decision(decision_id=decision.pk, user=bob)
    assert [time for time, _ in people()[MICHAEL_NAME]] == [94100, 95000]
    assert [time for time, _ in people()[MIKE]] == [94500]
    sound()


def test_what_was_edited_since_is_left_alone_and_told(doubled: tuple[Athlete, Athlete], bob: User):
    survivor, loser = doubled
    decision = merge_athletes(survivor_id=survivor.pk, loser_id=loser.pk, user=bob, fields={"name": "loser"})
    Athlete.objects.filter(pk=survivor.pk).update(name="Mick Abernathy")
    assert preview_undo(decision_id=decision.pk, user=bob).left == [
        "The athlete Mick Abernathy keeps its name of today."
    ]
    undo_decision(decision_id=decision.pk, user=bob)
    assert Athlete.objects.get(pk=survivor.pk).name == "Mick Abernathy"
    sound()


def test_merges_are_undone_in_either_order(doubled: tuple[Athlete, Athlete], bob: User):
    """Both went into one survivor: neither rests on the other."""
    survivor, loser = doubled
    there = people()
    ada = of("Ada Lindqvist")
    first = merge_athletes(survivor_id=survivor.pk, loser_id=loser.pk, user=bob)
    second = merge_athletes(survivor_id=survivor.pk, loser_id=ada.pk, user=bob, reason="a test of order")
    undo_decision(decision_id=first.pk, user=bob)
    sound()
    undo_decision(decision_id=second.pk, user=bob)
    assert people() == there
    sound()


def test_pairs_told_apart_are_carried_over(doubled: tuple[Athlete, Athlete], bob: User):
    survivor, loser = doubled
    apart(loser, str(of("Ada Lindqvist").pk))
    merge_athletes(survivor_id=survivor.pk, loser_id=loser.pk, user=bob)
    pair = RememberedPair.objects.get()
    assert {pair.left_key, pair.right_key} == {str(survivor.pk), str(of("Ada Lindqvist").pk)}
    assert pair.reason == "seen both"


def test_who_was_told_apart_is_merged_only_with_a_reason(doubled: tuple[Athlete, Athlete], bob: User):
    survivor, loser = doubled
    apart(survivor, str(loser.pk))
    with pytest.raises(VetoNeedsReason, match="told them apart"):
        merge_athletes(survivor_id=survivor.pk, loser_id=loser.pk, user=bob)
    merge_athletes(survivor_id=survivor.pk, loser_id=loser.pk, user=bob, reason="they were one after all")
    assert not RememberedPair.objects.exists()


def test_both_in_one_race_is_a_veto(doubled: tuple[Athlete, Athlete], bob: User):
    survivor, loser = doubled
    old = Result.objects.get(athlete=survivor)
    Result.objects.create(
        athlete=loser, meet_id=old.meet_id, race_id=old.race_id, time_cs=old.time_cs + 5, data_source="scraper"
    )
    with pytest.raises(VetoNeedsReason, match="both finished the same race"):
        merge_athletes(survivor_id=survivor.pk, loser_id=loser.pk, user=bob)


def test_an_open_case_about_the_loser_asks_about_the_survivor(alice_client: Client, bob: User):
    case = held_nickname(alice_client)
    michael, ada = of(MICHAEL_NAME), of("Ada Lindqvist")
    decision = merge_athletes(survivor_id=ada.pk, loser_id=michael.pk, user=bob, reason="a test of questions")
    case.refresh_from_db()
    assert ([one["athlete_id"] for one in case.candidates], case.version) == ([str(ada.pk)], 2)
    undo_decision(decision_id=decision.pk, user=bob)
    case.refresh_from_db()
    assert [one["athlete_id"] for one in case.candidates] == [str(michael.pk)]
    answer_case(case_id=case.pk, version=case.version, answer="same", user=bob)
    sound()


def test_the_preview_shows_fields_moves_records_and_what_is_lost(doubled: tuple[Athlete, Athlete], bob: User):
    survivor, loser = doubled
    Athlete.objects.filter(pk=loser.pk).update(grad_year=2028, athletic_net_id="501")
    before = snapshot()
    preview = preview_merge(survivor_id=survivor.pk, loser_id=loser.pk, user=bob)
    assert snapshot() == before
    fields = {field.name: field for field in preview.fields}
    assert (fields["name"].survivor, fields["name"].loser, fields["name"].chosen) == (MICHAEL_NAME, MIKE, "survivor")
    assert fields["athletic_net_id"].chosen == "loser"
    assert [(line.athlete, line.was, line.time_cs) for line in preview.moves] == [(MICHAEL_NAME, MIKE, 94500)]
    assert preview.redirects == [(loser.slug, survivor.slug)]
    assert preview.lost == ["Graduates: 2028"]


def test_a_table_that_nobody_knows_refuses_rather_than_loses(doubled: tuple[Athlete, Athlete], bob: User):
    survivor, loser = doubled
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE public.awards (athlete_id uuid REFERENCES public.athletes ON DELETE CASCADE)")
        cursor.execute("INSERT INTO public.awards VALUES (%s)", [loser.pk])
    try:
        with pytest.raises(Refused, match="awards"):
            merge_athletes(survivor_id=survivor.pk, loser_id=loser.pk, user=bob)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE public.awards")
    assert Athlete.objects.filter(pk=loser.pk).exists()


def test_the_decision_outlives_the_loser(doubled: tuple[Athlete, Athlete], bob: User):
    survivor, loser = doubled
    merge_athletes(survivor_id=survivor.pk, loser_id=loser.pk, user=bob)
    decision = Decision.objects.filter(athlete_ids__contains=[loser.pk]).get()
    assert decision.before["loser"]["name"] == MIKE
    assert decision.changes.filter(table_name="athletes", new__isnull=True).get().old["slug"] == loser.slug
