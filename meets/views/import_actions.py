"""What a person can do to an import: cancel, retry, run again, answer its questions. POST only."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from importadmin.roles import role_required
from meets.actions.answer_questions import answer_questions
from meets.actions.cancel_import import cancel_import
from meets.actions.permissions import may_change
from meets.actions.refused import Refused
from meets.actions.retry_import import retry_import
from meets.actions.start_import import start_import
from meets.models import Import, Mode
from meets.views.answers import answers_from


@require_POST
@role_required("staff")
def import_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    import_ = _changeable(request, pk)
    if not cancel_import(import_=import_, user=request.user):
        messages.info(request, "It had already ended before it could be cancelled.")
    return redirect("import", pk)


@require_POST
@role_required("staff")
def import_retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    import_ = _changeable(request, pk)
    return _then_show(request, import_, lambda: retry_import(import_=import_, user=request.user))


@require_POST
@role_required("staff")
def import_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    import_ = _changeable(request, pk)
    answers = answers_from(request.POST)
    return _then_show(request, import_, lambda: answer_questions(import_=import_, answers=answers, user=request.user))


@require_POST
@role_required("staff")
def import_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new import of the same bundle, in the same mode and with the same answers; the old one stays as it is."""
    old = _import(pk)
    mode, answers = Mode(old.mode), old.answers
    return _then_show(
        request, old, lambda: start_import(bundle=old.bundle, mode=mode, user=request.user, answers=answers)
    )


def _then_show(request: HttpRequest, import_: Import, action: Callable[[], Import]) -> HttpResponse:
    """The page of the import that the action gives; a refusal is said on the page that it was asked from."""
    try:
        import_ = action()
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("import", import_.pk)


def _import(pk: UUID) -> Import:
    return get_object_or_404(Import.objects.select_related("bundle"), pk=pk)


def _changeable(request: HttpRequest, pk: UUID) -> Import:
    import_ = _import(pk)
    if not may_change(request.user, import_):
        raise PermissionDenied("This import was started by somebody else; only its starter or an admin can change it.")
    return import_
