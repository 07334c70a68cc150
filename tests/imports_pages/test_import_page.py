from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from meets.models import Import, JournalEntry, Stage, State

MakeImport = Callable[..., Import]


def page(client: Client, import_: Import) -> str:
    return " ".join(client.get(reverse("import", args=[import_.pk])).content.decode().split())


def test_every_line_is_said_to_be_accounted_for(alice_client: Client, done: Import) -> None:
    assert "All 6 lines are accounted for" in page(alice_client, done)


def test_a_ledger_that_does_not_add_up_is_said_to_be_wrong(alice_client: Client, done: Import) -> None:
    Import.objects.filter(pk=done.pk).update(lines=7)

    assert "The file has 7 lines, but 6 are accounted for" in page(alice_client, done)


@pytest.mark.parametrize("outcome", ["inserted", "already_present", "held", "skipped", "rejected"])
def test_each_outcome_leads_to_its_rows(alice_client: Client, done: Import, outcome: str) -> None:
    assert f"{reverse('import-rows', args=[done.pk])}?outcome={outcome}" in page(alice_client, done)


def test_an_outcome_without_rows_leads_nowhere(alice_client: Client, done: Import) -> None:
    assert "?outcome=dismissed" not in page(alice_client, done)


def test_a_problem_shows_its_place_and_remedy(alice_client: Client, done: Import) -> None:
    text = page(alice_client, done)

    assert "time_cs" in text and "Write it as 15:32.4" in text


def test_held_results_are_said_not_to_be_on_the_site(alice_client: Client, done: Import) -> None:
    assert "1 result is not on the site until it is reviewed" in page(alice_client, done)


def test_whoever_can_review_is_named(alice_client: Client, done: Import, bob: User) -> None:
    assert "bob can review" in page(alice_client, done)


def test_a_link_to_send_is_there(alice_client: Client, done: Import) -> None:
    assert f'value="http://testserver{reverse("import", args=[done.pk])}"' in page(alice_client, done)


def test_the_peak_memory_is_kept(alice_client: Client, done: Import) -> None:
    assert "at most 92 MB of memory" in page(alice_client, done)


def test_what_was_created_is_told_by_name(alice_client: Client, done: Import) -> None:
    Import.objects.filter(pk=done.pk).update(report={"created": {"schools": 1}})
    JournalEntry.objects.create(
        import_id=done.pk, table_name="schools", row_id=done.pk, new={"name": "Quarry Hill", "city": "Redham"}
    )

    assert "Quarry Hill" in page(alice_client, done)


def test_the_comparison_before_and_after_is_told(alice_client: Client, done: Import) -> None:
    figures = {"csv_total": 5, "db_total": 2, "strict": {"missing": 3, "extra": 1}, "truly_missing": 2}
    before = {**figures, "sentence": "3 missing − 1 extra = 2 truly missing"}
    after = {**figures, "sentence": "Nothing."}
    Import.objects.filter(pk=done.pk).update(report={"comparison": {"before": before, "after": after}})

    assert "Before: 3 missing − 1 extra = 2 truly missing. Now: Nothing." in page(alice_client, done)


def test_a_preview_says_that_nothing_was_written(alice_client: Client, make_import: MakeImport) -> None:
    preview = make_import(mode="preview", state=State.DONE, outcomes={"inserted": 3}, lines=3)

    assert "A preview: nothing was written." in page(alice_client, preview)


def test_a_preview_offers_no_rows_that_are_not_kept(alice_client: Client, make_import: MakeImport) -> None:
    preview = make_import(mode="preview", state=State.DONE, outcomes={"inserted": 3}, lines=3)

    assert reverse("import-rows", args=[preview.pk]) not in page(alice_client, preview)


def test_bad_files_are_said_to_need_repair(alice_client: Client, make_import: MakeImport) -> None:
    failed = make_import(state=State.FAILED, failure_kind="bad_file", failure="No column “time_cs”.")

    assert "The files need repair." in page(alice_client, failed)


def test_a_crash_is_said_not_to_be_the_files_fault(alice_client: Client, make_import: MakeImport) -> None:
    failed = make_import(state=State.FAILED, failure_kind="crash", failure="ZeroDivisionError")

    assert "the files are not to blame" in page(alice_client, failed)


def test_a_question_is_asked(alice: User, alice_client: Client, make_import: MakeImport) -> None:
    question = {"key": "school:1", "text": "Which school is it?", "options": [{"value": "a", "label": "Redham High"}]}
    waiting = make_import(state=State.NEEDS_ANSWER, questions=[question], created_by=alice)

    assert 'name="answer-school:1" value="a"' in page(alice_client, waiting)


@pytest.mark.parametrize(
    ("state", "button"),
    [
        (State.QUEUED, "import-cancel"),
        (State.RUNNING, "import-cancel"),
        (State.NEEDS_ANSWER, "import-cancel"),
        (State.FAILED, "import-retry"),
        (State.CANCELLED, "import-retry"),
        (State.DONE, "import-again"),
    ],
)
def test_each_state_has_its_button(
    alice: User, alice_client: Client, make_import: MakeImport, state: State, button: str
) -> None:
    import_ = make_import(state=state, created_by=alice)

    assert f'action="{reverse(button, args=[import_.pk])}"' in page(alice_client, import_)


@pytest.mark.parametrize("state", [State.RUNNING, State.FAILED])
def test_somebody_elses_import_has_no_button(
    alice: User, bob_client: Client, make_import: MakeImport, state: State
) -> None:
    import_ = make_import(state=state, created_by=alice)

    assert f'action="/imports/{import_.pk}' not in page(bob_client, import_)


def test_an_admin_may_cancel_anybodys(alice: User, dana_client: Client, make_import: MakeImport) -> None:
    import_ = make_import(state=State.RUNNING, created_by=alice)

    assert reverse("import-cancel", args=[import_.pk]) in page(dana_client, import_)


def test_a_running_import_asks_for_its_live_part_each_second(alice_client: Client, make_import: MakeImport) -> None:
    import_ = make_import(state=State.RUNNING, stage=Stage.APPLY)

    assert 'hx-trigger="every 1s"' in page(alice_client, import_)


def test_without_scripts_a_running_import_loads_itself_anew(alice_client: Client, make_import: MakeImport) -> None:
    assert '<meta http-equiv="refresh"' in page(alice_client, make_import(state=State.RUNNING))


def test_a_finished_import_asks_for_nothing_more(alice_client: Client, done: Import) -> None:
    assert "hx-trigger" not in page(alice_client, done)


def test_an_import_that_is_not_there_is_not_found(alice_client: Client, bundle: object) -> None:
    assert alice_client.get("/imports/01890000-0000-7000-8000-000000000000/").status_code == 404


def test_the_page_costs_few_queries(alice_client: Client, done: Import, django_assert_num_queries: Callable) -> None:
    # session, person, role; the count that waits; the import, its meet, its problems and their number, reviewers,
    # suspicious records
    with django_assert_num_queries(10):
        alice_client.get(reverse("import", args=[done.pk]))
