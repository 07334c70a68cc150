"""Answer an import's questions: keep the answers, remember what will be asked again, and let it go on."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from importadmin.audit import record
from meets.actions.permissions import demand_change
from meets.actions.refused import Refused
from meets.actions.start_import import already_running, resolve_meet
from meets.jobs import states
from meets.jobs.queue import enqueue_on_commit
from meets.models import HeaderMapping, Import, SchoolAlias, State


def answer_questions(*, import_: Import, answers: dict[str, str], user: Any, enqueue: bool = True) -> Import:
    """Answers that nobody asked for are left out; a question without an answer refuses all."""
    demand_change(user, import_)
    key = import_.meet_key
    try:
        with transaction.atomic():
            old = Import.objects.select_for_update().select_related("bundle").get(pk=import_.pk)
            if old.state != State.NEEDS_ANSWER:
                raise Refused(f"It asks nothing any more: its state is “{State(old.state).label}”.")
            given = {str(asked["key"]): _checked(asked, answers) for asked in old.questions}
            key, merged = resolve_meet(old.bundle, {**old.bundle.answers, **old.answers, **given})
            for asked in old.questions:
                _remember(asked.get("remember") or {}, given[str(asked["key"])], user)
            Import.objects.filter(pk=old.pk).update(answers=merged, meet_key=key)
            with connection.cursor() as cursor:
                states.requeue(cursor, str(old.pk), (State.NEEDS_ANSWER,))
            record(
                user=user,
                kind="import.answered",
                subject=old,
                meet_id=old.meet_id,
                before={"questions": old.questions},
                after={"answers": given},
            )
            if enqueue:
                enqueue_on_commit(str(old.pk), old.attempt)
    except IntegrityError as error:
        raise already_running(error, key) from error
    import_.refresh_from_db()
    return import_


def _checked(asked: dict[str, Any], answers: dict[str, str]) -> str:
    answer = answers.get(str(asked["key"]))
    if answer is None:
        raise Refused(f"Not answered yet: {asked['text']}")
    options = [str(option["value"]) for option in asked.get("options") or []]
    if options and str(answer) not in options:
        raise Refused(f"“{answer}” is no answer to: {asked['text']} Choose one of {', '.join(options)}.")
    return str(answer)


def _remember(what: dict[str, Any], answer: str, user: Any) -> None:
    """What the question says is true beyond this import: the next bundle isn't asked."""
    if what.get("what") == "header":
        HeaderMapping.objects.update_or_create(
            file_kind=what["file_kind"], header=what["header"], defaults={"field": answer, "confirmed_by": user}
        )
    elif what.get("what") == "school":
        try:
            school = UUID(answer)
        except ValueError:
            return  # "a new school": it will be there by its own name next time
        SchoolAlias.objects.update_or_create(name=what["name"], defaults={"school_id": school})
