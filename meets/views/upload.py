"""The upload page: files, a folder or a ZIP in; bundles with their check out."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from importadmin.roles import role_required
from meets import inbox
from meets.actions.receive_bundle import receive
from meets.actions.take_inbox import take_inbox
from meets.bundles.problems import BadBundle, Problem
from meets.models import Bundle


# Exempt here and protected within: the token is read from the body, and a body that is too large must be
# refused before any of it is read.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@role_required("staff")
def upload(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" and _length(request) > settings.IMPORTADMIN_MAX_UPLOAD_BYTES:
        return _refused(request, [_too_large(_length(request))])
    return _upload(request)


@csrf_protect
def _upload(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "bundles/upload.html", _context([]))
    uploads = _uploads(request)
    if not uploads:
        return _refused(request, [_nothing_chosen()])
    try:
        bundles = receive(uploads=uploads, user=request.user)
    except BadBundle as refusal:
        return _refused(request, list(refusal.problems))
    return _go_on(request, bundles)


@require_POST
@role_required("staff")
def inbox_import(request: HttpRequest) -> HttpResponse:
    """The chosen entries of the inbox, or all of them."""
    names = [entry.name for entry in inbox.entries()] if "all" in request.POST else request.POST.getlist("name")
    started, refusals = take_inbox(names=names, user=request.user)
    for refusal in refusals:
        messages.error(request, refusal)
    if started:
        words = "1 import has" if len(started) == 1 else f"{len(started)} imports have"
        messages.success(request, f"{words} been started. What is imported is moved to “processed” by itself.")
        return redirect("imports")
    if not names:
        messages.info(request, "Choose something in the inbox first.")
    elif not refusals:
        messages.info(request, "All of it is being imported already.")
    return redirect("upload")


def _uploads(request: HttpRequest) -> list[tuple[str, UploadedFile]]:
    """Each file with its path inside the dropped folder; a plain file's path is its name.

    Browsers send the bare name with a file, so the script sends the paths in a field of their own, in step.
    """
    files = [file for file in request.FILES.getlist("files") if isinstance(file, UploadedFile)]
    paths = request.POST.getlist("paths")
    if len(paths) != len(files):
        paths = [file.name or "" for file in files]
    return list(zip(paths, files, strict=True))


def _go_on(request: HttpRequest, bundles: list[Bundle]) -> HttpResponse:
    if len(bundles) == 1:
        address = reverse("bundle-check", args=[bundles[0].pk])
    else:
        address = f"{reverse('bundles')}?{urlencode([('id', bundle.pk) for bundle in bundles])}"
    if _wants_json(request):
        return JsonResponse({"location": address, "bundles": [str(bundle.pk) for bundle in bundles]}, status=201)
    return redirect(address)


def _refused(request: HttpRequest, problems: list[Problem]) -> HttpResponse:
    if _wants_json(request):
        html = render_to_string("bundles/_refused.html", _context(problems), request)
        return JsonResponse({"problems": [problem.as_dict() for problem in problems], "html": html}, status=422)
    return render(request, "bundles/upload.html", _context(problems), status=422)


def _context(problems: list[Problem]) -> dict[str, Any]:
    return {
        "problems": problems,
        "inbox": inbox.entries() if inbox.folder() else None,
        "max_bytes": settings.IMPORTADMIN_MAX_UPLOAD_BYTES,
        "max_files": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
    }


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _too_large(length: int) -> Problem:
    limit = settings.IMPORTADMIN_MAX_UPLOAD_BYTES
    return Problem(
        code="too_large",
        file="",
        message=f"The upload has {filesizeformat(length)}; at most {filesizeformat(limit)} are taken at once.",
        remedy="Upload fewer bundles at a time, or ZIP them. An operator can raise the limit in the settings.",
    )


def _nothing_chosen() -> Problem:
    return Problem(
        code="nothing_chosen",
        file="",
        message="No file came with the form.",
        remedy="Choose the bundle's CSV files, its folder, or a ZIP of it, and upload again.",
    )
