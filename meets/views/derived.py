"""The derived tables: how many rows each has and how fresh it is. Read only."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from importadmin.roles import role_required
from meets.derived_figures import derived_figures


@require_safe
@role_required("staff")
def derived(request: HttpRequest) -> HttpResponse:
    return render(request, "derived/derived.html", {"tables": derived_figures()})
