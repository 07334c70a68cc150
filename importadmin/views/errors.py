"""The page for our own faults. It must come up when the database, and so sign-in, does not."""

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import render_to_string


def broken(request: HttpRequest) -> HttpResponse:
    return HttpResponseServerError(render_to_string("500.html"))
