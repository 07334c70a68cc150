import datetime

import pytest
from django.contrib.auth.models import User

from importadmin.models import AuditEntry
from meets.actions.answer_questions import answer_questions
from meets.actions.cancel_import import cancel_import
from meets.actions.refused import Refused
from meets.actions.retry_import import retry_import
from meets.actions.start_import import start_import
from meets.models import Bundle, HeaderMapping, Import, Meet, Mode, School, SchoolAlias, State

NEW = "0f0f0f0f-0000-7000-8000-000000000000"


def a_meet(**fields):
    return Meet.objects.create(
        **{"name": "Harbour", "meet_date": datetime.date(2025, 10, 11), "season_year": 2025, **fields}
    )


@pytest.fixture
def nameless(transactional_db) -> Bundle:
    """A bundle that doesn't say which meet it is of."""
    return Bundle.objects.create(name="loose files", content_hash="1" * 64)


@pytest.fixture
def alices(make_import, alice: User):
    return lambda **fields: make_import(created_by=alice, **fields)


# start


def test_starting_queues_an_import_and_wakes_a_worker(bundle, alice, woken):
    import_ = start_import(bundle=bundle, mode=Mode.IMPORT, user=alice)
    assert (import_.state, import_.meet_key, import_.created_by) == (State.QUEUED, "an:900001", alice)
    assert woken == [(str(import_.pk), 0)]


def test_starting_is_written_to_the_audit_log(bundle, alice):
    import_ = start_import(bundle=bundle, mode=Mode.PREVIEW, user=alice)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject_id, entry.actor) == ("preview.started", str(import_.pk), alice)


def test_a_meet_that_is_being_imported_is_refused_with_who_and_what(bundle, alice, bob):
    first = start_import(bundle=bundle, mode=Mode.IMPORT, user=alice)
    with pytest.raises(Refused, match=f"“{bundle.name}”, started by alice as import {first.pk}"):
        start_import(bundle=bundle, mode=Mode.IMPORT, user=bob)
    assert Import.objects.count() == 1


def test_the_same_meet_chosen_in_two_ways_is_one_meet(bundle, nameless):
    meet = a_meet(athletic_net_id="900001")
    start_import(bundle=bundle, mode=Mode.IMPORT)
    with pytest.raises(Refused, match="already being imported"):
        start_import(bundle=nameless, mode=Mode.IMPORT, meet=str(meet.pk))


def test_a_meet_without_a_number_is_known_by_its_own_id(nameless):
    meet = a_meet()
    import_ = start_import(bundle=nameless, mode=Mode.IMPORT, meet=str(meet.pk))
    assert (import_.meet_key, import_.answers) == (f"id:{meet.pk}", {"meet": str(meet.pk)})


def test_a_bundle_that_names_no_meet_stands_for_itself(nameless):
    assert start_import(bundle=nameless, mode=Mode.IMPORT).meet_key == f"bundle:{nameless.pk}"


def test_another_meet_than_the_bundles_is_refused(bundle):
    a_meet(athletic_net_id="900002")
    with pytest.raises(Refused, match="The bundle is of meet 900001, but meet “Harbour”") as refused:
        start_import(bundle=bundle, mode=Mode.IMPORT, meet="900002")
    assert (refused.value.problems[0].file, refused.value.problems[0].value) == ("meets.csv", "900001")


def test_a_meet_that_is_not_there_is_refused(nameless):
    with pytest.raises(Refused, match="no meet"):
        start_import(bundle=nameless, mode=Mode.IMPORT, meet=NEW)


def test_two_meets_of_one_number_are_refused(nameless):
    a_meet(athletic_net_id="7")
    a_meet(athletic_net_id="7")
    with pytest.raises(Refused, match="Two meets"):
        start_import(bundle=nameless, mode=Mode.IMPORT, meet="7")


def test_redis_being_down_does_not_refuse_an_upload(bundle, monkeypatch):
    def down(*args):
        raise ConnectionRefusedError

    monkeypatch.setattr("meets.jobs.queue.push", down)
    assert start_import(bundle=bundle, mode=Mode.IMPORT).state == State.QUEUED


# cancel


def test_a_queued_import_is_cancelled_at_once(alices, alice):
    import_ = alices()
    assert cancel_import(import_=import_, user=alice)
    assert import_.state == State.CANCELLED
    assert AuditEntry.objects.get().action == "import.cancelled"


def test_cancelling_what_has_ended_does_nothing(alices, alice):
    import_ = alices(state=State.DONE)
    assert not cancel_import(import_=import_, user=alice)
    assert not AuditEntry.objects.exists()


def test_somebody_elses_import_can_not_be_cancelled(alices, bob):
    import_ = alices()
    with pytest.raises(Refused, match="somebody else"):
        cancel_import(import_=import_, user=bob)
    import_.refresh_from_db()
    assert import_.state == State.QUEUED


def test_an_admin_cancels_anybodys(alices, dana):
    assert cancel_import(import_=alices(), user=dana)


def test_whoever_lost_the_role_can_not_cancel_their_own(make_import, charlie):
    with pytest.raises(Refused):
        cancel_import(import_=make_import(created_by=charlie), user=charlie)


# retry


@pytest.mark.parametrize("state", [State.FAILED, State.CANCELLED])
def test_retrying_queues_it_again_with_fresh_attempts(alices, alice, woken, state):
    import_ = alices(state=state, attempt=5, attempts_left=0, failure="x", failure_kind="crash")
    retry_import(import_=import_, user=alice)
    assert (import_.state, import_.attempt, import_.attempts_left, import_.failure) == (State.QUEUED, 5, 5, "")
    assert woken == [(str(import_.pk), 5)]


def test_retrying_keeps_how_the_earlier_attempt_ended(alices, alice):
    retry_import(import_=alices(state=State.FAILED, attempt=1, failure="no column time_cs"), user=alice)
    assert AuditEntry.objects.get().before["failure"] == "no column time_cs"


@pytest.mark.parametrize("state", [State.DONE, State.RUNNING, State.QUEUED, State.NEEDS_ANSWER])
def test_only_what_failed_or_was_cancelled_is_retried(alices, alice, state):
    import_ = alices(state=state)
    with pytest.raises(Refused, match="can't be retried"):
        retry_import(import_=import_, user=alice)
    assert not AuditEntry.objects.exists()


def test_retrying_while_another_import_of_the_meet_runs_is_refused(alices, alice):
    failed = alices(state=State.FAILED, meet_key="an:1")
    alices(state=State.RUNNING, meet_key="an:1")
    with pytest.raises(Refused, match="already being imported"):
        retry_import(import_=failed, user=alice)


def test_somebody_elses_import_can_not_be_retried(alices, bob):
    with pytest.raises(Refused, match="somebody else"):
        retry_import(import_=alices(state=State.FAILED), user=bob)


# answer

HEADER = {
    "key": "header:results:Zeit",
    "text": "What is in the column “Zeit”?",
    "options": [{"value": "time_cs", "label": "time"}, {"value": "", "label": "nothing"}],
    "remember": {"what": "header", "file_kind": "results", "header": "Zeit"},
}


def asking(alices, *questions, **fields):
    return alices(state=State.NEEDS_ANSWER, questions=list(questions), **fields)


def test_answering_lets_the_import_go_on(alices, alice, woken):
    import_ = asking(alices, HEADER, attempt=1, answers={"before": "x"})
    answer_questions(import_=import_, answers={HEADER["key"]: "time_cs", "unasked": "y"}, user=alice)
    assert (import_.state, import_.answers) == (State.QUEUED, {"before": "x", HEADER["key"]: "time_cs"})
    assert woken == [(str(import_.pk), 1)]
    assert AuditEntry.objects.get().action == "import.answered"


def test_a_header_answered_once_is_remembered(alices, alice):
    answer_questions(import_=asking(alices, HEADER), answers={HEADER["key"]: "time_cs"}, user=alice)
    mapping = HeaderMapping.objects.get()
    assert (mapping.file_kind, mapping.header, mapping.field) == ("results", "Zeit", "time_cs")


def test_a_school_answered_once_is_remembered(alices, alice):
    school = School.objects.create(name="St Mary's")
    question = {"key": "school:1", "text": "Which?", "remember": {"what": "school", "name": "Saint Mary"}}
    answer_questions(import_=asking(alices, question), answers={"school:1": str(school.pk)}, user=alice)
    assert SchoolAlias.objects.get().school_id == school.pk


def test_a_new_school_is_no_alias(alices, alice):
    question = {"key": "school:1", "text": "Which?", "remember": {"what": "school", "name": "Saint Mary"}}
    answer_questions(import_=asking(alices, question), answers={"school:1": "new"}, user=alice)
    assert not SchoolAlias.objects.exists()


def test_a_meet_that_is_chosen_becomes_the_imports_key(alices, alice, nameless):
    meet = a_meet()
    import_ = asking(alices, {"key": "meet", "text": "Which meet?"}, bundle=nameless)
    answer_questions(import_=import_, answers={"meet": str(meet.pk)}, user=alice)
    assert import_.meet_key == f"id:{meet.pk}"


@pytest.mark.parametrize("answers", [{}, {HEADER["key"]: "grade"}])
def test_a_missing_or_strange_answer_is_refused(alices, alice, answers):
    import_ = asking(alices, HEADER)
    with pytest.raises(Refused):
        answer_questions(import_=import_, answers=answers, user=alice)
    import_.refresh_from_db()
    assert import_.state == State.NEEDS_ANSWER
    assert not HeaderMapping.objects.exists()


def test_what_asks_nothing_can_not_be_answered(alices, alice):
    with pytest.raises(Refused, match="asks nothing"):
        answer_questions(import_=alices(), answers={}, user=alice)


def test_answering_while_another_import_of_the_meet_runs_is_refused(alices, alice):
    import_ = asking(alices, HEADER, meet_key="an:900001")
    alices(state=State.RUNNING, meet_key="an:900001")
    with pytest.raises(Refused, match="already being imported"):
        answer_questions(import_=import_, answers={HEADER["key"]: "time_cs"}, user=alice)
    import_.refresh_from_db()
    assert import_.state == State.NEEDS_ANSWER


def test_somebody_elses_questions_can_not_be_answered(alices, bob):
    with pytest.raises(Refused, match="somebody else"):
        answer_questions(import_=asking(alices, HEADER), answers={HEADER["key"]: "time_cs"}, user=bob)
