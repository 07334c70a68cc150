"""Corrections: a form for a race, a meet or an athlete, its preview, and the undo of what was corrected."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from importadmin.models import AuditEntry
from importadmin.roles import role_required
from meets.actions.correct import THINGS, Thing, correct, preview_correction, undo_correction
from meets.actions.refused import Refused
from meets.models import Course, School

CHOICES = 500


@require_http_methods(["GET", "POST"])
@role_required("admin")
def correction(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    thing = THINGS.get(kind)
    row: Any = thing.model._default_manager.filter(pk=pk).first() if thing else None
    if thing is None or row is None:
        raise Http404("There is nothing of that kind to correct.")
    context: dict[str, Any] = {"kind": kind, "row": row, "history": _history(thing, pk)}
    if request.method == "GET":
        return render(request, "corrections/form.html", {**context, "fields": _fields(thing, row, {})})
    values = {name: request.POST.get(name, "").strip() for name in thing.labels if name in request.POST}
    seen = {name: request.POST.get(f"seen-{name}", "") for name in values}
    reason = request.POST.get("reason", "")
    context |= {"reason": reason, "fields": _fields(thing, row, values)}
    try:
        if "apply" in request.POST:
            correct(kind=kind, key=pk, values=values, seen=seen, user=request.user, reason=reason)
            messages.success(request, "Corrected. Records follow; it can be undone below.")
            return redirect("correction", kind, pk)
        context["effects"] = preview_correction(kind=kind, key=pk, values=values, seen=seen)
        context["changes"] = _changes(thing, context["effects"])
    except (Refused, ValidationError) as error:
        context["refused"] = error.messages[0] if isinstance(error, ValidationError) else str(error)
        return render(request, "corrections/form.html", context, status=422)
    return render(request, "corrections/form.html", context)


@require_POST
@role_required("admin")
def correction_undo(request: HttpRequest, entry: int) -> HttpResponse:
    found = AuditEntry.objects.filter(pk=entry).first()
    if found is None:
        raise Http404("There is no such correction.")
    try:
        undo_correction(entry_id=entry, user=request.user, reason=request.POST.get("reason", ""))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Taken back.")
    kind = found.action.partition(".")[0]
    return redirect(reverse("correction", args=[kind, found.subject_id]) if kind in THINGS else "audit")


def _fields(thing: Thing, row: Any, entered: dict[str, str]) -> list[dict[str, Any]]:
    fields = []
    for name, label in thing.labels.items():
        value = getattr(row, name)
        seen = "" if value is None else str(value)
        options = _options(name, row)
        fields.append(
            {"name": name, "label": label, "seen": seen, "value": entered.get(name, seen), "options": options,
             "type": "date" if name == "meet_date" else "text"}
        )  # fmt: skip
    return fields


def _options(name: str, row: Any) -> list[tuple[str, str]]:
    """Of a race, the courses of its meet's venue first; of an athlete, every school."""
    if name == "course_id":
        courses = Course.objects.select_related("venue").order_by("venue__name", "name")[:CHOICES]
        return [("", "none"), *((str(c.pk), f"{c.name} ({c.venue}, {c.distance_meters} m)") for c in courses)]
    if name == "school_id":
        return [(str(pk), text) for pk, text in School.objects.order_by("name").values_list("pk", "name")]
    return [("M", "boys"), ("F", "girls")] if name == "gender" else []


def _changes(thing: Thing, effects: Any) -> list[tuple[str, Any, Any]]:
    labels = {**thing.labels, "season_year": "Season"}
    names = {**_names(Course, effects), **_names(School, effects)}
    return [
        (labels[name], names.get(str(old), old), names.get(str(effects.after[name]), effects.after[name]))
        for name, old in effects.before.items()
    ]


def _names(model: Any, effects: Any) -> dict[str, str]:
    key = "course_id" if model is Course else "school_id"
    ids = [one for one in (effects.before.get(key), effects.after.get(key)) if one]
    return {str(pk): name for pk, name in model.objects.filter(pk__in=ids).values_list("pk", "name")}


def _history(thing: Thing, pk: UUID) -> list[AuditEntry]:
    kinds = [f"{thing.kind}.corrected", f"{thing.kind}.correction_undone"]
    entries = AuditEntry.objects.select_related("actor").filter(subject_id=str(pk), action__in=kinds)
    return list(entries.order_by("-at", "-pk")[:20])
