"""The check page of a bundle: what was understood, before anything runs; and the way into an import."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from importadmin.roles import role_required
from meets.actions.refused import Refused
from meets.actions.start_import import start_import
from meets.bundle_check import check_page, remember_headers
from meets.bundle_plan import answers_to
from meets.models import Bundle, Import, Mode
from meets.views.answers import answers_from

BUNDLES_LISTED = 50


@require_GET
@role_required("staff")
def bundle_check(request: HttpRequest, pk: UUID) -> HttpResponse:
    return render(request, "bundles/check.html", {"page": check_page(_bundle(pk))})


@require_GET
@role_required("staff")
def bundles(request: HttpRequest) -> HttpResponse:
    """The bundles of one upload (?id=…&id=…), else the latest."""
    chosen = _ids(request.GET.getlist("id"))
    found = Bundle.objects.select_related("uploaded_by").order_by("-uploaded_at")
    found = found.filter(pk__in=chosen) if chosen else found
    pages = [check_page(bundle, brief=True) for bundle in found[:BUNDLES_LISTED]]
    ready = sum(page.ready for page in pages)
    return render(request, "bundles/list.html", {"pages": pages, "chosen": bool(chosen), "ready": ready})


@require_POST
@role_required("staff")
def bundle_headers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a person said about the unknown columns: remembered, and the bundle checked anew with it."""
    bundle = _bundle(pk)
    asked: Any = zip(*(request.POST.getlist(name) for name in ("kind", "header", "field")), strict=False)
    remember_headers(bundle=bundle, fields=asked, user=request.user)
    messages.success(request, "The columns are remembered. This is the check with them.")
    return redirect("bundle-check", pk)


@require_POST
@role_required("staff")
def bundle_import(request: HttpRequest, pk: UUID) -> HttpResponse:
    bundle = _bundle(pk)
    # Kept with the bundle, so that an import after a preview need not ask again.
    bundle.answers |= answers_to(bundle, answers_from(request.POST))
    bundle.save(update_fields=["answers"])
    try:
        import_ = _start(request, bundle)
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("bundle-check", pk)
    return redirect("import", import_.pk)


@require_POST
@role_required("staff")
def bundles_import(request: HttpRequest) -> HttpResponse:
    """Import all: each bundle on its own, so that one that can't start does not hold up the others."""
    started = 0
    for bundle in Bundle.objects.filter(pk__in=_ids(request.POST.getlist("id"))).order_by("uploaded_at"):
        try:
            _start(request, bundle)
            started += 1
        except Refused as reason:
            messages.error(request, f"{bundle.name}: {reason}")
    if started:
        messages.success(request, f"{started} {'import has' if started == 1 else 'imports have'} been started.")
    return redirect("imports")


def _start(request: HttpRequest, bundle: Bundle) -> Import:
    return start_import(bundle=bundle, mode=_mode(request), user=request.user)


def _bundle(pk: UUID) -> Bundle:
    return get_object_or_404(Bundle.objects.select_related("uploaded_by"), pk=pk)


def _mode(request: HttpRequest) -> Mode:
    return Mode.PREVIEW if request.POST.get("mode") == Mode.PREVIEW else Mode.IMPORT


def _ids(texts: list[str]) -> list[UUID]:
    """Ids out of an address or a form; what is none is left out."""
    ids = []
    for text in texts[:BUNDLES_LISTED]:
        try:
            ids.append(UUID(text))
        except ValueError:
            continue
    return ids
