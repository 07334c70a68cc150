"""The System page, and the address that a load balancer asks."""

import platform
from importlib.metadata import version

import django
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from importadmin import health
from importadmin.roles import role_required

PACKAGES = ("psycopg", "rq", "django-rq", "django-tables2", "redis")
TRIGGERS = """
    SELECT c.relname, t.tgname, t.tgenabled <> 'D'
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace
      AND c.relname IN ('results', 'athletes', 'schools', 'meets', 'races', 'courses')
    ORDER BY c.relname = 'results' DESC, c.relname, t.tgname"""


@require_safe
@role_required("staff")
def system(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS)
        triggers = [{"table": table, "name": name, "on": on} for table, name, on in cursor.fetchall()]
    versions = {"Python": platform.python_version(), "Django": django.get_version()}
    versions |= {package: version(package) for package in PACKAGES}
    off = [trigger for trigger in triggers if not trigger["on"]]
    context = {"parts": health.all_parts(), "triggers": triggers, "off": off, "versions": versions}
    return render(request, "system/system.html", context)


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while pages can be served, which takes PostgreSQL and nothing else. Says nothing to strangers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("database does not answer\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
