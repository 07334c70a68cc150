from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from meets.import_rows import RowFilter, page_of_rows
from meets.models import Import, ImportRow, Outcome, Race
from reconciliation.models import Case, CaseRow
from tests.imports_pages.conftest import make_row


def lines(import_: Import, size: int = 100, **query: str) -> list[int]:
    return [shown.row.line for shown in page_of_rows(import_, RowFilter.from_query(query), size).rows]


def page(client: Client, import_: Import, **query: str) -> str:
    return client.get(reverse("import-rows", args=[import_.pk]), query).content.decode()


def test_rows_come_in_the_order_of_the_file(done: Import) -> None:
    assert lines(done) == [2, 3, 4, 5, 6, 7]


def test_an_outcome_shows_its_rows_only(done: Import) -> None:
    assert lines(done, outcome="inserted") == [2, 3]


def test_an_outcome_that_there_is_not_shows_all(done: Import) -> None:
    assert len(lines(done, outcome="lost")) == 6


def test_a_race_shows_its_rows_only(done: Import, race: Race) -> None:
    make_row(done, 8, Outcome.REJECTED).save(force_insert=True)

    assert lines(done, race=str(race.pk)) == [2, 3, 4, 5, 6, 7]


def test_rows_of_no_known_race_can_be_asked_for(done: Import) -> None:
    make_row(done, 8, Outcome.REJECTED).save(force_insert=True)

    assert lines(done, race="none") == [8]


def test_a_search_finds_a_name(done: Import) -> None:
    assert lines(done, q="runner 5") == [5]


def test_a_search_finds_a_line_by_its_number(done: Import) -> None:
    assert lines(done, q="6") == [6]


def test_a_search_finds_the_record_that_holds_a_line(done: Import) -> None:
    make_row(done, 8, Outcome.INSERTED, line_last=10).save(force_insert=True)

    assert lines(done, q="9") == [8]


def test_a_search_may_hold_what_sql_treats_apart(done: Import) -> None:
    assert lines(done, q="100%_'") == []


def test_a_page_ends_after_its_size(done: Import) -> None:
    assert lines(done, size=2) == [2, 3]


def test_the_next_page_begins_where_the_last_ended(done: Import) -> None:
    assert lines(done, size=2, after="3") == [4, 5]


def test_the_page_before_comes_in_the_same_order(done: Import) -> None:
    assert lines(done, size=2, before="6") == [4, 5]


def test_the_first_page_has_none_before_it(done: Import) -> None:
    assert page_of_rows(done, RowFilter(), 2).older is None


def test_the_last_page_has_none_after_it(done: Import) -> None:
    assert page_of_rows(done, RowFilter(after=5), 2).newer is None


def test_going_back_to_the_first_page_leaves_none_before_it(done: Import) -> None:
    assert page_of_rows(done, RowFilter(before=4), 2).older is None


def test_a_line_number_beyond_every_file_is_no_error(alice_client: Client, done: Import) -> None:
    assert alice_client.get(reverse("import-rows", args=[done.pk]), {"after": "9" * 30}).status_code == 200


def test_the_line_stands_as_it_was_written(alice_client: Client, done: Import) -> None:
    assert "r1,Runner 2,s1,93242,2,11" in page(alice_client, done)


def test_the_time_reads_as_a_time(alice_client: Client, done: Import) -> None:
    assert "15:32.42" in page(alice_client, done)


def test_an_added_result_leads_to_its_athlete(alice_client: Client, done: Import) -> None:
    athlete = ImportRow.objects.get(import_id=done.pk, line=2).athlete_id

    assert reverse("athlete", args=[athlete]) in page(alice_client, done)


def test_a_held_row_leads_to_its_question(alice_client: Client, done: Import) -> None:
    case = Case.objects.create(kind="two_times", fingerprint="x", question="Which time?")
    case.refresh_from_db()
    CaseRow.objects.create(case=case, import_id=done.pk, line=5)

    assert reverse("case", args=[case.pk]) in page(alice_client, done)


def test_a_rejected_row_says_why(alice_client: Client, done: Import) -> None:
    assert "is no time." in page(alice_client, done, outcome="rejected")


def test_a_line_with_markup_is_shown_harmless(alice_client: Client, done: Import) -> None:
    ImportRow.objects.filter(import_id=done.pk, line=2).update(raw="<script>alert(1)</script>")

    assert "<script>alert(1)" not in page(alice_client, done)


def test_no_row_says_where_to_go(alice_client: Client, done: Import) -> None:
    assert "No row matches" in page(alice_client, done, q="nobody of this name")


def test_a_hundred_rows_cost_as_many_queries_as_one(
    alice_client: Client, done: Import, race: Race, django_assert_num_queries: Callable
) -> None:
    ImportRow.objects.bulk_create(make_row(done, line, Outcome.HELD, race) for line in range(8, 200))

    # session, person, role; the count that waits; the import, races to choose; rows, races, athletes, cases, problems
    with django_assert_num_queries(11):
        page(alice_client, done)
