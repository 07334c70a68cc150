"""Start an import (or a preview) of a bundle: one row, its audit entry, and a wake-up after the commit."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from importadmin.audit import record
from meets.actions.readable import demand_readable
from meets.actions.refused import Refused
from meets.bundles.problems import Problem
from meets.jobs.queue import enqueue_on_commit
from meets.models import ACTIVE, Bundle, Import, Meet, Mode


def start_import(
    *,
    bundle: Bundle,
    mode: Mode,
    user: Any = None,
    answers: dict[str, str] | None = None,
    meet: str = "",
    enqueue: bool = True,
) -> Import:
    """`meet` chooses one by UUID or athletic.net id. `enqueue=False`: the caller runs it itself, at once."""
    demand_readable(bundle)
    given = {**bundle.answers, **(answers or {})}
    if meet:
        given["meet"] = meet
    meet_key, given = resolve_meet(bundle, given)
    try:
        with transaction.atomic():
            import_ = Import.objects.create(
                bundle=bundle, mode=mode, meet_key=meet_key, answers=given, created_by=user, enqueued_at=Now()
            )
            record(
                user=user,
                kind=f"{mode}.started",
                subject=import_,
                after={"bundle": str(bundle.pk), "bundle_name": bundle.name, "meet_key": meet_key},
            )
            if enqueue:
                enqueue_on_commit(str(import_.pk), 0)
    except IntegrityError as error:
        raise already_running(error, meet_key) from error
    import_.refresh_from_db()
    return import_


def already_running(error: IntegrityError, meet_key: str) -> Exception:
    """The refusal, when the error is about one import per meet at a time; else the error."""
    if "imports_one_active_per_meet" not in str(error):
        return error
    other = Import.objects.filter(meet_key=meet_key, state__in=ACTIVE).select_related("bundle", "created_by").first()
    if other is None:
        return Refused("This meet was being imported a moment ago. Try again.")
    problem = Problem(
        code="meet.running",
        file="meets.csv",
        message="This meet is already being imported.",
        remedy="Wait until that import has ended, or cancel it first.",
        column="athletic_net_id",
        value=meet_key.partition(":")[2],
    )
    who = f" by {other.created_by.get_username()}" if other.created_by else ""
    return Refused(
        f"This meet is already being imported: “{other.bundle.name}”, started{who} as import {other.pk}. "
        "Wait until it has ended, or cancel it first.",
        [problem],
    )


def resolve_meet(bundle: Bundle, answers: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The key under which only one import may run, and the answers with the chosen meet's UUID in them.

    A meet with an athletic.net id has that as its key however it was chosen: two ways to one meet are one key.
    """
    own = str((bundle.check_report.get("meet") or {}).get("athletic_net_id") or "").strip()
    chosen = str(answers.get("meet") or "").strip()
    if not chosen or chosen == "new":
        return (f"an:{own}" if own else f"bundle:{bundle.pk}"), answers
    found = _find(chosen)
    number = (found.athletic_net_id or "").strip() if found else chosen
    if own and number and number != own:
        raise _other_meet(own, number, found)
    if found is None:
        return f"an:{number}", {key: value for key, value in answers.items() if key != "meet"}
    return (f"an:{number}" if number else f"id:{found.pk}"), {**answers, "meet": str(found.pk)}


def _find(chosen: str) -> Meet | None:
    try:
        wanted = UUID(chosen)
    except ValueError:
        found = list(Meet.objects.filter(athletic_net_id=chosen)[:2])
        if len(found) > 1:
            raise Refused(f"Two meets have the athletic.net id {chosen}. Name the meet by its own id.") from None
        return found[0] if found else None
    meet = Meet.objects.filter(pk=wanted).first()
    if meet is None:
        raise Refused(f"There is no meet with the id {chosen}.")
    return meet


def _other_meet(own: str, number: str, found: Meet | None) -> Refused:
    named = f"“{found.name}” ({number})" if found else number
    sentence = f"The bundle is of meet {own}, but meet {named} was chosen."
    remedy = "Choose the meet that the bundle is of, or upload the other meet's bundle."
    problem = Problem(
        code="other_meet",
        file="meets.csv",
        message=sentence,
        remedy=remedy,
        column="athletic_net_id",
        value=own,
    )
    return Refused(f"{sentence} {remedy}", [problem])
